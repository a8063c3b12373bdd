// The cache that the options name.
#pragma once

#include "cache/store.h"
#include "commands/context.h"

namespace harvester::commands {

// Opens the cache at cache_path(). Reading one that isn't there fails with a hint to `fetch`; for writing its
// folder is made.
Result<cache::Store> open_cache(const Context& context, cache::OpenMode mode);

}  // namespace harvester::commands
