// The merged pull requests of a range as the measures need them: one small fact each, read once and handed on
// in parts, so that a long range takes no more memory than a short one.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/failure.h"
#include "cache/store.h"
#include "profile/stats_policy.h"
#include "stats/names.h"
#include "stats/query.h"

namespace harvester::stats {

inline constexpr std::uint32_t unknown_time = std::numeric_limits<std::uint32_t>::max();

struct Fact {
    std::int64_t item = 0;  // its key in the cache
    Instant merged_at{};
    std::uint32_t seconds_to_merge = unknown_time;  // at most unknown_time - 1: 136 years
    std::int32_t additions = -1;                    // negative: no size was harvested
    std::int32_t deletions = -1;
    std::int32_t changed_files = -1;
    std::uint32_t repository = 0;
    std::uint32_t author = 0;
    std::uint32_t labels_begin = 0;  // in HistoryPart::labels
    std::uint32_t labels_end = 0;
    std::uint32_t title_begin = 0;  // in HistoryPart::titles
    std::uint32_t title_end = 0;
    bool bot = false;
    bool ghost = false;                  // the account is gone: who it was is not known
    bool first_in_organisation = false;  // the author's first merge that the cache knows
    bool first_in_repository = false;
    bool rollup = false;
    bool backport = false;

    bool sized() const { return additions >= 0 && deletions >= 0; }
};

// Some thousand facts that follow each other.
struct HistoryPart {
    std::vector<Fact> facts;            // by time of merge
    std::vector<std::uint32_t> labels;  // numbers of Names::labels
    std::string titles;                 // one after the other; only where kinds are told by them

    void set_title(Fact& fact, std::string_view title) {
        fact.title_begin = static_cast<std::uint32_t>(titles.size());
        titles += title;
        fact.title_end = static_cast<std::uint32_t>(titles.size());
    }
    std::string_view title(const Fact& fact) const {
        return std::string_view(titles).substr(fact.title_begin, fact.title_end - fact.title_begin);
    }
    // Keeps the memory for the next facts.
    void clear() {
        facts.clear();
        labels.clear();
        titles.clear();
    }
};

// What has to be read beside the facts themselves.
struct HistoryNeeds {
    bool times = false;  // seconds_to_merge
    bool sizes = false;  // additions, deletions, changed_files
    bool labels = false;
    bool kinds = false;  // rollup and backport
    bool first_in_organisation = false;
    bool first_in_repository = false;
};

// Hands the pull requests merged within `range` into repositories of `organisation` that pass `filters` to
// `take`, part by part in the order of time; a part is valid during the call. A long history is taken on a
// thread of its own while the next part is read: until this returns, `take` must keep to itself and to
// names.labels, which no longer change when it is called first. What is a first merge doesn't depend on the
// filters. When reading fails, parts may have been handed over already.
Result<void> read_history(const cache::Store& store, const profile::StatsPolicy& policy,
                          const std::string& organisation, const Range& range, const Filters& filters,
                          HistoryNeeds needs, Names& names,
                          const std::function<void(const HistoryPart&)>& take);

}  // namespace harvester::stats
