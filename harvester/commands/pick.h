// The commands `pick` and `reject`.
#pragma once

#include <string>
#include <vector>

#include "cli/context.h"

namespace harvester::commands {

struct PickOptions {
    std::vector<std::string> items;  // "rust#132562" or URLs; the last one may be the draft's FILE
    std::string issue;               // empty: by FILE's name, or the next one
};
struct RejectOptions : PickOptions {};

// Puts items into their sections of the draft, in order and with their titles; from the cache, without
// network.
Result<ExitCode> run_pick(const PickOptions& options, cli::Context& context);

// Takes items out of the draft for good; later runs don't bring them again.
Result<ExitCode> run_reject(const RejectOptions& options, cli::Context& context);

}  // namespace harvester::commands
