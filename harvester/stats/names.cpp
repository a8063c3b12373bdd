#include "stats/names.h"

#include <algorithm>
#include <array>
#include <span>

namespace harvester::stats {

std::uint32_t Interner::number(std::string_view text) {
    if (last_ < texts_.size() && texts_[last_] == text) return last_;
    if (const auto known = numbers_.find(text); known != numbers_.end()) return last_ = known->second;
    last_ = static_cast<std::uint32_t>(texts_.size());
    texts_.emplace_back(text);
    numbers_.emplace(text, last_);
    return last_;
}

Result<void> CachedNames::load(const cache::Store& store) {
    const std::size_t known = texts_.size();
    const std::vector<std::int64_t>& keys = numbers_.keys();
    std::vector<std::int64_t> fresh(keys.begin() + static_cast<std::ptrdiff_t>(known), keys.end());
    std::sort(fresh.begin(), fresh.end());
    texts_.resize(keys.size());
    // Names that are only read past get their numbers too: the next facts may well have them.
    const auto take = [&](const cache::Row& row) {
        const std::uint32_t number = numbers_.number(row.integer(0));
        if (number >= texts_.size()) texts_.resize(number + 1);
        texts_[number] = row.text(1);
    };
    for (std::span<const std::int64_t> left = fresh; !left.empty();) {
        const auto run = close_run(left, [](std::int64_t key) { return key; });
        left = left.subspan(run.size());
        const std::array<cache::Value, 2> ends = {run.front(), run.back()};
        const auto done = store.select("cache/stats/names_of_range.sql", ends, take);
        if (!done) return done;
    }
    return {};
}

}  // namespace harvester::stats
