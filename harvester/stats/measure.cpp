#include "stats/measure.h"

#include <algorithm>

namespace harvester::stats {
namespace {

constexpr std::array<MeasureInfo, measure_count> measure_infos = {{
    {Measure::merged, "merged", "Merged", Unit::count, "merged pull requests"},
    {Measure::authors, "authors", "Authors", Unit::count,
     "distinct authors, bots and deleted accounts apart"},
    {Measure::first_organisation, "first_organisation", "New to org", Unit::count,
     "authors whose first merged pull request in the organisation is here"},
    {Measure::first_repository, "first_repository", "New to repo", Unit::count,
     "first merged pull requests of an author in a repository"},
    {Measure::by_bots, "by_bots", "By bots", Unit::count, "merged pull requests that bots made"},
    {Measure::additions, "additions", "Added", Unit::count, "lines added"},
    {Measure::deletions, "deletions", "Deleted", Unit::count, "lines deleted"},
    {Measure::changed_files, "changed_files", "Files", Unit::count,
     "changed files, a file counted once in each pull request"},
    {Measure::time_median, "time_to_merge_median", "Median time", Unit::seconds,
     "median time from opening to merge"},
    {Measure::time_p75, "time_to_merge_p75", "75 % within", Unit::seconds,
     "75th percentile of the time to merge"},
    {Measure::time_p90, "time_to_merge_p90", "90 % within", Unit::seconds,
     "90th percentile of the time to merge"},
    {Measure::time_p99, "time_to_merge_p99", "99 % within", Unit::seconds,
     "99th percentile of the time to merge"},
    {Measure::time_mean, "time_to_merge_mean", "Mean time", Unit::seconds, "mean time to merge"},
    {Measure::rollups, "rollups", "Rollups", Unit::count, "pull requests that merge others"},
    {Measure::rollup_share, "rollup_share", "Rollup share", Unit::share, "rollups among the merged"},
    {Measure::backports, "backports", "Backports", Unit::count, "pull requests into release branches"},
    {Measure::backport_share, "backport_share", "Backport share", Unit::share, "backports among the merged"},
}};

}  // namespace

std::span<const MeasureInfo, measure_count> all_measures() {
    return measure_infos;
}

const MeasureInfo& info(Measure measure) {
    return measure_infos[static_cast<std::size_t>(measure)];
}

std::optional<Measure> find_measure(std::string_view name) {
    const auto found = std::find_if(measure_infos.begin(), measure_infos.end(),
                                    [&](const MeasureInfo& i) { return i.name == name; });
    if (found == measure_infos.end()) return std::nullopt;
    return found->measure;
}

}  // namespace harvester::stats
