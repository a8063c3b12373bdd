#include "harvest/ranges.h"

#include <algorithm>

namespace harvester::harvest {

std::vector<Range> uncovered(const Range& range, std::vector<Range> covered) {
    std::sort(covered.begin(), covered.end(), [](const Range& a, const Range& b) { return a.from < b.from; });
    std::vector<Range> out;
    Instant at = range.from;
    for (const Range& part : covered) {
        if (part.empty() || part.to <= at) continue;
        if (part.from >= range.to) break;
        if (part.from > at) out.push_back({at, part.from});
        at = part.to;
    }
    if (at < range.to) out.push_back({at, range.to});
    return out;
}

Range proved(const cache::Slice& slice, Seconds overlap) {
    const Range& range = slice.key.range;
    if (slice.state != cache::SliceState::complete || !slice.key.repository.empty())
        return {range.from, range.from};
    return {range.from, std::min(range.to, slice.asked_at - overlap)};
}

std::vector<Range> gaps(const Range& range, std::span<const cache::Slice> slices, Seconds overlap) {
    std::vector<Range> covered;
    for (const cache::Slice& slice : slices) covered.push_back(proved(slice, overlap));
    return uncovered(range, std::move(covered));
}

double density(const Range& range, std::span<const cache::Slice> slices) {
    double items = 0, seconds = 0;
    for (const cache::Slice& slice : slices) {
        const Range& known = slice.key.range;
        const auto length = known.to - known.from;
        if (slice.state != cache::SliceState::complete || !slice.key.repository.empty()) continue;
        if (known.to + length < range.from || known.from - length > range.to) continue;
        // What was asked before its end has come counts up to that moment.
        const auto end = std::min(known.to, slice.asked_at);
        if (end <= known.from) continue;
        items += static_cast<double>(slice.issue_count);
        seconds += static_cast<double>((end - known.from).count());
    }
    const bool enough = seconds > 0 && seconds * 8 >= static_cast<double>((range.to - range.from).count());
    return enough ? items / seconds : -1;
}

}  // namespace harvester::harvest
