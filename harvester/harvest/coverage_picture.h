// The ledger as a picture: one bar a search over a common span of time.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cache/store.h"

namespace harvester::harvest {

struct CoverageBar {
    std::string search;  // name in the profile
    std::string
        cells;  // '#' all of the cell is complete, '+' a part, '!' something is known to miss, '.' nothing
    std::optional<std::int64_t> items =
        0;                     // in complete slices; nullopt: these overlap, so their sum counts some twice
    std::int64_t missing = 0;  // counted and not received
    std::vector<Range> complete;  // joined
    std::vector<Range> lacking;   // asked, and not all arrived
};

struct CoveragePicture {
    Range span;                     // of all slices; empty when there are none
    std::vector<CoverageBar> bars;  // by name
};

// A cell for each week, as in CoverageBar, from the Monday of the year's first ISO week on.
struct CoverageYear {
    int year = 0;
    std::string weeks;  // 52 or 53
};

// The years from the first that is covered to the last; of the bar's search.
std::vector<CoverageYear> draw_calendar(const CoverageBar& bar);

// Requires width > 0.
CoveragePicture draw_coverage(std::span<const cache::Slice> slices, std::size_t width);

}  // namespace harvester::harvest
