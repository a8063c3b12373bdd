// Names as lists of a profile give them.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace harvester {

// Whether `name` is what `pattern` says: `*` stands for any characters, also none, and ASCII letters match in
// either case, as GitHub's logins, labels and repositories do.
bool glob_matches(std::string_view pattern, std::string_view name);

bool any_glob_matches(std::span<const std::string> patterns, std::string_view name);

}  // namespace harvester
