// The formats of a report. Each says what is missing when the range isn't completely harvested.
#pragma once

#include <span>
#include <string>

#include "base/failure.h"
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

}  // namespace harvester::stats
