// What the cache proves about a period, without asking GitHub.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cache/store.h"
#include "harvest/harvest.h"
#include "profile/profile.h"

namespace harvester::harvest {

// Whether a search is asked for periods as long as `range`.
bool asked_for(const profile::SearchPolicy& policy, const Range& range);

// The days of the file names that count for an issue, half-open.
Range report_days(const profile::FilesPolicy& policy, const Edition& issue);

// What a harvest as of `now` would ask: the ranges of each search of the profile that the ledger doesn't
// prove. Empty: nothing. With `late` the hours in which GitHub's index may be behind count as not proved, as
// for a harvest; without it they do not, as for a warning.
Result<std::vector<Missing>> not_covered(const profile::Profile& profile, const cache::Store& store,
                                         const HarvestRequest& request, bool late);

}  // namespace harvester::harvest
