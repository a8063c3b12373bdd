// What is asked of the statistics.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/failure.h"
#include "model.h"
#include "profile/profile.h"
#include "stats/dimension.h"
#include "stats/measure.h"

namespace harvester::stats {

// ASCII letters alike in upper and lower case, as GitHub compares logins, labels and repositories.
bool same_name(std::string_view a, std::string_view b);
// Whether one of `names` is `text`, by same_name().
bool listed(const std::vector<std::string>& names, std::string_view text);

// Pull requests that pass: in each list that isn't empty, one entry fits. Upper and lower case are alike.
struct Filters {
    std::vector<std::string> repositories;  // with or without their owner
    std::vector<std::string> labels;
    std::vector<std::string> authors;
    bool no_bots = false;

    // True where there is no filter of the kind. `repository` is "owner/name".
    bool repository_fits(std::string_view repository) const;
    bool author_fits(std::string_view login) const { return authors.empty() || listed(authors, login); }
};

struct Sort {
    std::optional<Measure> measure;  // nullopt: by the group's key
    bool descending = false;
};

struct Query {
    Range range;                   // half-open
    std::optional<Edition> issue;  // when the range is an issue's window
    std::vector<Dimension> by;     // none, one or two
    std::vector<Measure> measures;
    Filters filters;
    std::int64_t top = 0;      // 0: all rows
    std::optional<Sort> sort;  // nullopt: time and size in their order, all else biggest first
    bool compare = false;      // with the range of the same length before
    Instant now{};             // what is later has not happened yet
    bool usual = false;        // nobody chose the measures: a format may show fewer of them

    // What charts and bars show: the measure sorted by, or the first.
    Measure leading() const { return sort && sort->measure ? *sort->measure : measures.front(); }
    // Whether one of the measures is shown or sorted by.
    bool wants(std::initializer_list<Measure> any) const;
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
