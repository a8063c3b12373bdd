#include "stats/query.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.h"

namespace harvester::stats {
namespace {

template <class Infos>
std::string names_of(const Infos& infos) {
    std::vector<std::string_view> names;
    for (const auto& i : infos) names.push_back(i.name);
    return fmt::format("{}", fmt::join(names, ", "));
}

Failure unknown_measure(const char* option, std::string_view name) {
    return {ExitCode::usage, fmt::format("{} {}: there is no such measure; there are {}", option, name,
                                         names_of(all_measures()))};
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return to_lower(x) == to_lower(y); });
}

bool listed(const std::vector<std::string>& names, std::string_view text) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return same_name(name, text); });
}

bool Filters::repository_fits(std::string_view repository) const {
    return repositories.empty() || listed(repositories, repository) ||
           listed(repositories, repository.substr(repository.find('/') + 1));
}

bool Query::wants(std::initializer_list<Measure> any) const {
    return std::any_of(any.begin(), any.end(), [&](Measure m) {
        return std::find(measures.begin(), measures.end(), m) != measures.end() ||
               (sort && sort->measure == m);
    });
}

Result<std::vector<Dimension>> parse_by(const std::vector<std::string>& names) {
    std::vector<Dimension> out;
    for (const std::string& name : names) {
        const auto found = find_dimension(name);
        if (!found)
            return fail(ExitCode::usage, fmt::format("--by {}: there is no such grouping; there are {}", name,
                                                     names_of(all_dimensions())));
        out.push_back(*found);
    }
    if (out.size() > 2 || (out.size() == 2 && out[0] == out[1]))
        return fail(ExitCode::usage, "--by takes one or two different groupings: --by repo,week");
    return out;
}

Result<std::vector<Measure>> parse_measures(const std::vector<std::string>& names,
                                            std::vector<Measure> fallback) {
    if (names.empty()) return fallback;
    if (names.size() == 1 && names.front() == "all") return every_measure();
    std::vector<Measure> out;
    for (const std::string& name : names) {
        const auto found = find_measure(name);
        if (!found) return tl::unexpected(unknown_measure("--measures", name));
        out.push_back(*found);
    }
    return out;
}

Result<std::optional<Sort>> parse_sort(const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto colon = text.find(':');
    const std::string name = text.substr(0, colon);
    const std::string order = colon == std::string::npos ? "" : text.substr(colon + 1);
    if (!order.empty() && order != "asc" && order != "desc")
        return fail(
            ExitCode::usage,
            fmt::format("--sort {}: the order is asc or desc, for example --sort {}:asc", text, name));
    Sort sort;
    if (name != "key") {
        sort.measure = find_measure(name);
        if (!sort.measure) {
            Failure failure = unknown_measure("--sort", name);
            failure.message += ", and key";
            return tl::unexpected(std::move(failure));
        }
    }
    sort.descending = order.empty() ? sort.measure.has_value() : order == "desc";
    return sort;
}

std::vector<Measure> usual_measures() {
    return {Measure::merged,  Measure::authors,     Measure::first_organisation,
            Measure::by_bots, Measure::time_median, Measure::time_p90};
}

std::vector<Measure> every_measure() {
    std::vector<Measure> out;
    for (const MeasureInfo& i : all_measures()) out.push_back(i.measure);
    return out;
}

}  // namespace harvester::stats
