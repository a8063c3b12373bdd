// Percentiles of many numbers.
#pragma once

#include <cstdint>
#include <span>

namespace harvester::stats {

// The value below which a share `rank` (0 to 1) lies, linear between neighbours (type 7 of Hyndman and Fan,
// as R, NumPy and spreadsheets have it). Reorders `values`, of which there must be one at least; asked from
// the highest rank down, it looks at ever fewer of them.
class Percentiles {
  public:
    explicit Percentiles(std::span<std::uint32_t> values) : values_(values), upper_(values.size()) {}
    double operator()(double rank);

  private:
    std::span<std::uint32_t> values_;
    std::size_t upper_;  // the values from here on are no lower than the one before, and that than the others
};

}  // namespace harvester::stats
