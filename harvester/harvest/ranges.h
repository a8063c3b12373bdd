// Sets of half-open ranges, and what the ledger says about them. Pure.
#pragma once

#include <span>
#include <vector>

#include "base/time.h"
#include "cache/store.h"

namespace harvester::harvest {

// What of `range` lies in none of `covered`, in order. `covered` may overlap and needs no order.
std::vector<Range> uncovered(const Range& range, std::vector<Range> covered);

// What an entry of the ledger proves: all of its range when it was asked `overlap` after the range's end,
// else the part that ends `overlap` before it was asked; nothing when it isn't complete or of one repository
// only. An empty range proves nothing.
Range proved(const cache::Slice& slice, Seconds overlap);

// What of `range` the entries do not prove.
std::vector<Range> gaps(const Range& range, std::span<const cache::Slice> slices, Seconds overlap);

// Items per second that complete entries found near `range`: those that touch it or lie at most their own
// length away; negative when these are none, or much shorter than the range.
double density(const Range& range, std::span<const cache::Slice> slices);

}  // namespace harvester::harvest
