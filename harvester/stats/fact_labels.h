// The labels of facts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cache/store.h"
#include "stats/history.h"
#include "stats/item_places.h"
#include "stats/keys.h"

namespace harvester::stats {

class LabelReader {
  public:
    // With `only`, of other labels nothing is read. `names` must outlive this.
    LabelReader(Interner& names, std::optional<std::vector<std::string>> only)
        : names_(names), only_(std::move(only)) {}
    // Numbers the labels; asks nothing when `only` is empty.
    Result<void> prepare(const cache::Store& store);
    // Whether there are any to read, once prepared.
    bool any() const { return !label_of_.empty(); }
    // Fills part.labels and the facts' places in them; `places` are those of the part.
    Result<void> read(const cache::Store& store, const ItemPlaces& places, HistoryPart& part);

  private:
    Interner& names_;
    std::optional<std::vector<std::string>> only_;
    KeyNumbers numbers_;                     // of the wanted labels' keys
    std::vector<std::uint32_t> label_of_;    // by these numbers: those of names_
    std::int64_t lowest_ = 0, highest_ = 0;  // of the wanted keys
};

}  // namespace harvester::stats
