#include "stats/keys.h"

namespace harvester::stats {

std::uint32_t KeyNumbers::sparse(std::int64_t key) {
    const auto [place, fresh] = sparse_.try_emplace(key, static_cast<std::uint32_t>(keys_.size()));
    if (fresh) keys_.push_back(key);
    return place->second;
}

bool PairNumbers::widen(std::vector<std::uint32_t>& row, std::uint32_t second) {
    const std::size_t more = std::size_t{second} + 1 - row.size();
    if (more > most_dense - dense_places_) return false;
    dense_places_ += more;
    row.resize(row.size() + more, 0);
    return true;
}

std::uint32_t PairNumbers::sparse(std::uint32_t first, std::uint32_t second) {
    const auto [place, fresh] = sparse_.try_emplace(std::uint64_t{first} << 32 | second, count_);
    if (fresh) ++count_;
    return place->second;
}

}  // namespace harvester::stats
