#include <fmt/format.h>

#include <map>

#include "markdown/inline_text.h"
#include "stats/format/formats.h"
#include "stats/format/grid.h"
#include "stats/format/numbers.h"
#include "stats/format/text.h"

namespace harvester::stats {
namespace {

std::string markdown_table(const Grid& grid) {
    std::string out = "|", rule = "|";
    for (const Column& column : grid.columns) {
        out += " " + for_markdown_cell(column.heading) + " |";
        rule += column.number ? " ---: |" : " --- |";
    }
    out += '\n' + rule + '\n';
    for (const auto& row : grid.rows) {
        out += '|';
        for (const std::string& cell : row) out += " " + for_markdown_cell(cell) + " |";
        out += '\n';
    }
    if (grid.total.empty()) return out;
    out += '|';
    for (const std::string& cell : grid.total)
        out += cell.empty() ? "  |" : " **" + for_markdown_cell(cell) + "** |";
    return out + '\n';
}

// The notes as quotations, each after an empty line.
std::string markdown_notes(const Report& report) {
    std::string out;
    for (const std::string& note : report.notes) out += "\n> " + markdown::escape_inline(note) + '\n';
    return out;
}

Failure wrong(std::string_view line, std::string_view problem) {
    return {ExitCode::usage, fmt::format("profile, stats.summary.lines: \"{}\": {}", line, problem)};
}

std::map<std::string, std::string, std::less<>> texts_of(const Report& report) {
    using std::chrono::days;
    using std::chrono::floor;
    std::map<std::string, std::string, std::less<>> out{
        {"organisation", markdown::escape_inline(report.organisation)},
        {"newsletter", markdown::escape_inline(report.newsletter)},
        {"first", format_day(floor<days>(report.query.range.from))},
        {"last", format_day(floor<days>(report.query.range.to - Seconds{1}))},
    };
    if (const auto& issue = report.query.issue) {
        out["issue"] = format_day(issue->date);
        out["number"] = std::to_string(issue->number);
    }
    return out;
}

// A chart that GitHub draws, for one grouping of time; nothing else is safe from strangers' text there.
std::string mermaid_chart(const Report& report) {
    const Query& query = report.query;
    constexpr std::size_t most = 60;
    if (query.by.size() != 1 || !info(query.by[0]).calendar || info(query.leading()).unit != Unit::count ||
        report.rows.size() < 2 || report.rows.size() > most)
        return {};
    std::string keys, values;
    for (const Row& row : report.rows) {
        const char* comma = keys.empty() ? "" : ", ";
        keys += fmt::format("{}\"{}\"", comma, row.keys[0]);
        values += comma + format_plain(row.values[query.leading()].value_or(0));
    }
    return fmt::format("\n```mermaid\nxychart-beta\n    x-axis [{}]\n    y-axis \"{}\"\n    bar [{}]\n```\n",
                       keys, info(query.leading()).heading, values);
}

}  // namespace

std::string markdown_text(const Report& report) {
    std::string out =
        fmt::format("**{}**: {}\n\n", heading_of(report), markdown::escape_inline(scope_of(report)));
    out += markdown_table(make_grid(report));
    out += mermaid_chart(report);
    if (const std::string sentence = left_out_sentence(report); !sentence.empty())
        out += '\n' + sentence + '\n';
    if (const Grid fcp = fcp_grid(report); !fcp.rows.empty()) out += '\n' + markdown_table(fcp);
    return out + markdown_notes(report);
}

Result<std::optional<std::string>> fill_line(std::string_view line, const Report& report) {
    const auto texts = texts_of(report);
    std::string out;
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t open = line.find('{', at);
        out += line.substr(at, open - at);
        if (open == std::string_view::npos) break;
        const std::size_t close = line.find('}', open);
        if (close == std::string_view::npos) return tl::unexpected(wrong(line, "a { has no }"));
        const std::string_view inside = line.substr(open + 1, close - open - 1);
        at = close + 1;
        const std::size_t bar = inside.find('|');
        const std::string_view name = inside.substr(0, bar);
        const auto text = texts.find(name);
        if (text != texts.end() && bar == std::string_view::npos) {
            out += text->second;
            continue;
        }
        if (name == "issue" || name == "number") return std::optional<std::string>{};
        const auto measure = find_measure(name);
        if (!measure) return tl::unexpected(wrong(line, fmt::format("there is no placeholder {{{}}}", name)));
        const auto& value = report.total.values[*measure];
        if (!value) return std::optional<std::string>{};
        out += format_value(info(*measure).unit, value);
        if (bar == std::string_view::npos) continue;
        const std::string_view words = inside.substr(bar + 1);
        const std::size_t second = words.find('|');
        if (second == std::string_view::npos)
            return tl::unexpected(
                wrong(line, "a placeholder with words has two, {merged|pull request|pull requests}"));
        out += ' ';
        out += *value == 1 ? words.substr(0, second) : words.substr(second + 1);
    }
    return std::optional(out);
}

Result<std::string> summary_markdown(const cache::Store& store, const profile::Profile& profile,
                                     const Query& query, const QueryCoverage& coverage) {
    Query totals = query;
    totals.by.clear();
    totals.measures = every_measure();
    std::vector<Query> queries{std::move(totals)};
    for (const profile::SummaryTable& table : profile.stats.summary_tables) {
        Query& asked = queries.emplace_back(query);
        asked.sort.reset();
        asked.top = table.top;
        auto by = parse_by({table.by});
        auto measures = parse_measures(table.measures, usual_measures());
        if (!by || !measures)
            return fail(ExitCode::usage,
                        "profile, stats.summary.table: " + (by ? measures.error() : by.error()).message);
        asked.by = std::move(*by);
        asked.measures = std::move(*measures);
    }
    const auto reports = make_reports(store, profile, queries, coverage);
    if (!reports) return tl::unexpected(reports.error());
    const Report& total = reports->front();
    std::string out;
    for (const std::string& line : profile.stats.summary_lines) {
        const auto filled = fill_line(line, total);
        if (!filled) return tl::unexpected(filled.error());
        if (*filled) out += **filled + '\n';
    }
    for (std::size_t i = 1; i < reports->size(); ++i) {
        const Report& grouped = (*reports)[i];
        if (grouped.rows.empty()) continue;
        out += fmt::format("\n**{}**\n\n{}",
                           markdown::escape_inline(profile.stats.summary_tables[i - 1].heading),
                           markdown_table(make_grid(grouped)));
        if (const std::string sentence = left_out_sentence(grouped); !sentence.empty())
            out += '\n' + sentence + '\n';
    }
    if (const Grid fcp = fcp_grid(total); !fcp.rows.empty()) out += '\n' + markdown_table(fcp);
    return out + markdown_notes(total);
}

}  // namespace harvester::stats
