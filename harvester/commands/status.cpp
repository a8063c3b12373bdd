#include "commands/status.h"

namespace harvester::commands {

Result<ExitCode> run_status(const StatusOptions&, Context&) { return fail(ExitCode::usage, "status: not built yet"); }

}  // namespace harvester::commands
