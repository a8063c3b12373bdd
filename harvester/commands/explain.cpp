#include "commands/explain.h"

namespace harvester::commands {

Result<ExitCode> run_explain(const ExplainOptions&, Context&) { return fail(ExitCode::usage, "explain: not built yet"); }

}  // namespace harvester::commands
