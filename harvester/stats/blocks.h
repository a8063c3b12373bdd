// A list for a million of small things.
#pragma once

#include <bit>
#include <cstddef>
#include <vector>

namespace harvester::stats {

// Grows without moving what it holds: doubling a vector touches as much memory again, which costs more than
// counting. Its blocks are big enough that finding one of them costs nothing.
template <class T>
class Blocks {
  public:
    void push_back(const T& value) {
        if (blocks_.empty() || blocks_.back().size() == in_block) blocks_.emplace_back().reserve(in_block);
        blocks_.back().push_back(value);
    }
    std::size_t size() const {
        return blocks_.empty() ? 0 : (blocks_.size() - 1) * in_block + blocks_.back().size();
    }
    // Requires at < size().
    T& operator[](std::size_t at) { return blocks_[at / in_block][at % in_block]; }
    const T& operator[](std::size_t at) const { return blocks_[at / in_block][at % in_block]; }

  private:
    static constexpr std::size_t in_block = std::bit_floor(std::size_t{1 << 16} / sizeof(T));
    std::vector<std::vector<T>> blocks_;
};

}  // namespace harvester::stats
