// The merged pull requests of a range as the measures need them: one small fact each, read once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/failure.h"
#include "cache/store.h"
#include "profile/stats_policy.h"
#include "stats/names.h"
#include "stats/query.h"

namespace harvester::stats {

struct Fact {
    std::int64_t item = 0;  // its key in the cache
    Instant merged_at{};
    std::int64_t seconds_to_merge = -1;  // negative: not known
    std::int64_t additions = -1;         // negative: no size was harvested
    std::int64_t deletions = -1;
    std::int64_t changed_files = -1;
    std::uint32_t repository = 0;
    std::uint32_t author = 0;
    std::uint32_t labels_begin = 0;  // in History::labels
    std::uint32_t labels_end = 0;
    bool bot = false;
    bool ghost = false;                  // the account is gone: who it was is not known
    bool first_in_organisation = false;  // the author's first merge that the cache knows
    bool first_in_repository = false;
    bool rollup = false;
    bool backport = false;
};

struct History {
    std::vector<Fact> facts;            // by time of merge
    std::vector<std::uint32_t> labels;  // numbers of Names::labels
};

// What has to be read beside the facts themselves.
struct HistoryNeeds {
    bool times = false;  // seconds_to_merge
    bool sizes = false;  // additions, deletions, changed_files
    bool labels = false;
    bool kinds = false;   // rollup and backport
    bool firsts = false;  // first_in_...
};

// The pull requests merged within `range` into repositories of `organisation` that pass `filters`. What is a
// first merge is decided before filtering.
Result<History> load_history(const cache::Store& store, const profile::StatsPolicy& policy,
                             const std::string& organisation, const Range& range, const Filters& filters,
                             HistoryNeeds needs, Names& names);

}  // namespace harvester::stats
