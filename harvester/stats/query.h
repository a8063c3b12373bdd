// What is asked of the statistics.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/failure.h"
#include "model.h"
#include "profile/profile.h"
#include "stats/dimension.h"
#include "stats/measure.h"

namespace harvester::stats {

// Pull requests that pass: in each list that isn't empty, one entry fits. Upper and lower case are alike.
struct Filters {
    std::vector<std::string> repositories;  // with or without their owner
    std::vector<std::string> labels;
    std::vector<std::string> authors;
    bool no_bots = false;
};

struct Sort {
    std::optional<Measure> measure;  // nullopt: by the group's key
    bool descending = false;
};

struct Query {
    Range range;                 // half-open
    std::optional<Edition> issue;  // when the range is an issue's window
    std::vector<Dimension> by;   // none, one or two
    std::vector<Measure> measures;
    Filters filters;
    std::int64_t top = 0;      // 0: all rows
    std::optional<Sort> sort;  // nullopt: time and size in their order, all else biggest first
    bool compare = false;      // with the range of the same length before
    Instant now{};             // what is later has not happened yet
};

// "repo", "repo,week": one or two different groupings. Fails with ExitCode::usage, naming --by.
Result<std::vector<Dimension>> parse_by(const std::vector<std::string>& names);
// Measure names; `fallback` when there are none. Fails with ExitCode::usage, naming --measures.
Result<std::vector<Measure>> parse_measures(const std::vector<std::string>& names,
                                            std::vector<Measure> fallback);
// "merged", "authors:asc", "key". Empty: nullopt. Fails with ExitCode::usage, naming --sort.
Result<std::optional<Sort>> parse_sort(const std::string& text);

// What a table for people shows when nobody asks for other measures.
std::vector<Measure> usual_measures();
std::vector<Measure> every_measure();

}  // namespace harvester::stats
