// Puts a rendered issue into its draft file.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cache/store.h"
#include "cli/context.h"
#include "draft/draft_merge.h"
#include "render/report.h"

namespace harvester::edition {

// The draft of an issue: `named` (FILE of the command line; seen from the working folder), or the issue's
// draft in the checkout around the working folder. nullopt: none was named and none is there.
std::optional<std::filesystem::path> draft_file(const profile::Profile& profile, const Edition& issue,
                                                const std::string& named, const cli::Context& context);

struct DraftTarget {
    std::filesystem::path file;
    bool dry_run = false;  // the change as a unified diff on stdout; file and cache stay as they are
    std::vector<std::string> reset;  // parts to start over
};

// Merges the rendered parts into the file and remembers them in the cache as the base of the next merge.
// Tells what came in and every conflict on stderr.
Result<ExitCode> merge_into_file(const profile::Profile& profile, cache::Store& store,
                                 const render::Report& report, const std::vector<render::PartText>& rendered,
                                 const DraftTarget& target, cli::Context& context);

}  // namespace harvester::edition
