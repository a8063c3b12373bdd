// The command `status`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "model.h"

namespace harvester::commands {

struct StatusOptions {
    bool verify = false;
    bool json = false;
};

// Shows what the cache covers.
Result<ExitCode> run_status(const StatusOptions& options, cli::Context& context);

}  // namespace harvester::commands
