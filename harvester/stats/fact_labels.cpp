#include "stats/fact_labels.h"

#include <algorithm>
#include <array>

#include "stats/kinds.h"

namespace harvester::stats {

Result<void> LabelReader::prepare(const cache::Store& store) {
    if (only_ && only_->empty()) return {};
    return store.select("cache/stats/label_names.sql", {}, [&](const cache::Row& row) {
        if (only_ && !listed(*only_, row.text(1))) return;
        const std::int64_t key = row.integer(0);
        lowest_ = any() ? std::min(lowest_, key) : key;
        highest_ = any() ? std::max(highest_, key) : key;
        numbers_.number(key);
        label_of_.push_back(names_.number(row.text(1)));
    });
}

Result<void> LabelReader::read(const cache::Store& store, const ItemPlaces& places, HistoryPart& part) {
    if (!any()) return {};
    const char* question = only_ ? "cache/stats/few_labels_of_items.sql" : "cache/stats/labels_of_items.sql";
    for (std::span<const ItemPlace> left = places.all(); !left.empty();) {
        const auto run = close_run(left, [](const ItemPlace& place) { return place.item; });
        left = left.subspan(run.size());
        auto place = run.begin();
        const std::array<cache::Value, 4> ends = {run.front().item, run.back().item, lowest_, highest_};
        const auto parameters = std::span(ends).first(only_ ? 4 : 2);
        const auto asked = store.select(question, parameters, [&](const cache::Row& row) {
            const std::int64_t item = row.integer(0);
            while (place != run.end() && place->item < item) ++place;
            if (place == run.end() || place->item != item) return;
            const std::uint32_t number = numbers_.number(row.integer(1));
            if (number >= label_of_.size()) return;
            Fact& fact = part.facts[place->place];
            if (fact.labels_begin == fact.labels_end)
                fact.labels_begin = static_cast<std::uint32_t>(part.labels.size());
            part.labels.push_back(label_of_[number]);
            fact.labels_end = static_cast<std::uint32_t>(part.labels.size());
        });
        if (!asked) return asked;
    }
    return {};
}

}  // namespace harvester::stats
