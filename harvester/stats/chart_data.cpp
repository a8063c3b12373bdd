#include "stats/chart_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "stats/grid.h"
#include "stats/numbers.h"

namespace harvester::stats {
namespace {

constexpr std::size_t most_bars = 40;  // of categories without an order
constexpr double not_known = -1;

bool adds_up(Measure m) {
    return info(m).unit == Unit::count && m != Measure::authors;  // an author may be in several groups
}

bool has_order(Dimension d) {
    return info(d).calendar || info(d).cyclic || d == Dimension::size;
}

// The keys of one grouping in their order, or by size where they have none.
class Axis {
  public:
    Axis(const Report& report, std::size_t place, Measure measure)
        : ordered_(has_order(report.query.by[place])) {
        std::map<std::string, std::pair<std::int64_t, double>> seen;  // key -> order, sum
        for (const Row& row : report.rows) {
            const auto [found, fresh] = seen.try_emplace(row.keys[place], row.order[place], 0.0);
            found->second.second += row.values[measure].value_or(0);
            if (fresh) keys.push_back(row.keys[place]);
        }
        // One grouping without an order is left as the report sorted it.
        if (!ordered_ && report.query.by.size() == 1) return;
        std::stable_sort(keys.begin(), keys.end(), [&](const std::string& a, const std::string& b) {
            const auto &x = seen[a], &y = seen[b];
            return ordered_ ? x.first < y.first : x.second > y.second;
        });
    }

    std::vector<std::string> keys;

  private:
    bool ordered_;
};

void describe(const Report& report, ChartData& data) {
    const Unit unit = info(data.measure).unit;
    data.description = scope_of(report) + ". ";
    if (report.total.values[data.measure])
        data.description += fmt::format("{} in all: {}. ", info(data.measure).heading,
                                        format_value(unit, report.total.values[data.measure]));
    if (const std::string periods = fcp_sentence(report); !periods.empty()) data.description += periods + ' ';
    const Row* highest = nullptr;
    for (const Row& row : report.rows)
        if (row.values[data.measure] &&
            (highest == nullptr || *row.values[data.measure] > *highest->values[data.measure]))
            highest = &row;
    if (highest == nullptr) return;
    data.description += fmt::format("Highest: {}{}, {}.", highest->keys[0],
                                    highest->keys.size() > 1 ? " / " + highest->keys[1] : "",
                                    format_value(unit, highest->values[data.measure]));
}

}  // namespace

ChartData chart_data(const Report& report) {
    const Query& query = report.query;
    ChartData data;
    data.measure = query.sort && query.sort->measure ? *query.sort->measure : query.measures.front();
    data.title = data.measure == Measure::merged
                     ? heading_of(report)
                     : fmt::format("{}: {}", heading_of(report), info(data.measure).meaning);
    data.notes = report.notes;
    describe(report, data);

    const bool two = query.by.size() > 1;
    const auto timed = [&](std::size_t i) { return info(query.by[i]).calendar || info(query.by[i]).cyclic; };
    const std::size_t across =
        two && !timed(0) && (timed(1) || (has_order(query.by[1]) && !has_order(query.by[0]))) ? 1 : 0;
    data.axis = info(query.by[across]).heading;
    data.ordered = has_order(query.by[across]);
    data.stacked = !two || adds_up(data.measure);
    data.categories = Axis(report, across, data.measure).keys;
    if (!data.ordered && data.categories.size() > most_bars) {
        data.notes.push_back(
            fmt::format("The chart shows {} of {} groups.", most_bars, data.categories.size()));
        data.categories.resize(most_bars);
    }
    if (const std::string sentence = left_out_sentence(report); !sentence.empty())
        data.notes.push_back(sentence);

    std::map<std::string, std::size_t> place;
    for (std::size_t i = 0; i < data.categories.size(); ++i) place[data.categories[i]] = i;
    std::vector<std::string> names{std::string(info(data.measure).heading)};
    if (two) names = Axis(report, 1 - across, data.measure).keys;
    const std::size_t shown = names.size() > most_series ? most_series - 1 : names.size();
    const bool rest = shown < names.size() && data.stacked;
    const double empty = adds_up(data.measure) ? 0 : not_known;
    for (std::size_t i = 0; i < shown; ++i)
        data.series.push_back({names[i], std::vector(data.categories.size(), empty)});
    if (rest)
        data.series.push_back(
            {fmt::format("{} others", names.size() - shown), std::vector(data.categories.size(), empty)});
    else if (shown < names.size())
        data.notes.push_back(fmt::format("The chart shows {} of {} series.", shown, names.size()));

    std::map<std::string, std::size_t> series;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (i < shown || rest) series[names[i]] = std::min(i, shown);
    if (!two && query.compare) data.before.assign(data.categories.size(), 0);
    for (const Row& row : report.rows) {
        const auto category = place.find(row.keys[across]);
        const auto one = two ? series.find(row.keys[1 - across]) : series.begin();
        if (category == place.end() || one == series.end()) continue;
        double& value = data.series[one->second].values[category->second];
        if (row.values[data.measure]) value = std::max(value, 0.0) + *row.values[data.measure];
        if (!data.before.empty() && row.before)
            data.before[category->second] = (*row.before)[data.measure].value_or(0);
    }
    return data;
}

}  // namespace harvester::stats
