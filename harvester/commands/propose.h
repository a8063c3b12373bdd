// The command `propose`.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "draft/draft_merge.h"
#include "model.h"

namespace harvester::commands {

struct ProposeOptions {
    std::string issue;
    std::string repository;  // "OWNER/NAME"
    std::string base;
    std::string branch;
    std::string head;  // OWNER of the fork to push to
    std::optional<Layout> layout;
    bool all = false;
    bool reopen = false;  // go on with a pull request that was closed
    bool dry_run = false;
    // Merges the draft instead of the plain merge of what was harvested; empty: that one.
    std::function<Result<draft::DraftMerge>(draft::DraftMergeInput input)> merge;
};

// Opens or updates the draft pull request.
Result<ExitCode> run_propose(const ProposeOptions& options, cli::Context& context);

}  // namespace harvester::commands
