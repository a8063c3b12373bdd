#include "stats/names.h"

#include <functional>

namespace harvester::stats {

std::uint32_t Interner::number(std::string_view text) {
    const auto hash = static_cast<std::uint32_t>(std::hash<std::string_view>{}(text));
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    for (; slots_[at].number_and_one != 0; at = (at + 1) & mask) {
        const std::uint32_t known = slots_[at].number_and_one - 1;
        if (slots_[at].hash == hash && texts_[known] == text) return known;
    }
    const auto number = static_cast<std::uint32_t>(texts_.size());
    texts_.emplace_back(text);
    slots_[at] = {hash, number + 1};
    if (texts_.size() * 2 > slots_.size()) grow();
    return number;
}

void Interner::grow() {
    std::vector<Slot> wider(slots_.size() * 4);
    const std::size_t mask = wider.size() - 1;
    for (const Slot& slot : slots_) {
        if (slot.number_and_one == 0) continue;
        std::size_t at = slot.hash & mask;
        while (wider[at].number_and_one != 0) at = (at + 1) & mask;
        wider[at] = slot;
    }
    slots_ = std::move(wider);
}

}  // namespace harvester::stats
