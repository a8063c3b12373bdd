// The command line as plain structs. CLI11 is known to parser.cpp alone.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "commands/check.h"
#include "commands/context.h"
#include "commands/draft.h"
#include "commands/explain.h"
#include "commands/fetch.h"
#include "commands/generate.h"
#include "commands/learn.h"
#include "commands/propose.h"
#include "commands/render.h"
#include "commands/stats.h"
#include "commands/status.h"
#include "commands/title.h"

namespace harvester::commands {

// Text to print and then stop with ExitCode::done: --help, --version.
struct PrintAndStop {
    std::string text;
};

using CommandOptions = std::variant<PrintAndStop, FetchOptions, RenderOptions, DraftOptions, CheckOptions, TitleOptions,
                                    ExplainOptions, StatsOptions, ProposeOptions, StatusOptions, LearnOptions, GenerateOptions>;

struct CommandLine {
    GlobalOptions global;
    CommandOptions command;
};

// `arguments` without the program's name. Fails with ExitCode::usage; the message names the option.
Result<CommandLine> parse_command_line(const std::vector<std::string>& arguments);

// Runs the command that was parsed.
Result<ExitCode> run(const CommandLine& line, Context& context);

}  // namespace harvester::commands
