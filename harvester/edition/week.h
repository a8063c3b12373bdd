// How the commands that work on one issue begin: its profile, and what the cache knows of its week.
#pragma once

#include <optional>
#include <string>

#include "edition/assemble.h"
#include "edition/period.h"
#include "harvest/harvest.h"

namespace harvester::edition {

struct Week {
    profile::Profile profile;
    Edition issue;
};

// The profile of the context and the issue that --issue names; the next one when it is empty.
Result<Week> open_week(const cli::Context& context, const std::string& issue);

// The same for an edition or, with --from and --to, for a separate window: the edition is then dated by the
// day after it.
Result<Week> open_week(const cli::Context& context, const PeriodOptions& period);

// Fails with ExitCode::usage when an option names a part that the profile doesn't have.
Result<void> check_parts(const profile::Profile& profile, const std::string& option,
                         const std::vector<std::string>& parts);

struct Record {
    cache::Store store;
    Assembly assembly;
};

// The cache and what it knows of the week; warnings go to stderr.
Result<Record> read_record(const profile::Profile& profile, cache::OpenMode mode,
                           const AssembleOptions& options, cli::Context& context);

}  // namespace harvester::edition
