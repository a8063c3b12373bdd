// The command `profile`.
#pragma once

#include <string>

#include "cli/context.h"

namespace harvester::commands {

struct ProfileOptions {
    std::string action;        // "check"
    std::string file;          // a profile as --profile names it; empty: that of --profile
};

// Helps to write a profile.
Result<ExitCode> run_profile(const ProfileOptions& options, cli::Context& context);

}  // namespace harvester::commands
