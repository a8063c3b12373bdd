// The command `stats`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "edition/period.h"
#include "model.h"

namespace harvester::commands {

struct StatsOptions {
    edition::PeriodOptions period;
    std::vector<std::string> by;        // one or two groupings
    std::vector<std::string> measures;  // empty: the usual ones of the format
    std::string format = "table";
    std::int64_t top = 0;  // 0: all
    std::string sort;
    std::vector<std::string> repositories;
    std::vector<std::string> labels;
    std::vector<std::string> authors;
    bool no_bots = false;
    bool compare = false;  // with the range before
};

// Merge statistics.
Result<ExitCode> run_stats(const StatsOptions& options, cli::Context& context);

}  // namespace harvester::commands
