// The command `profile`.
#pragma once

#include <string>

#include "cli/context.h"

namespace harvester::commands {

struct ProfileOptions {
    std::string action;        // "check", "show", "new"
    std::string file;          // a profile as --profile names it; empty: that of --profile
    bool effective = false;    // show: what comes from other profiles and from defaults, too
    std::string organisation;  // new; empty: a made-up one
    std::string weekday = "Friday";
};

// Helps to write a profile: lists all problems of one, shows what is in force, writes one to start from.
Result<ExitCode> run_profile(const ProfileOptions& options, cli::Context& context);

}  // namespace harvester::commands
