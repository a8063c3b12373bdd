// The command `fetch`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "edition/period.h"
#include "model.h"

namespace harvester::commands {

struct FetchOptions {
    edition::PeriodOptions period;
    bool refresh = false;  // fetch again what is complete
};

// Harvests a window into the cache.
Result<ExitCode> run_fetch(const FetchOptions& options, cli::Context& context);

}  // namespace harvester::commands
