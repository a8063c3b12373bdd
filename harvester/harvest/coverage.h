// What the cache proves about a period, without asking GitHub, and the arithmetic of half-open ranges for it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cache/store.h"
#include "harvest/harvest.h"
#include "profile/profile.h"

namespace harvester::harvest {

// What of `range` is in none of `covered`, in order. `covered` may overlap and needs no order.
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

// Whether a search is asked for periods as long as `range`.
bool asked_for(const profile::SearchPolicy& policy, const Range& range);

// The days of the file names that count for an issue, half-open.
Range report_days(const profile::FilesPolicy& policy, const Edition& issue);

// What the ledger says about one search, or one folder of reports, of the profile in a window.
struct SearchCoverage {
    std::string search;            // name in the profile
    std::vector<Missing> missing;  // of the window as far as it has passed; empty: all of it is proved
    // Whether what the cache holds may be taken for all there is: nothing is missing, or only the last hours
    // of a window that is still open (at most the search's overlap, in which GitHub's index may be behind
    // anyway). Where this is false, "nothing found" proves nothing.
    bool proved = false;
};

// What the ledger proves of the request's range as of request.now, for each search that a harvest of it would
// ask, in the profile's order. With `late` the hours in which GitHub's index may be behind count as not
// proved, as for a harvest; without it they do not, as for a warning. Fails for cache trouble.
Result<std::vector<SearchCoverage>> coverage_of(const profile::Profile& profile, const cache::Store& store,
                                                const HarvestRequest& request, bool late);

}  // namespace harvester::harvest
