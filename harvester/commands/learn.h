// The command `learn`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "model.h"

namespace harvester::commands {

struct LearnOptions {
    std::string published;       // folder of published issues
    std::string output;          // weights file to write; empty: none
    std::string from;            // first issue to learn from; empty: all
    std::string until;           // last issue to learn from; empty: all
    std::int64_t held_back = 0;  // issues at the end that only measure; 0: the command's default
};

// Fits the weights of the score from the cache and the published issues.
Result<ExitCode> run_learn(const LearnOptions& options, cli::Context& context);

}  // namespace harvester::commands
