// The command `learn`.
#pragma once

#include <string>
#include <vector>

#include "cli/context.h"

namespace harvester::commands {

struct LearnOptions {
    std::string published;                  // folder of published editions
    bool update = false;                    // refit the weights in use
    std::string output;                     // weights file to write; empty: none
    std::string from;                       // first edition to learn from; empty: the profile's
    std::string until;                      // last edition to learn from; empty: all
    std::string evaluate;                   // "FROM..TO": editions to predict, each from those before it
    std::vector<std::string> repositories;  // whose lines --evaluate counts, without owner; empty: all
};

// Fits the weights of the score to the cache and the published editions, or measures how well that predicts.
Result<ExitCode> run_learn(const LearnOptions& options, cli::Context& context);

}  // namespace harvester::commands
