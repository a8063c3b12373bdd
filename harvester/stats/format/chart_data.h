// What a chart shows, apart from how it is drawn.
#pragma once

#include <string>
#include <vector>

#include "stats/report.h"

namespace harvester::stats {

// columns: one grouping with an order, from left to right. bars: one without, from top to bottom; a second is
// stacked in them. lines: time across, a line a group. heat: a square for each pair of groups.
enum class Mark { columns, bars, lines, heat };

struct Series {
    std::string name;            // raw
    std::vector<double> values;  // one for each category; negative: not known
    bool grey = false;           // no real group: "(none)", the rest
};

struct Category {
    std::string name;       // raw
    std::int64_t code = 0;  // of a calendar grouping
    bool partial = false;   // not over yet, or only partly in the range
};

struct ChartData {
    Measure measure = Measure::merged;
    Mark mark = Mark::bars;
    Dimension axis = Dimension::repository;  // what the categories are
    std::string title;                       // "Merged pull requests by week"
    std::string description;                 // one or two sentences with the most telling numbers
    std::vector<Category> categories;
    std::vector<Series> series;        // the biggest first, but for heat, whose rows keep their order
    std::vector<double> before;        // of the range before, for one series; may be empty
    std::vector<double> upper;         // 90th percentile above a median; may be empty
    std::vector<std::string> remarks;  // on the chart itself: what it leaves out, what is lighter
    std::vector<std::string> notes;    // the report's
};

inline constexpr std::size_t most_series = 8;

// Charts the measure that is sorted by, or the first. Requires a report with at least one grouping.
ChartData chart_data(const Report& report);

}  // namespace harvester::stats
