#include "commands/propose.h"

namespace harvester::commands {

Result<ExitCode> run_propose(const ProposeOptions&, Context&) { return fail(ExitCode::usage, "propose: not built yet"); }

}  // namespace harvester::commands
