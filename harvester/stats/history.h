// The merged pull requests of a range, read from the cache as the measures need them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/failure.h"
#include "cache/store.h"
#include "profile/profile.h"
#include "stats/query.h"

namespace harvester::stats {

struct Merge {
    std::int64_t item = 0;  // its key in the cache
    Instant merged_at{};
    std::int64_t seconds_to_merge = -1;  // negative: not known; at most 136 years
    std::int64_t additions = -1;         // negative: no size was harvested; each at most 2^31 - 1
    std::int64_t deletions = -1;
    std::int64_t changed_files = -1;
    std::int64_t repository = 0;  // keys of Names
    std::int64_t author = 0;
    std::vector<std::int64_t> labels;
    bool bot = false;
    bool ghost = false;                // the account is gone: who it was is not known
    bool new_to_organisation = false;  // the author's first merge that the cache knows
    bool new_to_repository = false;
    bool rollup = false;
    bool backport = false;

    bool sized() const { return additions >= 0 && deletions >= 0; }
};

// Texts by their keys in the cache.
struct Names {
    std::unordered_map<std::int64_t, std::string> repositories, authors, labels;
};

struct History {
    std::vector<Merge> merges;  // by time, then by key
    Names names;
};

// What has to be read besides the merges themselves.
struct Needs {
    bool sizes = false;   // additions, deletions, changed_files
    bool labels = false;  // of each merge; a filter by label needs them too
    bool kinds = false;   // rollup and backport
    bool firsts = false;  // new_to_organisation, new_to_repository
};

// The pull requests merged within `range` into repositories of the profile's organisation that pass
// `filters`. Who is new doesn't depend on the filters.
Result<History> read_history(const cache::Store& store, const profile::Profile& profile, const Range& range,
                             const Filters& filters, Needs needs);

// Fails with ExitCode::findings when a repository, label or author of the filters is in the cache under no
// name, and names the nearest.
Result<void> check_filters(const cache::Store& store, const Filters& filters);

}  // namespace harvester::stats
