// Cuts a period into slices by density. Pure: what to count next, and how to cut what was counted.
//
// A search shows at most 1,000 hits and says nothing when there are more, so no slice may come near that.
// A slice costs one request for each 100 items or part of it; a cut where few items are left over is a good
// one. Periods expected to be short are asked at once; others are counted in bins first, many in a request.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/time.h"

namespace harvester::harvest {

struct PlanLimits {
    std::int64_t page = 100;     // items in a request
    std::int64_t at_once = 80;   // expected items up to which a range is asked without counting
    std::int64_t slice = 600;    // most items in a planned slice: a few pages
    std::int64_t burst = 1500;   // up to so many items in all, slices are one page: read side by side
    std::int64_t cap = 900;      // a slice that turns out to have more is cut before it is read on
    std::int64_t recount = 250;  // a bin with more is counted again in smaller bins
    std::size_t bins = 20;       // of the first count of a range about which nothing is known
};

// A range with its number of items as counted.
struct Bin {
    Range range;
    std::int64_t count = 0;
    bool operator==(const Bin&) const = default;
};

// `range` in `parts` ranges of about the same length, whole seconds, none empty: fewer when it is short.
std::vector<Range> cut_evenly(const Range& range, std::size_t parts);

// The bins to count first in a range with so many items per second as known; nothing known: negative.
// Empty: ask the range at once.
std::vector<Range> first_bins(const Range& range, double per_second, const PlanLimits& limits);

// The bins to count instead of one that holds too many; empty: it is fine as it is, or one second long.
std::vector<Range> smaller_bins(const Bin& bin, const PlanLimits& limits);

// Neighbouring bins joined into slices: the fewest pages over all, and among those cuts the smallest slices.
// A bin larger than a slice stays alone. Nothing is left out; bins without items go with a neighbour.
std::vector<Bin> join_bins(std::span<const Bin> bins, const PlanLimits& limits);

}  // namespace harvester::harvest
