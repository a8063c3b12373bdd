// The command line as plain structs. CLI11 is known to parser.cpp alone.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "cli/context.h"
#include "cli/generate.h"
#include "commands/check.h"
#include "commands/draft.h"
#include "commands/explain.h"
#include "commands/fetch.h"
#include "commands/learn.h"
#include "commands/pick.h"
#include "commands/profile.h"
#include "commands/propose.h"
#include "commands/render.h"
#include "commands/review.h"
#include "commands/stats.h"
#include "commands/status.h"
#include "commands/title.h"

namespace harvester::cli {

// Text to print and then stop with ExitCode::done: --help, --version.
struct PrintAndStop {
    std::string text;
};

using CommandOptions =
    std::variant<PrintAndStop, commands::FetchOptions, commands::RenderOptions, commands::DraftOptions,
                 commands::CheckOptions, commands::TitleOptions, commands::ExplainOptions,
                 commands::PickOptions, commands::RejectOptions, commands::StatsOptions,
                 commands::ProposeOptions, commands::StatusOptions, commands::LearnOptions,
                 commands::ProfileOptions, commands::ReviewOptions, GenerateOptions>;

struct CommandLine {
    GlobalOptions global;
    CommandOptions command;
};

// `arguments` without the program's name; none at all is --help. `columns`: width of the help. Fails with
// ExitCode::usage; the message names the option or command, and the nearest one there is.
Result<CommandLine> parse_command_line(const std::vector<std::string>& arguments, int columns = 80);

// Runs the command that was parsed.
Result<ExitCode> run(const CommandLine& line, Context& context);

}  // namespace harvester::cli
