// The ledger as a picture: one bar a search over a common span of time.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cache/store.h"

namespace harvester::harvest {

struct CoverageBar {
    std::string search;  // name in the profile
    std::string
        cells;  // '#' all of the cell is complete, '+' a part, '!' something is known to miss, '.' nothing
    std::int64_t items = 0;       // in complete slices
    std::int64_t missing = 0;     // counted and not received
    std::vector<Range> complete;  // joined
};

struct CoveragePicture {
    Range span;                     // of all slices; empty when there are none
    std::vector<CoverageBar> bars;  // by name
};

// Requires width > 0.
CoveragePicture draw_coverage(std::span<const cache::Slice> slices, std::size_t width);

}  // namespace harvester::harvest
