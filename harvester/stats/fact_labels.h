// The labels of a history's facts, and what follows from them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cache/store.h"
#include "stats/history.h"

namespace harvester::stats {

// Fills History::labels; requires all facts of `range`. With `only`, of other labels nothing is read.
Result<void> read_labels(const cache::Store& store, const Range& range,
                         const std::optional<std::vector<std::string>>& only, History& history, Names& names);

// Marks what a label of the profile calls a rollup or a backport; requires the labels.
void add_kinds_by_label(const profile::StatsPolicy& policy, const Names& names, History& history);

}  // namespace harvester::stats
