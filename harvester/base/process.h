// Other programs, started by argument list and never through a shell.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace harvester {

// What the program wrote to its standard output when it ended with 0, at most 1 MiB; nullopt when it can't be
// started or failed. Its standard input is empty and its standard error goes nowhere.
std::optional<std::string> output_of(const std::vector<std::string>& arguments);

}  // namespace harvester
