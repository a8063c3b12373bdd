// stats/: merge statistics from the cache: merges are read (history.h), grouped and measured (aggregate.h),
// made into rows and notes (report.h), and written in one of the formats (format/). Nothing here prints, asks
// the clock or knows a newsletter: names come from the profile. This header lists what can be measured.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace harvester::stats {

enum class Measure {
    merged,
    authors,
    first_organisation,
    first_repository,
    by_bots,
    additions,
    deletions,
    changed_files,
    time_median,
    time_p75,
    time_p90,
    time_p99,
    time_mean,
    rollups,
    rollup_share,
    backports,
    backport_share,
};
inline constexpr std::size_t measure_count = 17;

enum class Unit { count, seconds, share };  // share: 0 to 1

struct MeasureInfo {
    Measure measure;
    std::string_view name;     // for options, CSV and JSON
    std::string_view heading;  // for people
    Unit unit;
    std::string_view meaning;  // one phrase
};

// All measures, in the order of the enum.
std::span<const MeasureInfo, measure_count> all_measures();
const MeasureInfo& info(Measure measure);
std::optional<Measure> find_measure(std::string_view name);

// The measures of one group; nullopt where nothing is known (no sizes harvested, no pull request to time) or
// nobody asked.
class Values {
  public:
    const std::optional<double>& operator[](Measure m) const { return numbers_[static_cast<std::size_t>(m)]; }
    void set(Measure m, double value) { numbers_[static_cast<std::size_t>(m)] = value; }
    bool operator==(const Values&) const = default;

  private:
    std::array<std::optional<double>, measure_count> numbers_{};
};

}  // namespace harvester::stats
