// The command `check`.
#pragma once

#include <string>
#include <vector>

#include "base/failure.h"
#include "cli/context.h"

namespace harvester::commands {

struct CheckOptions {
    std::vector<std::string> files;  // empty: the draft of the coming edition in the checkout
    bool fix = false;
    bool github_format = false;  // workflow annotations
    bool online = false;         // ask GitHub for what the cache doesn't know
    std::string previous;
};

// Finds what is wrong in the sections that this program writes. ExitCode::findings when one is more than a
// note.
Result<ExitCode> run_check(const CheckOptions& options, cli::Context& context);

}  // namespace harvester::commands
