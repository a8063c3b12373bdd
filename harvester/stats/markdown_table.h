// Parts of Markdown that tables and the summary share.
#pragma once

#include <string>

#include "stats/grid.h"

namespace harvester::stats {

std::string markdown_table(const Grid& grid);

// The notes as quotations, each after an empty line.
std::string markdown_notes(const Report& report);

}  // namespace harvester::stats
