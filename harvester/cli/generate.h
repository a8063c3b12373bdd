// The command `generate`: the man page and the shell completions, for packagers.
#pragma once

#include <string>

#include "cli/context.h"

namespace harvester::cli {

struct GenerateOptions {
    std::string what;  // man, bash, zsh or fish
};

// Writes the text to stdout.
Result<ExitCode> run_generate(const GenerateOptions& options, Context& context);

}  // namespace harvester::cli
