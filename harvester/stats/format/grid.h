// A report as a grid of texts, for the formats that people read. Keys are raw: each format escapes them.
#pragma once

#include <string>
#include <vector>

#include "stats/report.h"

namespace harvester::stats {

struct Column {
    std::string heading;
    bool number = false;
};

struct Grid {
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> total;  // empty when the rows are the totals themselves
    std::vector<double> bars;        // for each row the share (0 to 1) of the longest; empty: no bars
    std::size_t bar_column = 0;      // whose numbers the bars show
    // For each row the plain numbers of its cells, to sort by; empty for keys and where nothing is known.
    std::vector<std::vector<std::string>> values;
};

// Rows by group; without groupings one row for each measure.
Grid make_grid(const Report& report);

// "Merged pull requests by repository and week".
std::string heading_of(const Report& report);

// The final comment periods, a repository a row; no rows when there are none.
Grid fcp_grid(const Report& report);

// "Final comment periods: 3 started, 1 open at the end, over: close 1, merge 2." or nothing.
std::string fcp_sentence(const Report& report);

// "12 more groups are not shown." or nothing.
std::string left_out_sentence(const Report& report);

// "rust-lang, 2024-11-05 to 2024-11-12 (issue 573 of 2024-11-13), compared with 2024-10-28 to 2024-11-04",
// and filters.
std::string scope_of(const Report& report);

}  // namespace harvester::stats
