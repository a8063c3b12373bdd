// Keys of the cache as small numbers, and how to ask for many of them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace harvester::stats {

// Gives each key a small number, in the order of first sight.
class KeyNumbers {
  public:
    std::uint32_t number(std::int64_t key) {
        if (key < lowest_dense || key >= end_dense) return sparse(key);
        const auto at = static_cast<std::size_t>(key - lowest_dense);
        if (at >= dense_.size()) dense_.resize(at + at / 2 + 1, 0);
        if (dense_[at] == 0) {
            keys_.push_back(key);
            dense_[at] = static_cast<std::uint32_t>(keys_.size());
        }
        return dense_[at] - 1;
    }
    // By their numbers.
    const std::vector<std::int64_t>& keys() const { return keys_; }

  private:
    // SQLite counts keys from 1, and the codes of groups begin with -1, but a damaged file may hold any:
    // these must not cost memory.
    static constexpr std::int64_t lowest_dense = -1, end_dense = 1 << 22;
    std::uint32_t sparse(std::int64_t key);
    std::vector<std::uint32_t> dense_;  // number and one; 0: none
    std::unordered_map<std::int64_t, std::uint32_t> sparse_;
    std::vector<std::int64_t> keys_;
};

// Whether one pass over the rows from `lowest` to `highest` costs less than looking up `wanted` of them: a
// look-up costs some four times as much as reading past a row.
bool one_pass_is_cheaper(std::int64_t lowest, std::int64_t highest, std::size_t wanted);

// A JSON list, for a statement that takes any number of keys.
std::string key_list(std::span<const std::int64_t> keys);

}  // namespace harvester::stats
