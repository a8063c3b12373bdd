// The command `fetch`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "commands/context.h"
#include "commands/period.h"
#include "model.h"

namespace harvester::commands {

struct FetchOptions {
    PeriodOptions period;
    bool refresh = false;  // ask again what is complete
};

// Harvests a window into the cache.
Result<ExitCode> run_fetch(const FetchOptions& options, Context& context);

}  // namespace harvester::commands
