// Keys of the cache as small numbers, and how to ask for many of them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
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

// Gives each pair of small numbers a small number, in the order of first sight.
class PairNumbers {
  public:
    std::uint32_t number(std::uint32_t first, std::uint32_t second) {
        if (first >= dense_.size()) dense_.resize(std::size_t{first} + 1);
        std::vector<std::uint32_t>& row = dense_[first];
        if (second >= row.size() && !widen(row, second)) return sparse(first, second);
        if (row[second] == 0) row[second] = ++count_;
        return row[second] - 1;
    }

  private:
    // Pairs of two long lists, authors and days, are too many for a place each.
    static constexpr std::size_t most_dense = 1 << 22;
    // Makes room for `second`. What was refused once stays so: the places in use never get fewer.
    bool widen(std::vector<std::uint32_t>& row, std::uint32_t second);
    std::uint32_t sparse(std::uint32_t first, std::uint32_t second);
    std::vector<std::vector<std::uint32_t>> dense_;  // number and one; 0: none
    std::size_t dense_places_ = 0;
    std::unordered_map<std::uint64_t, std::uint32_t> sparse_;
    std::uint32_t count_ = 0;
};

// The longest beginning of `sorted` whose keys follow each other so closely that reading past the rows
// between them costs less than looking up the next; requires one element at least. Whoever asks for many keys
// asks run by run.
template <class T, class KeyOf>
std::span<const T> close_run(std::span<const T> sorted, KeyOf key) {
    constexpr std::uint64_t widest_gap = 8;
    // As unsigned numbers, because the difference of a damaged file's keys need not fit.
    const auto far = [&](const T& a, const T& b) {
        return static_cast<std::uint64_t>(key(b)) - static_cast<std::uint64_t>(key(a)) > widest_gap;
    };
    const auto last = std::adjacent_find(sorted.begin(), sorted.end(), far);
    return last == sorted.end() ? sorted : sorted.first(static_cast<std::size_t>(last - sorted.begin()) + 1);
}

}  // namespace harvester::stats
