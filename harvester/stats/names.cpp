#include "stats/names.h"

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

Result<void> CachedNames::load(const cache::Store& store) {
    const std::size_t known = texts_.size();
    const std::span<const std::int64_t> fresh = std::span(numbers_.keys()).subspan(known);
    if (fresh.empty()) return {};
    texts_.resize(numbers_.keys().size());
    const auto take = [&](const cache::Row& row) {
        const std::uint32_t number = numbers_.number(row.integer(0));
        if (number >= known && number < texts_.size()) texts_[number] = row.text(1);
    };
    const auto [lowest, highest] = std::minmax_element(fresh.begin(), fresh.end());
    if (one_pass_is_cheaper(*lowest, *highest, fresh.size())) {
        const std::array<cache::Value, 2> ends = {*lowest, *highest};
        return store.select("cache/stats/names_of_range.sql", ends, take);
    }
    const std::string list = key_list(fresh);
    const std::array<cache::Value, 1> keys = {std::string_view(list)};
    return store.select("cache/stats/names_of_keys.sql", keys, take);
}

}  // namespace harvester::stats
