// Draws a chart as SVG: readable on light and dark grounds, with labelled axes, a title and a description.
#pragma once

#include <string>

#include "stats/format/chart_data.h"

namespace harvester::stats {

struct ChartLook {
    int width = 560;           // in SVG's units, pixels when shown at its own size
    bool standalone = true;    // a separate file, with ground, heading, notes and its style
    std::string id = "chart";  // unique in the document
};

std::string chart_svg(const ChartData& data, const ChartLook& look);

// The style that charts which aren't standalone need in their page.
std::string_view chart_style();

}  // namespace harvester::stats
