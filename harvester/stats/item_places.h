// Finds the facts of a part by the keys of their items.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "stats/history.h"

namespace harvester::stats {

struct ItemPlace {
    std::int64_t item;
    std::uint32_t place;  // in the part's facts
};

class ItemPlaces {
  public:
    // Forgets what it knew. Its memory stays for the next part.
    void assign(const std::vector<Fact>& facts);
    // Of all facts, by key.
    std::span<const ItemPlace> all() const { return places_; }
    // Of the item's fact; nullptr when there is none.
    const ItemPlace* find(std::int64_t item) const;

  private:
    std::vector<ItemPlace> places_;
};

}  // namespace harvester::stats
