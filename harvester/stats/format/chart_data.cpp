#include "stats/format/chart_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "stats/format/grid.h"
#include "stats/format/numbers.h"

namespace harvester::stats {
namespace {

constexpr std::size_t most_bars = 40;  // of categories without an order
constexpr std::size_t most_heat_rows = 60;
constexpr double not_known = -1;

bool adds_up(Measure m) {
    return info(m).unit == Unit::count && m != Measure::authors;  // an author may be in several groups
}

bool stands_for_no_group(const std::string& key) {
    return key == "(none)" || key == "(unknown)";
}

// The groups of one grouping in their order, or the biggest first where they have none.
std::vector<Category> groups_of(const Report& report, std::size_t place, Measure measure) {
    std::map<std::string, double> sums;
    std::vector<Category> out;
    for (const Row& row : report.rows) {
        const auto [found, fresh] = sums.try_emplace(row.keys[place], 0.0);
        found->second += row.values[measure].value_or(0);
        if (fresh) out.push_back({row.keys[place], row.order[place], false});
    }
    const bool ordered = has_order(report.query.by[place]);
    // One grouping without an order is left as the report sorted it.
    if (ordered || report.query.by.size() > 1)
        std::stable_sort(out.begin(), out.end(), [&](const Category& a, const Category& b) {
            return ordered ? a.code < b.code : sums[a.name] > sums[b.name];
        });
    return out;
}

std::string description_of(const Report& report, Measure measure) {
    const Unit unit = info(measure).unit;
    std::string out = scope_of(report) + ". ";
    if (report.total.values[measure])
        out += fmt::format("{} in all: {}. ", info(measure).heading,
                           format_value(unit, report.total.values[measure]));
    if (const std::string periods = fcp_sentence(report); !periods.empty()) out += periods + ' ';
    const Row* highest = nullptr;
    for (const Row& row : report.rows)
        if (row.values[measure] && (highest == nullptr || *row.values[measure] > *highest->values[measure]))
            highest = &row;
    if (highest == nullptr) return out;
    return out + fmt::format("Highest: {}{}, {}.", highest->keys[0],
                             highest->keys.size() > 1 ? " / " + highest->keys[1] : "",
                             format_value(unit, highest->values[measure]));
}

void one_grouping(const Report& report, ChartData& data) {
    const Query& query = report.query;
    data.mark = has_order(query.by[0]) ? Mark::columns : Mark::bars;
    data.series = {
        {std::string(info(data.measure).heading), std::vector(data.categories.size(), not_known), false}};
    if (query.compare) data.before.assign(data.categories.size(), 0);
    if (data.measure == Measure::time_median && query.wants({Measure::time_p90}) &&
        data.mark == Mark::columns)
        data.upper.assign(data.categories.size(), not_known);
    std::map<std::string, std::size_t> place;
    for (std::size_t i = 0; i < data.categories.size(); ++i) place[data.categories[i].name] = i;
    for (const Row& row : report.rows) {
        const auto found = place.find(row.keys[0]);
        if (found == place.end()) continue;
        data.categories[found->second].partial = row.partial;
        if (row.values[data.measure]) data.series[0].values[found->second] = *row.values[data.measure];
        if (!data.before.empty() && row.before)
            data.before[found->second] = (*row.before)[data.measure].value_or(0);
        if (!data.upper.empty() && row.values[Measure::time_p90])
            data.upper[found->second] = *row.values[Measure::time_p90];
    }
}

// Months of years: the year of a month is in its key already, so the months of all years share a column.
std::string month_name(const std::string& key) {
    constexpr std::array<const char*, 12> names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return names[static_cast<std::size_t>(std::clamp(std::atoi(key.c_str() + 5), 1, 12)) - 1];
}

void two_groupings(const Report& report, ChartData& data) {
    const Query& query = report.query;
    const auto ordered = [&](std::size_t i) { return has_order(query.by[i]); };
    const auto timed = [&](std::size_t i) { return info(query.by[i]).calendar; };
    // Time across, where only one of them is; else the second, where it has an order.
    const std::size_t across = timed(0) != timed(1) ? (timed(1) ? 1 : 0) : ordered(1) ? 1 : 0;
    const std::size_t down = 1 - across;
    data.axis = query.by[across];
    data.mark = ordered(0) && ordered(1)   ? Mark::heat
                : timed(across)            ? Mark::lines
                : ordered(0) || ordered(1) ? Mark::heat
                                           : Mark::bars;
    data.categories = groups_of(report, across, data.measure);
    std::vector<Category> rows = groups_of(report, down, data.measure);
    const bool months_of_years = data.mark == Mark::heat && data.axis != query.by[down] &&
                                 ((data.axis == Dimension::month && query.by[down] == Dimension::year) ||
                                  (data.axis == Dimension::year && query.by[down] == Dimension::month));
    if (months_of_years) {
        if (data.axis == Dimension::year) std::swap(rows, data.categories);
        data.axis = Dimension::month;
        std::stable_sort(data.categories.begin(), data.categories.end(),
                         [](const Category& a, const Category& b) { return a.code % 12 < b.code % 12; });
        for (Category& month : data.categories) month.name = month_name(month.name);
        const auto same = [](const Category& a, const Category& b) { return a.name == b.name; };
        data.categories.erase(std::unique(data.categories.begin(), data.categories.end(), same),
                              data.categories.end());
    }
    if (data.mark == Mark::bars && data.categories.size() > most_bars) {
        data.remarks.push_back(
            fmt::format("The chart shows {} of {} groups.", most_bars, data.categories.size()));
        data.categories.resize(most_bars);
    }
    const std::size_t most =
        data.mark == Mark::heat ? (ordered(down) ? most_heat_rows : 2 * most_series) : most_series;
    const std::size_t shown = rows.size() > most ? most - 1 : rows.size();
    const bool rest = shown < rows.size() && adds_up(data.measure) && data.mark != Mark::heat;
    const double empty = adds_up(data.measure) ? 0 : not_known;
    const std::vector<double> none(data.categories.size(), empty);
    for (std::size_t i = 0; i < shown; ++i)
        data.series.push_back({rows[i].name, none, stands_for_no_group(rows[i].name)});
    if (rest)
        data.series.push_back({fmt::format("{} others", rows.size() - shown), none, true});
    else if (shown < rows.size())
        data.remarks.push_back(fmt::format("The chart shows {} of {} groups.", shown, rows.size()));

    std::map<std::string, std::size_t> category, series;
    for (std::size_t i = 0; i < data.categories.size(); ++i) category[data.categories[i].name] = i;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (i < shown || rest) series[rows[i].name] = std::min(i, shown);
    for (const Row& row : report.rows) {
        const std::size_t month = query.by[0] == Dimension::month ? 0 : 1;
        const auto c = category.find(months_of_years ? month_name(row.keys[month]) : row.keys[across]);
        const auto s = series.find(months_of_years ? row.keys[1 - month] : row.keys[down]);
        if (c == category.end() || s == series.end()) continue;
        data.categories[c->second].partial |= row.partial && data.mark == Mark::lines;
        double& value = data.series[s->second].values[c->second];
        if (row.values[data.measure]) value = std::max(value, 0.0) + *row.values[data.measure];
    }
}

}  // namespace

ChartData chart_data(const Report& report) {
    const Query& query = report.query;
    ChartData data;
    data.measure = query.leading();
    data.axis = query.by[0];
    data.title = data.measure == Measure::merged
                     ? heading_of(report)
                     : fmt::format("{}: {}", heading_of(report), info(data.measure).meaning);
    data.notes = report.notes_on({&data.measure, 1});
    data.description = description_of(report, data.measure);
    if (query.by.size() > 1) {
        two_groupings(report, data);
    } else {
        data.categories = groups_of(report, 0, data.measure);
        if (!has_order(query.by[0]) && data.categories.size() > most_bars) {
            data.remarks.push_back(
                fmt::format("The chart shows {} of {} groups.", most_bars, data.categories.size()));
            data.categories.resize(most_bars);
        }
        one_grouping(report, data);
    }
    if (const std::string sentence = left_out_sentence(report); !sentence.empty())
        data.remarks.push_back(sentence);
    if (std::any_of(data.categories.begin(), data.categories.end(),
                    [](const Category& c) { return c.partial; }))
        data.remarks.push_back(fmt::format(
            "Lighter: a {} that isn't over yet, or is only partly in the range.", info(data.axis).name));
    return data;
}

}  // namespace harvester::stats
