// Which merges were the first of their author.
#pragma once

#include <vector>

#include "cache/store.h"
#include "stats/history.h"
#include "stats/item_places.h"

namespace harvester::stats {

// Sets first_in_... as far as `needs` says; `places` are those of `facts`, which are by time of merge.
Result<void> mark_firsts(const cache::Store& store, const HistoryNeeds& needs, const ItemPlaces& places,
                         std::vector<Fact>& facts);

}  // namespace harvester::stats
