// Groups merges and measures each group.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "profile/profile.h"
#include "stats/history.h"
#include "stats/measure.h"
#include "stats/query.h"

namespace harvester::stats {

// The codes of a group, one for each grouping asked for (0 where there is none): keys of Names, a size
// class's place in the profile, or a time_code().
using GroupCode = std::array<std::int64_t, 2>;
inline constexpr std::int64_t no_label = -1;      // a pull request without any label (of a team)
inline constexpr std::int64_t unknown_size = -1;  // no size was harvested

struct Group {
    GroupCode code;
    Values values;
};

struct Tally {
    std::vector<Group> groups;  // in no order
    Values total;               // each pull request once, whatever groups it is in
    std::int64_t without_size = 0;
};

// Lays a range over a later one, so that its calendar groups can be compared with that one's: its start over
// that one's start, and whole months over whole months.
struct Overlay {
    Range from, onto;
};

// Percentiles and distinct authors are worked out only where the query asks for them.
Tally aggregate(const History& history, const profile::Profile& profile, const Query& query,
                const std::optional<Overlay>& overlay = std::nullopt);

// The measures of no pull request at all.
Values nothing_merged();

// The value below which a share `rank` (0 to 1) lies, linear between neighbours (type 7 of Hyndman and Fan,
// as R, NumPy and spreadsheets have it). Requires sorted values, one at least.
double percentile(std::span<const std::int64_t> sorted, double rank);

}  // namespace harvester::stats
