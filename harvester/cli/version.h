// What `--version` tells: the version, the commit and what the program was built with.
#pragma once

#include <string>

namespace harvester::cli {

std::string version();        // "1.0.0"
std::string version_facts();  // several lines, for --version

}  // namespace harvester::cli
