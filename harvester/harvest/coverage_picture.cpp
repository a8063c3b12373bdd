#include "harvest/coverage_picture.h"

#include <algorithm>
#include <map>

#include "harvest/coverage.h"
#include "harvest/requests.h"

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

bool any_overlap(std::vector<Range> ranges) {
    std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.from < b.from; });
    return std::adjacent_find(ranges.begin(), ranges.end(), touches) != ranges.end();
}

// The Monday of the ISO week that holds the year's first Thursday.
Day first_monday(int year) {
    const Day fourth{std::chrono::year{year} / 1 / 4};
    return fourth - (std::chrono::weekday{fourth} - std::chrono::Monday);
}

}  // namespace

std::vector<CoverageYear> draw_calendar(const CoverageBar& bar) {
    std::vector<CoverageYear> out;
    if (bar.complete.empty()) return out;
    using std::chrono::floor;
    const std::chrono::year_month_day first{floor<std::chrono::days>(bar.complete.front().from)},
        last{floor<std::chrono::days>(bar.complete.back().to - Seconds{1})};
    // A damaged file may hold any year.
    constexpr int most_years = 60;
    const int end = static_cast<int>(last.year()),
              begin = std::max(static_cast<int>(first.year()), end - most_years);
    for (int year = begin; year <= end; ++year) {
        CoverageYear& line = out.emplace_back(CoverageYear{year, {}});
        for (Day monday = first_monday(year); monday < first_monday(year + 1); monday += std::chrono::days{7})
            line.weeks.push_back(cell_of({monday, monday + std::chrono::days{7}}, bar.complete, bar.lacking));
    }
    return out;
}

CoveragePicture draw_coverage(std::span<const cache::Slice> slices, std::size_t width) {
    struct Parts {
        std::vector<Range> complete, lacking;
        std::vector<Range> asked;  // complete slices
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
        if (slice.state == cache::SliceState::complete) {
            parts.bar.items = *parts.bar.items + slice.received;
            parts.asked.push_back(slice.key.range);
        }
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
        parts.bar.lacking = parts.lacking;
        if (any_overlap(parts.asked)) parts.bar.items.reset();
        for (std::size_t i = 0; i < width; ++i)
            if (const Range cell{edge(i), edge(i + 1)}; !cell.empty())
                parts.bar.cells.push_back(cell_of(cell, parts.bar.complete, parts.lacking));
        picture.bars.push_back(std::move(parts.bar));
    }
    return picture;
}

}  // namespace harvester::harvest
