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

// What is done about a period that the cache proves complete.
enum class Again {
    no,    // nothing: nothing is sent, and no token needed
    look,  // a second look (see harvest/second_look.h): two requests when nothing has changed
    read,  // everything is fetched again
};

// Harvests `period` into the cache and reports on stderr what it does. Waits while another harvest uses the
// same cache, at most --max-wait seconds. What is missing is in the outcome and was reported on stderr, a
// line each.
Result<harvest::HarvestOutcome> run_harvest(cli::Context& context, const profile::Profile& profile,
                                            const Period& period, Again again);

}  // namespace harvester::edition
