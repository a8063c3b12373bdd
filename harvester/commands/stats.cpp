#include "commands/stats.h"

namespace harvester::commands {

Result<ExitCode> run_stats(const StatsOptions&, Context&) { return fail(ExitCode::usage, "stats: not built yet"); }

}  // namespace harvester::commands
