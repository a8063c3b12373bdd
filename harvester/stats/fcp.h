// Final comment periods: how many began, are open and ended, and how.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cache/store.h"
#include "profile/stats_policy.h"
#include "stats/query.h"

namespace harvester::stats {

struct FcpCounts {
    std::int64_t started = 0;                      // within the range
    std::int64_t open = 0;                         // at its end
    std::map<std::string, std::int64_t> outcomes;  // of those over within the range, by the profile's names
    bool operator==(const FcpCounts&) const = default;
};

// A period over without a label that names its outcome; and one whose label was taken off, or whose item was
// closed, before it was over.
inline constexpr const char* unnamed_outcome = "other";
inline constexpr const char* withdrawn = "withdrawn";

struct FcpSummary {
    FcpCounts total;
    std::map<std::string, FcpCounts> by_repository;  // those with any count
};

// Counts those whose label events were harvested, in repositories of `organisation`. Filters by label don't
// apply.
Result<FcpSummary> final_comment_periods(const cache::Store& store, const profile::FcpPolicy& policy,
                                         const std::string& organisation, const Range& range,
                                         const Filters& filters);

}  // namespace harvester::stats
