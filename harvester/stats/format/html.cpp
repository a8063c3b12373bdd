#include <fmt/format.h>

#include "stats/format/chart.h"
#include "stats/format/formats.h"
#include "stats/format/grid.h"
#include "stats/format/numbers.h"
#include "stats/format/text.h"

namespace harvester::stats {
namespace {

// Longer tables are folded under their chart.
constexpr std::size_t most_open_rows = 20;

constexpr std::string_view page_style = R"css(
:root{color-scheme:light dark;--ground:#ffffff;--ink:#1f2328;--dim:#59636e;--line:#d1d9e0;--panel:#f6f8fa;--warn:#fff4e5;--warn-line:#d4731b;--bar:#cfe3fb;--edge:#8c959f88;--up:#1a7f37;--down:#cf222e}
@media (prefers-color-scheme:dark){:root{--ground:#0d1117;--ink:#e6edf3;--dim:#9da7b1;--line:#30363d;--panel:#161b22;--warn:#2d2113;--warn-line:#f0883e;--bar:#123a68;--edge:#7d8590aa;--up:#3fb950;--down:#ff7b72}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1040px;padding:24px 20px 48px;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
h1{font-size:26px;line-height:1.25;margin:0 0 4px}h2{font-size:19px;margin:36px 0 8px}
p{margin:4px 0}.scope,.small{color:var(--dim)}.small{font-size:13px}
.warn{background:var(--warn);border-left:4px solid var(--warn-line);border-radius:4px;padding:10px 14px;margin:16px 0}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(165px,1fr));gap:10px;margin:20px 0}
.card{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:10px 14px}
.card b{display:block;font-size:20px;white-space:nowrap;line-height:1.3;font-variant-numeric:tabular-nums}.card span{color:var(--dim);font-size:13px}
.chart svg{width:100%;height:auto;display:block}.narrow{display:none}
.scroll{overflow-x:auto;margin-top:8px;border:1px solid var(--line);border-radius:8px;background:linear-gradient(to right,var(--ground),var(--ground)) left/24px 100% no-repeat local,linear-gradient(to left,var(--ground),var(--ground)) right/24px 100% no-repeat local,linear-gradient(to left,var(--edge),transparent) right/14px 100% no-repeat scroll,var(--ground)}
thead button{all:unset;cursor:pointer}thead button:focus-visible{outline:2px solid}thead th[aria-sort=ascending] button::after{content:" \25b2"}thead th[aria-sort=descending] button::after{content:" \25bc"}
.up{color:var(--up)}.down{color:var(--down)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:14px}
th,td{padding:5px 12px;text-align:left;white-space:nowrap;border-bottom:1px solid var(--line)}
th{background:var(--panel);font-weight:600}tr:last-child td{border-bottom:0}
td:first-child{max-width:22em;overflow:hidden;text-overflow:ellipsis}
th:first-child,td:first-child{position:sticky;left:0;background-color:var(--ground)}th:first-child,tfoot td:first-child{background-color:var(--panel)}
summary{cursor:pointer;color:var(--dim);margin-top:8px}.n{text-align:right}tfoot td{font-weight:600;background:var(--panel)}
td.bar{background-image:linear-gradient(to right,var(--bar) var(--share),transparent var(--share))}
@media (max-width:640px){body{padding:16px 12px 32px}h1{font-size:21px}.wide{display:none}td:first-child{max-width:11em}.narrow{display:block}th,td{padding:4px 8px;font-size:13px}}
)css";

// Sorts a table by a click on its head; the page is whole without it.
constexpr std::string_view script =
    R"js(for(const head of document.querySelectorAll("thead th")){const button=document.createElement("button");button.append(...head.childNodes);head.append(button);button.onclick=()=>{const table=head.closest("table"),rows=[...table.tBodies[0].rows],up=head.getAttribute("aria-sort")!=="ascending";for(const other of table.tHead.rows[0].cells)other.removeAttribute("aria-sort");head.setAttribute("aria-sort",up?"ascending":"descending");const value=row=>row.cells[head.cellIndex].dataset.value??row.cells[head.cellIndex].textContent,order=(a,b)=>{const x=value(a),y=value(b),n=x===""||y===""?NaN:x-y;return Number.isNaN(n)?x.localeCompare(y):n};rows.sort((a,b)=>up?order(a,b):order(b,a));table.tBodies[0].append(...rows)}})js";
constexpr std::string_view script_hash =
    "sha256-8j42pp7qG5UzEP82ddzVaFfPTkqeJhfeRP8Or7xgrSY=";  // of exactly these bytes; tests/pages checks it

std::string heading_cell(const Column& column) {
    return fmt::format("<th scope=\"col\"{}>{}</th>", column.number ? " class=\"n\"" : "",
                       for_xml(column.heading));
}

std::string cell(bool number, const std::string& text, const std::string& value = {}) {
    return fmt::format("<td{}{}>{}</td>", number ? " class=\"n\"" : "",
                       value.empty() ? "" : fmt::format(" data-value=\"{}\"", for_xml(value)), for_xml(text));
}

std::string table(const Grid& grid, const std::string& label) {
    std::string out = fmt::format(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">\n<table>\n<thead><tr>",
        for_xml(label));
    for (const Column& column : grid.columns) out += heading_cell(column);
    out += "</tr></thead>\n<tbody>\n";
    for (std::size_t r = 0; r < grid.rows.size(); ++r) {
        out += "<tr>";
        for (std::size_t i = 0; i < grid.columns.size(); ++i) {
            if (i == grid.bar_column && !grid.bars.empty())
                out += fmt::format("<td class=\"n bar\" data-value=\"{}\" style=\"--share:{:.1f}%\">{}</td>",
                                   for_xml(grid.values[r][i]), grid.bars[r] * 100, for_xml(grid.rows[r][i]));
            else
                out += cell(grid.columns[i].number, grid.rows[r][i],
                            r < grid.values.size() && i < grid.values[r].size() ? grid.values[r][i] : "");
        }
        out += "</tr>\n";
    }
    out += "</tbody>\n";
    if (!grid.total.empty()) {
        out += "<tfoot><tr>";
        for (std::size_t i = 0; i < grid.columns.size(); ++i)
            out += cell(grid.columns[i].number, grid.total[i]);
        out += "</tr></tfoot>\n";
    }
    return out + "</table>\n</div>\n";
}

// Notes that say what is missing stand out.
bool is_gap(const std::string& note) {
    return note.find("ot complete: ") != std::string::npos;
}

std::string card(const Report& report, Measure m) {
    const MeasureInfo& i = info(m);
    std::string out =
        fmt::format("<div class=\"card\" title=\"{}\"><b>{}</b><span>{}</span>", for_xml(i.meaning),
                    for_xml(format_value(i.unit, report.total.values[m])), for_xml(i.heading));
    if (report.total.before) {
        const auto& before = (*report.total.before)[m];
        const auto& now = report.total.values[m];
        const char* look = !before || !now || *before == *now ? "" : *now > *before ? "up" : "down";
        out += fmt::format("<br><span class=\"{}\">{}</span>", look,
                           for_xml(format_change(i.unit, before, now)));
    }
    return out + "</div>\n";
}

// Four figures lead; the others are folded.
std::string cards(const Report& report) {
    std::string first, others;
    std::size_t leading = 0;
    for (const Measure m : report.query.measures) {
        const bool leads = m == Measure::merged || m == Measure::authors ||
                           m == Measure::first_organisation || m == Measure::time_median;
        leading += leads;
        (leads ? first : others) += card(report, m);
    }
    if (leading == 0) std::swap(first, others);
    std::string out = "<div class=\"cards\">\n" + first + "</div>\n";
    if (!others.empty())
        out += "<details>\n<summary>All measures</summary>\n<div class=\"cards\">\n" + others +
               "</div>\n</details>\n";
    return out;
}

std::string section(const Report& report, std::size_t number) {
    std::string out = fmt::format("<section>\n<h2>{}</h2>\n", for_xml(heading_of(report)));
    const ChartData data = chart_data(report);
    if (data.title != heading_of(report))
        out += fmt::format("<p class=\"small\">Chart: {}</p>\n", for_xml(info(data.measure).meaning));
    for (const auto& [name, width] : {std::pair{"wide", 960}, std::pair{"narrow", 400}})
        out += fmt::format("<div class=\"chart {}\">\n{}</div>\n", name,
                           chart_svg(data, {width, false, fmt::format("chart{}-{}", number, name)}));
    const std::string all_rows = table(make_grid(report), heading_of(report));
    if (report.rows.size() <= most_open_rows) return out + all_rows + "</section>\n";
    return out + fmt::format("<details>\n<summary>The numbers, {} rows</summary>\n{}</details>\n</section>\n",
                             report.rows.size(), all_rows);
}

}  // namespace

std::string html_page(std::span<const Report> reports) {
    const Report& first = reports.front();
    std::string out = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'; img-src data:; script-src '{4}'\">\n"
        "<link rel=\"icon\" href=\"data:,\">\n<title>{0}: "
        "{1}</title>\n<style>{2}{3}</style>\n</head>\n<body>\n<main>\n"
        "<h1>Merged pull requests</h1>\n<p class=\"scope\">{1}</p>\n",
        "Merge statistics", for_xml(scope_of(first)), page_style, chart_style(), script_hash);
    std::string gaps;
    std::string others;
    for (const std::string& note : first.notes) {
        (is_gap(note) ? gaps : others) += fmt::format("<p>{}</p>\n", for_xml(note));
    }
    if (!gaps.empty()) out += fmt::format("<div class=\"warn\" role=\"note\">\n{}</div>\n", gaps);
    out += cards(first);
    out += fmt::format("<div class=\"small\">\n{}</div>\n", others);
    std::size_t number = 0;
    for (const Report& report : reports)
        if (!report.query.by.empty()) out += section(report, ++number);
    if (const Grid fcp = fcp_grid(first); !fcp.rows.empty())
        out += "<section>\n<h2>Final comment periods</h2>\n" + table(fcp, "Final comment periods") +
               "</section>\n";
    return out + fmt::format("</main>\n<script>{}</script>\n</body>\n</html>\n", script);
}

}  // namespace harvester::stats
