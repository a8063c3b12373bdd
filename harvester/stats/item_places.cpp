#include "stats/item_places.h"

#include <algorithm>

namespace harvester::stats {

void ItemPlaces::assign(const std::vector<Fact>& facts) {
    places_.clear();
    for (const Fact& fact : facts) places_.push_back({fact.item, static_cast<std::uint32_t>(places_.size())});
    // Keys follow each other in the order in which items came: nearly, and often just, that of the merges.
    const auto earlier = [](const ItemPlace& a, const ItemPlace& b) { return a.item < b.item; };
    if (!std::is_sorted(places_.begin(), places_.end(), earlier))
        std::sort(places_.begin(), places_.end(), earlier);
}

const ItemPlace* ItemPlaces::find(std::int64_t item) const {
    const auto found =
        std::lower_bound(places_.begin(), places_.end(), item,
                         [](const ItemPlace& place, std::int64_t key) { return place.item < key; });
    return found != places_.end() && found->item == item ? &*found : nullptr;
}

}  // namespace harvester::stats
