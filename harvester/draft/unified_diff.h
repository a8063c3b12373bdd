// A unified diff of two texts, as `diff -u` and `git diff` print it.
#pragma once

#include <string>
#include <string_view>

namespace harvester::draft {

// Empty when the texts are equal. Three lines of context; names follow "--- " and "+++ ".
std::string unified_diff(std::string_view before, std::string_view after, const std::string& before_name,
                         const std::string& after_name);

}  // namespace harvester::draft
