// What a step of GitHub Actions hands on: outputs and the summary, files that the runner names.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/context.h"

namespace harvester::cli {

// "name<<DELIMITER" blocks with a delimiter that no value holds.
std::string output_blocks(const std::vector<std::pair<std::string, std::string>>& outputs,
                          const std::string& delimiter);

// Appends to the files GITHUB_OUTPUT and GITHUB_STEP_SUMMARY; does nothing where they aren't set.
Result<void> hand_on(const Context& context, const std::vector<std::pair<std::string, std::string>>& outputs,
                     const std::string& summary);

}  // namespace harvester::cli
