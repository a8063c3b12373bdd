// The command `propose`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "model.h"

namespace harvester::commands {

struct ProposeOptions {
    std::string issue;
    std::string repository;  // "OWNER/NAME"
    std::string base;
    std::string branch;
    std::string head;  // OWNER of the fork to push to
    std::optional<Layout> layout;
    bool all = false;
    bool reopen = false;  // go on with a pull request that was closed
    bool dry_run = false;
};

// Opens or updates the draft pull request.
Result<ExitCode> run_propose(const ProposeOptions& options, cli::Context& context);

}  // namespace harvester::commands
