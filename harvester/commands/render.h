// The command `render`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "edition/assemble.h"
#include "model.h"

namespace harvester::commands {

struct RenderOptions {
    std::string issue;               // "2024-11-13"; empty: the next one
    std::string from, to;            // instead of an edition: a window, both days inclusive
    std::optional<Layout> layout;    // empty: the profile's for that date
    std::vector<std::string> parts;  // empty: all
    bool all = false;                // candidates left out too
    bool json = false;
    std::string previous;  // file of the previous issue; empty: looked for in the checkout
};

// The report in the format that the options ask for.
std::string report_text(const profile::Profile& profile, const edition::Assembly& assembly,
                        const RenderOptions& options);

// Writes the project section of an issue from the cache, without network.
Result<ExitCode> run_render(const RenderOptions& options, cli::Context& context);

}  // namespace harvester::commands
