// Reads the facts of a history from the cache.
#pragma once

#include <string>

#include "cache/store.h"
#include "stats/history.h"

namespace harvester::stats {

// The pull requests merged within `range` into repositories of `organisation`, by time of merge, with
// what `needs` says except labels and firsts.
Result<std::vector<Fact>> read_facts(const cache::Store& store, const profile::StatsPolicy& policy,
                                     const std::string& organisation, const Range& range, HistoryNeeds needs,
                                     Names& names);

// Sets first_in_...; requires all facts of `range`, as read_facts gives them.
Result<void> mark_firsts(const cache::Store& store, const Range& range, std::vector<Fact>& facts);

}  // namespace harvester::stats
