// The rows of a report: which there are, in which order, and their keys as texts.
#pragma once

#include <cstdint>
#include <vector>

#include "profile/profile.h"
#include "stats/names.h"
#include "stats/query.h"
#include "stats/report.h"
#include "stats/tally.h"

namespace harvester::stats {

struct Rows {
    std::vector<Row> rows;
    std::int64_t left_out = 0;  // by --top
};

// A row for each group, and for empty ones between the first and the last in time; requires a grouping.
// With `before`, each row has what its group had then.
Rows make_rows(const profile::Profile& profile, const Query& query, const Names& names, const Tally& now,
               const Tally* before);

}  // namespace harvester::stats
