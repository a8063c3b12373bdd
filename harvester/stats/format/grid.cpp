#include "stats/format/grid.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "stats/format/numbers.h"

namespace harvester::stats {
namespace {

void add_cells(const Report& report, const Row& row, std::vector<std::string>& cells) {
    for (const Measure m : report.query.measures) {
        const Unit unit = info(m).unit;
        cells.push_back(format_value(unit, row.values[m]));
        if (row.before) cells.push_back(format_change(unit, (*row.before)[m], row.values[m]));
    }
}

Grid by_measure(const Report& report) {
    Grid grid;
    grid.columns = {{"Measure", false}, {"Value", true}};
    if (report.total.before) grid.columns.insert(grid.columns.end(), {{"Before", true}, {"Change", true}});
    for (const Measure m : report.query.measures) {
        const MeasureInfo& i = info(m);
        std::string name(i.heading);
        std::vector<std::string> cells{name, format_value(i.unit, report.total.values[m])};
        if (const auto& before = report.total.before) {
            cells.push_back(format_value(i.unit, (*before)[m]));
            cells.push_back(format_change(i.unit, (*before)[m], report.total.values[m]));
        }
        grid.rows.push_back(std::move(cells));
    }
    return grid;
}

std::string lower_first(std::string_view text) {
    std::string out(text);
    if (!out.empty() && out[0] >= 'A' && out[0] <= 'Z') out[0] = static_cast<char>(out[0] - 'A' + 'a');
    return out;
}

}  // namespace

Grid make_grid(const Report& report) {
    const Query& query = report.query;
    if (query.by.empty()) return by_measure(report);
    Grid grid;
    for (const Dimension d : query.by) grid.columns.push_back({std::string(info(d).heading), false});
    for (const Measure m : query.measures) {
        grid.columns.push_back({std::string(info(m).heading), true});
        if (query.compare) grid.columns.push_back({"Change", true});
    }
    const Measure measure = query.leading();
    const auto leading =
        std::find(query.measures.begin(), query.measures.end(), measure) - query.measures.begin();
    grid.bar_column = query.by.size() + static_cast<std::size_t>(leading) * (query.compare ? 2 : 1);
    double longest = 0;
    for (const Row& row : report.rows) longest = std::max(longest, row.values[measure].value_or(0));
    for (const Row& row : report.rows) {
        std::vector<std::string> cells = row.keys;
        add_cells(report, row, cells);
        grid.rows.push_back(std::move(cells));
        std::vector<std::string> plain(query.by.size());
        for (const Measure m : query.measures) {
            const auto& value = row.values[m];
            plain.push_back(value ? format_plain(*value) : "");
            if (!row.before) continue;
            const auto& before = (*row.before)[m];
            plain.push_back(value && before ? format_plain(*value - *before) : "");
        }
        grid.values.push_back(std::move(plain));
        grid.bars.push_back(longest > 0 ? row.values[measure].value_or(0) / longest : 0);
    }
    grid.total.push_back("All");
    if (query.by.size() > 1) grid.total.emplace_back();
    add_cells(report, report.total, grid.total);
    return grid;
}

std::string heading_of(const Report& report) {
    const auto& by = report.query.by;
    if (by.empty()) return "Merged pull requests";
    std::string out = "Merged pull requests by " + lower_first(info(by[0]).heading);
    if (by.size() > 1) out += " and " + lower_first(info(by[1]).heading);
    return out;
}

Grid fcp_grid(const Report& report) {
    Grid grid;
    if (!report.fcp || report.fcp->by_repository.empty()) return grid;
    grid.columns = {{"Final comment periods", false}, {"Started", true}, {"Open at the end", true}};
    std::vector<std::string> outcomes;
    for (const auto& [name, count] : report.fcp->total.outcomes) outcomes.push_back(name);
    for (const std::string& name : outcomes) grid.columns.push_back({"Over: " + name, true});
    const auto cells = [&](std::string name, const FcpCounts& counts) {
        const auto number = [](std::int64_t n) { return format_value(Unit::count, static_cast<double>(n)); };
        std::vector<std::string> out{std::move(name), number(counts.started), number(counts.open)};
        for (const std::string& outcome : outcomes) {
            const auto found = counts.outcomes.find(outcome);
            out.push_back(number(found == counts.outcomes.end() ? 0 : found->second));
        }
        return out;
    };
    for (const auto& [repository, counts] : report.fcp->by_repository)
        grid.rows.push_back(cells(repository, counts));
    grid.total = cells("All", report.fcp->total);
    return grid;
}

std::string fcp_sentence(const Report& report) {
    if (!report.fcp || report.fcp->by_repository.empty()) return {};
    const FcpCounts& counts = report.fcp->total;
    std::string out =
        fmt::format("Final comment periods: {} started, {} open at the end", counts.started, counts.open);
    const char* before = ", over: ";
    for (const auto& [name, count] : counts.outcomes) {
        out += fmt::format("{}{} {}", before, name, count);
        before = ", ";
    }
    return out + ".";
}

std::string left_out_sentence(const Report& report) {
    if (report.rows_left_out == 0) return {};
    return fmt::format("{} not shown; the totals count all.",
                       plural(report.rows_left_out, "more group is", "more groups are"));
}

std::string scope_of(const Report& report) {
    const Query& query = report.query;
    std::string out = fmt::format("{}, {}", report.organisation, format_range(query.range));
    if (query.issue)
        out += fmt::format(" (issue {} of {})", query.issue->number, format_day(query.issue->date));
    if (report.before) out += ", compared with " + format_range(*report.before);
    const Filters& f = query.filters;
    if (!f.repositories.empty()) out += fmt::format("; only {}", fmt::join(f.repositories, ", "));
    if (!f.labels.empty()) out += fmt::format("; only labelled {}", fmt::join(f.labels, " or "));
    if (!f.authors.empty()) out += fmt::format("; only by {}", fmt::join(f.authors, ", "));
    if (f.no_bots) out += "; without bots";
    return out;
}

}  // namespace harvester::stats
