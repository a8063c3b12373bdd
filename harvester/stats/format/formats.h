// The formats of a report. Each says what is missing when the range isn't completely harvested.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/failure.h"
#include "cache/store.h"
#include "profile/profile.h"
#include "profile/stats_policy.h"
#include "stats/report.h"

namespace harvester::stats {

// Aligned for a terminal of `columns`, with bars of the first measure (or the one sorted by).
std::string table_text(const Report& report, int columns);

// A table as GitHub renders it, with the notes below.
std::string markdown_text(const Report& report);

// RFC 4180: a line of names, then a line a group, CRLF. Times are seconds, shares 0 to 1. After the measures
// stand the final comment periods, then whether the range is complete and what is missing.
std::string csv_text(const Report& report);

// One object; queries/cache/stats/README.md tells its members.
std::string json_text(const Report& report);

// One self-contained page without scripts: a chart and a table for each report, totals and notes of the
// first.
std::string html_page(std::span<const Report> reports);

// The summary of an edition's window that an edition or a blog post can take as it is: the profile's summary
// lines and tables, in Markdown. `query` gives the range, filters and the clock; its groupings and measures
// are not looked at. Fails with ExitCode::usage when the profile's tables or placeholders are wrong.
Result<std::string> summary_markdown(const cache::Store& store, const profile::Profile& profile,
                                     const Query& query, const QueryCoverage& coverage);

// A line with its {placeholders} filled: {merged}, {merged|pull request|pull requests}, {organisation},
// {first}, {last}, {issue}, {number}, {newsletter}. nullopt when a number that it names isn't known.
Result<std::optional<std::string>> fill_line(std::string_view line, const Report& report);

}  // namespace harvester::stats
