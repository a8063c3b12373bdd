#include "commands/fetch.h"

namespace harvester::commands {

Result<ExitCode> run_fetch(const FetchOptions&, Context&) { return fail(ExitCode::usage, "fetch: not built yet"); }

}  // namespace harvester::commands
