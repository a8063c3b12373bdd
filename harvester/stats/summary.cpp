#include "stats/summary.h"

#include <fmt/format.h>

#include <map>

#include "markdown/inline_text.h"
#include "stats/grid.h"
#include "stats/markdown_table.h"
#include "stats/numbers.h"

namespace harvester::stats {
namespace {

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

}  // namespace

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
    const auto report = make_report(store, profile, totals, coverage);
    if (!report) return tl::unexpected(report.error());
    std::string out;
    for (const std::string& line : profile.stats.summary_lines) {
        const auto filled = fill_line(line, *report);
        if (!filled) return tl::unexpected(filled.error());
        if (*filled) out += **filled + '\n';
    }
    for (const profile::SummaryTable& table : profile.stats.summary_tables) {
        Query asked = query;
        asked.sort.reset();
        asked.top = table.top;
        const auto by = parse_by({table.by});
        const auto measures = parse_measures(table.measures, usual_measures());
        if (!by || !measures)
            return fail(ExitCode::usage,
                        "profile, stats.summary.table: " + (by ? measures.error() : by.error()).message);
        asked.by = *by;
        asked.measures = *measures;
        const auto grouped = make_report(store, profile, asked, coverage);
        if (!grouped) return tl::unexpected(grouped.error());
        if (grouped->rows.empty()) continue;
        out += fmt::format("\n**{}**\n\n{}", markdown::escape_inline(table.heading),
                           markdown_table(make_grid(*grouped)));
        if (const std::string sentence = left_out_sentence(*grouped); !sentence.empty())
            out += '\n' + sentence + '\n';
    }
    if (const Grid fcp = fcp_grid(*report); !fcp.rows.empty()) out += '\n' + markdown_table(fcp);
    return out + markdown_notes(*report);
}

}  // namespace harvester::stats
