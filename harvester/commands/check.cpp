#include "commands/check.h"

namespace harvester::commands {

Result<ExitCode> run_check(const CheckOptions&, Context&) { return fail(ExitCode::usage, "check: not built yet"); }

}  // namespace harvester::commands
