#include "stats/percentiles.h"

#include <algorithm>

namespace harvester::stats {

double Percentiles::operator()(double rank) {
    const double place = rank * static_cast<double>(values_.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t end = below + 1 < upper_ ? upper_ : values_.size();
    const auto begin = values_.begin(), at = begin + static_cast<std::ptrdiff_t>(below);
    std::nth_element(begin, at, begin + static_cast<std::ptrdiff_t>(end));
    upper_ = below + 1;
    const double low = static_cast<double>(*at);
    if (below + 1 == values_.size()) return low;
    const double high =
        static_cast<double>(*std::min_element(at + 1, begin + static_cast<std::ptrdiff_t>(end)));
    return low + (place - static_cast<double>(below)) * (high - low);
}

}  // namespace harvester::stats
