// What `fetch` and `draft` share: a harvest with the cache, the token and the endpoint that the context
// names.
#pragma once

#include <optional>

#include "cache/store.h"
#include "cli/context.h"
#include "edition/period.h"
#include "harvest/harvest.h"

namespace harvester::edition {

// Opens the cache of the context; its folder is made when it isn't there.
Result<cache::Store> open_cache(const cli::Context& context, cache::OpenMode mode);

// Harvests `period` into the cache and tells on stderr what it does. Nothing is sent, and no token needed,
// when the cache proves the period complete and `refresh` is false. Waits while another harvest uses the same
// cache, at most --max-wait seconds. What is missing is in the outcome and was told on stderr, a line each.
Result<harvest::HarvestOutcome> run_harvest(cli::Context& context, const profile::Profile& profile,
                                            const Period& period, bool refresh);

}  // namespace harvester::edition
