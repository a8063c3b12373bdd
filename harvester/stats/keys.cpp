#include "stats/keys.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace harvester::stats {

std::uint32_t KeyNumbers::sparse(std::int64_t key) {
    const auto [place, fresh] = sparse_.try_emplace(key, static_cast<std::uint32_t>(keys_.size()));
    if (fresh) keys_.push_back(key);
    return place->second;
}

bool one_pass_is_cheaper(std::int64_t lowest, std::int64_t highest, std::size_t wanted) {
    // Each quarter for itself: the difference of a damaged file's keys need not fit.
    return highest / 4 - lowest / 4 <= static_cast<std::int64_t>(wanted);
}

std::string key_list(std::span<const std::int64_t> keys) {
    return fmt::format("[{}]", fmt::join(keys, ","));
}

}  // namespace harvester::stats
