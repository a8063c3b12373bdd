// Runs another program and reads what it writes: by its arguments, never through a shell.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace harvester {

// Standard output of the program, which gets no input and whose talk is dropped; nullopt when it can't be
// started, ends with another code than 0, writes more than `most` bytes or is silent for `patience` (it is
// killed then). arguments[0] is looked up in PATH when it has no slash.
std::optional<std::string> output_of(const std::vector<std::string>& arguments, Milliseconds patience,
                                     std::size_t most);

// Starts a program that goes on by itself: without input, output or terminal. False when there is none of
// that name. arguments[0] is looked up in PATH when it has no slash.
bool start_program(const std::vector<std::string>& arguments);

}  // namespace harvester
