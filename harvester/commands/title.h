// The command `title`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "model.h"

namespace harvester::commands {

struct TitleOptions {
    std::string repository;
    std::string section;
    std::optional<Layout> layout;
    bool jsonl = false;               // {"repo","raw","section"} objects from stdin
    std::vector<std::string> titles;  // empty: lines from stdin
};

// Prints titles as the list would print them.
Result<ExitCode> run_title(const TitleOptions& options, cli::Context& context);

}  // namespace harvester::commands
