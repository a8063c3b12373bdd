#include "commands/render.h"

namespace harvester::commands {

Result<ExitCode> run_render(const RenderOptions&, Context&) { return fail(ExitCode::usage, "render: not built yet"); }

}  // namespace harvester::commands
