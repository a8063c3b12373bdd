#include "commands/draft.h"

namespace harvester::commands {

Result<ExitCode> run_draft(const DraftOptions&, Context&) { return fail(ExitCode::usage, "draft: not built yet"); }

}  // namespace harvester::commands
