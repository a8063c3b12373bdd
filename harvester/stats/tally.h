// Groups facts and measures each group.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "stats/history.h"

namespace harvester::stats {

// The codes of a group, one for each grouping asked for (0 where there is none).
using GroupCode = std::pair<std::int64_t, std::int64_t>;

// Codes that no repository, author, label or size has.
inline constexpr std::int64_t no_label = -1;      // a pull request without any label (of a team)
inline constexpr std::int64_t unknown_size = -1;  // no size was harvested

struct Group {
    GroupCode code;
    Values values;
};

struct Tally {
    std::vector<Group> groups;  // by code
    Values total;               // each pull request once, whatever groups it is in
    std::int64_t without_size = 0;
};

struct TallyRules {
    std::vector<Dimension> by;
    IssueRhythm rhythm;
    // Added to each time of merge before it is put into a calendar group: lays an earlier range over a later
    // one.
    Seconds shift{0};
    const profile::StatsPolicy* policy = nullptr;
    const Names* names = nullptr;
};

Tally tally(const History& history, const TallyRules& rules);

// The value below which a share `rank` (0 to 1) lies, linear between neighbours (type 7 of Hyndman and Fan,
// as R, NumPy and spreadsheets have it). Reorders `values`, of which there must be one at least; asked from
// the highest rank down, it looks at ever fewer of them.
class Percentiles {
  public:
    explicit Percentiles(std::span<std::int64_t> values) : values_(values), upper_(values.size()) {}
    double operator()(double rank);

  private:
    std::span<std::int64_t> values_;
    std::size_t upper_;  // the values from here on are no lower than the one before, and that than the others
};

}  // namespace harvester::stats
