#include "commands/learn.h"

namespace harvester::commands {

Result<ExitCode> run_learn(const LearnOptions&, Context&) { return fail(ExitCode::usage, "learn: not built yet"); }

}  // namespace harvester::commands
