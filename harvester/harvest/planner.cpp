#include "harvest/planner.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace harvester::harvest {

std::vector<Range> cut_evenly(const Range& range, std::size_t parts) {
    const std::int64_t length = (range.to - range.from).count();
    const auto count =
        std::clamp<std::int64_t>(static_cast<std::int64_t>(parts), 1, std::max<std::int64_t>(length, 1));
    std::vector<Range> out;
    Instant from = range.from;
    for (std::int64_t i = 1; i <= count; ++i) {
        // length * i fits: a range is below 2^38 seconds and bins below 2^24.
        const Instant to = range.from + Seconds{length * i / count};
        out.push_back({from, to});
        from = to;
    }
    return out;
}

std::vector<Range> first_bins(const Range& range, double per_second, const PlanLimits& limits) {
    if (per_second < 0) return cut_evenly(range, limits.bins);
    const double expected = per_second * static_cast<double>((range.to - range.from).count());
    if (expected <= static_cast<double>(limits.at_once)) return {};
    // A request counts `bins` of them for the price of one, so fine bins are free up to there.
    const double pages = std::min(expected / static_cast<double>(limits.page), 1e6);
    return cut_evenly(range, std::max(limits.bins, static_cast<std::size_t>(std::ceil(pages))));
}

std::vector<Range> smaller_bins(const Bin& bin, const PlanLimits& limits) {
    if (bin.count <= limits.recount || bin.range.to - bin.range.from <= Seconds{1}) return {};
    const auto pages = (bin.count + limits.page - 1) / limits.page;
    return cut_evenly(bin.range, static_cast<std::size_t>(pages));
}

std::vector<Bin> join_bins(std::span<const Bin> bins, const PlanLimits& limits) {
    std::int64_t total = 0;
    for (const Bin& bin : bins) total += bin.count;
    const std::int64_t most = total <= limits.burst ? limits.page : limits.slice;
    // best[i]: the cheapest cut of the first i bins, by pages, then by the sum of squares of the slices'
    // sizes, which is least where slices are small and even.
    struct Cut {
        std::int64_t pages = std::numeric_limits<std::int64_t>::max();
        double squares = 0;
        std::size_t from = 0;
    };
    std::vector<Cut> best(bins.size() + 1);
    best[0].pages = 0;
    for (std::size_t end = 1; end <= bins.size(); ++end) {
        std::int64_t sum = 0;
        for (std::size_t from = end; from-- > 0;) {
            sum += bins[from].count;
            if (sum > most && from + 1 < end) break;
            const double size = static_cast<double>(sum);
            const Cut cut{best[from].pages + std::max<std::int64_t>(1, (sum + limits.page - 1) / limits.page),
                          best[from].squares + size * size, from};
            if (cut.pages < best[end].pages ||
                (cut.pages == best[end].pages && cut.squares < best[end].squares))
                best[end] = cut;
        }
    }
    std::vector<Bin> out;
    for (std::size_t end = bins.size(); end > 0; end = best[end].from) {
        const std::size_t from = best[end].from;
        std::int64_t sum = 0;
        for (std::size_t i = from; i < end; ++i) sum += bins[i].count;
        out.push_back({{bins[from].range.from, bins[end - 1].range.to}, sum});
    }
    std::reverse(out.begin(), out.end());
    return out;
}

}  // namespace harvester::harvest
