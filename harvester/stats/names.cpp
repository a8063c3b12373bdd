#include "stats/names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>

namespace harvester::stats {

std::uint32_t Interner::number(std::string_view text) {
    if (const auto known = numbers_.find(text); known != numbers_.end()) return known->second;
    const auto number = static_cast<std::uint32_t>(texts_.size());
    texts_.emplace_back(text);
    numbers_.emplace(text, number);
    return number;
}

std::uint32_t KeyNumbers::sparse(std::int64_t key) {
    const auto [place, fresh] = sparse_.try_emplace(key, count_);
    if (fresh) ++count_;
    return place->second;
}

Result<void> CachedNames::load(const cache::Store& store) {
    const std::span<const std::int64_t> fresh = std::span(keys_).subspan(texts_.size());
    if (fresh.empty()) return {};
    const auto [first, last] = std::minmax_element(fresh.begin(), fresh.end());
    const std::int64_t lowest = *first, highest = *last;
    const auto known = static_cast<std::uint32_t>(texts_.size());
    texts_.resize(keys_.size());
    const auto take = [&](const cache::Row& row) {
        const std::uint32_t number = numbers_.number(row.integer(0));
        if (number >= known && number < texts_.size()) texts_[number] = row.text(1);
    };
    // Reading past names that nobody asked for is some four times cheaper than looking one up.
    if (lowest > 0 && (highest - lowest) / 4 <= static_cast<std::int64_t>(fresh.size())) {
        const std::array<cache::Value, 2> ends = {lowest, highest};
        return store.select("cache/stats/names_of_range.sql", ends, take);
    }
    const std::string list = fmt::format("[{}]", fmt::join(fresh, ","));
    const std::array<cache::Value, 1> keys = {std::string_view(list)};
    return store.select("cache/stats/names_of_keys.sql", keys, take);
}

}  // namespace harvester::stats
