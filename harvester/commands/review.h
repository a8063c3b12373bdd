// The command `review`.
#pragma once

#include <optional>
#include <string>

#include "cli/context.h"
#include "model.h"

namespace harvester::commands {

struct ReviewOptions {
    std::string issue;             // "2024-11-13"; empty: the next one
    std::string file;              // empty: the draft of that issue in the current checkout
    std::string previous;          // file of the previous issue; empty: looked for in the checkout
    std::optional<Layout> layout;  // empty: the profile's for that date
    int port = 0;                  // of the loopback address; 0: any free one
    bool no_open = false;          // don't start a browser
};

// Harvests what is missing and serves the review page until it is interrupted or ended from the page.
Result<ExitCode> run_review(const ReviewOptions& options, cli::Context& context);

}  // namespace harvester::commands
