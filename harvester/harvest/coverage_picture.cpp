#include "harvest/coverage_picture.h"

#include <algorithm>
#include <map>

#include "harvest/requests.h"
#include "harvest/coverage.h"

namespace harvester::harvest {
namespace {

std::vector<Range> joined(std::vector<Range> ranges) {
    std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.from < b.from; });
    std::vector<Range> out;
    for (const Range& range : ranges) {
        if (range.empty()) continue;
        if (!out.empty() && range.from <= out.back().to) {
            out.back().to = std::max(out.back().to, range.to);
        } else {
            out.push_back(range);
        }
    }
    return out;
}

bool touches(const Range& a, const Range& b) {
    return a.from < b.to && b.from < a.to;
}

char cell_of(const Range& cell, const std::vector<Range>& complete, const std::vector<Range>& lacking) {
    const auto in_cell = [&](const Range& range) { return touches(cell, range); };
    if (std::any_of(lacking.begin(), lacking.end(), in_cell)) return '!';
    if (uncovered(cell, complete).empty()) return '#';
    return std::any_of(complete.begin(), complete.end(), in_cell) ? '+' : '.';
}

}  // namespace

CoveragePicture draw_coverage(std::span<const cache::Slice> slices, std::size_t width) {
    struct Parts {
        std::vector<Range> complete, lacking;
        CoverageBar bar;
    };
    CoveragePicture picture{{Instant::max(), Instant::min()}, {}};
    std::map<std::string, Parts> searches;
    for (const cache::Slice& slice : slices) {
        Parts& parts = searches[short_name(slice.key.search)];
        picture.span.from = std::min(picture.span.from, slice.key.range.from);
        picture.span.to = std::max(picture.span.to, slice.key.range.to);
        if (slice.state == cache::SliceState::incomplete) {
            parts.lacking.push_back(slice.key.range);
            parts.bar.missing += slice.issue_count - slice.received;
        }
        // What was asked before its end had come is complete up to then.
        parts.complete.push_back(proved(slice, Seconds{0}));
        if (slice.state == cache::SliceState::complete) parts.bar.items += slice.received;
    }
    if (searches.empty()) return {};
    const double length = static_cast<double>((picture.span.to - picture.span.from).count());
    const auto edge = [&](std::size_t i) {
        return picture.span.from + Seconds{static_cast<std::int64_t>(length * static_cast<double>(i) /
                                                                     static_cast<double>(width))};
    };
    for (auto& [name, parts] : searches) {
        parts.bar.search = name;
        parts.bar.complete = joined(parts.complete);
        for (std::size_t i = 0; i < width; ++i)
            if (const Range cell{edge(i), edge(i + 1)}; !cell.empty())
                parts.bar.cells.push_back(cell_of(cell, parts.bar.complete, parts.lacking));
        picture.bars.push_back(std::move(parts.bar));
    }
    return picture;
}

}  // namespace harvester::harvest
