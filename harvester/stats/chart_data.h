// What a chart shows, apart from how it is drawn.
#pragma once

#include <string>
#include <vector>

#include "stats/report.h"

namespace harvester::stats {

struct Series {
    std::string name;            // raw
    std::vector<double> values;  // one for each category; negative: not known
};

struct ChartData {
    Measure measure = Measure::merged;
    std::string title;                    // "Merged pull requests by week"
    std::string description;              // one or two sentences with the most telling numbers
    std::string axis;                     // what the categories are, "Week"
    std::vector<std::string> categories;  // raw
    bool ordered = false;        // the categories have an order (time, size): they stand side by side
    bool stacked = false;        // the series add up; otherwise each stands for itself
    std::vector<Series> series;  // the biggest first; at most `most_series`
    std::vector<double> before;  // of the range before, for one series; may be empty
    std::vector<std::string> notes;
};

inline constexpr std::size_t most_series = 8;

// Charts the measure that is sorted by, or the first. Two groupings: time, if there is one, are the
// categories. Requires a report with at least one grouping.
ChartData chart_data(const Report& report);

}  // namespace harvester::stats
