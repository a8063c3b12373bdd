// The command `explain`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "model.h"

namespace harvester::commands {

struct ExplainOptions {
    std::string item;  // "rust#132562" or a URL
    std::string issue;
    std::optional<Layout> layout;
    bool json = false;
    std::string previous;
};

// Explains why an item is where it is.
Result<ExitCode> run_explain(const ExplainOptions& options, cli::Context& context);

}  // namespace harvester::commands
