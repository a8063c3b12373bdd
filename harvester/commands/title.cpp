#include "commands/title.h"

namespace harvester::commands {

Result<ExitCode> run_title(const TitleOptions&, Context&) { return fail(ExitCode::usage, "title: not built yet"); }

}  // namespace harvester::commands
