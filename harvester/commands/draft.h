// The command `draft`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "commands/render.h"
#include "model.h"

namespace harvester::commands {

struct DraftOptions {
    RenderOptions render;
    std::string file;  // empty: the draft of that issue in the current checkout
    bool refresh = false;
    bool dry_run = false;            // print a unified diff, write nothing
    std::vector<std::string> reset;  // parts to start over
};

// Fetches, renders and puts the result into a draft file without losing edits.
Result<ExitCode> run_draft(const DraftOptions& options, cli::Context& context);

}  // namespace harvester::commands
