// Puts a rendered issue into its draft file.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cli/context.h"
#include "draft/draft_merge.h"
#include "edition/week.h"

namespace harvester::edition {

// The draft of an issue: `named` (FILE of the command line; seen from the working folder), or the issue's
// draft in the checkout around the working folder. nullopt: none was named and none is there.
std::optional<std::filesystem::path> draft_file(const profile::Profile& profile, const Edition& issue,
                                                const std::string& named, const cli::Context& context);

// The week of a draft: --issue names the edition, or else the day in the name of FILE does; the next edition
// when neither is given. Fails with ExitCode::usage when the two contradict each other, and with
// ExitCode::file when FILE isn't a regular file.
Result<Week> open_draft_week(const cli::Context& context, const PeriodOptions& period,
                             const std::string& file);

struct DraftTarget {
    std::filesystem::path file;
    std::string named;               // as messages call it: a terminal opens it from the working folder
    std::vector<std::string> parts;  // empty: all
    bool all = false;                // candidates too
    bool dry_run = false;  // the change as a unified diff on stdout; file and cache stay as they are
    std::vector<std::string> reset;      // parts to start over
    std::set<std::string> pick, reject;  // keys of items to be listed, or to be taken out for good
};

// Merges the record's parts into the file and remembers them in the cache as the base of the next merge.
// Reports by name what it did, and every conflict, on stderr.
Result<ExitCode> merge_into_file(const profile::Profile& profile, Record& record, const DraftTarget& target,
                                 cli::Context& context);

}  // namespace harvester::edition
