// The command `check`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "model.h"

namespace harvester::commands {

struct CheckOptions {
    std::vector<std::string> files;
    bool fix = false;
    bool github_format = false;  // workflow annotations
    bool online = false;         // ask GitHub for what the cache doesn't know
    std::string previous;
};

// Finds what is wrong in the sections that this program writes.
Result<ExitCode> run_check(const CheckOptions& options, cli::Context& context);

}  // namespace harvester::commands
