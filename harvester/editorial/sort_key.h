// The order of a list: the editors' tool sorts by its own formatted title, before commit types and prefixes
// are removed or added.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace harvester::editorial {

// Lists are in the order of the bytes of this. Code sorts as in backticks, before all letters: "fix(x): Y" as
// "`fix(x)`: Y". `code_words`: words that count as code.
std::string sort_key(std::string_view title, std::span<const std::string> code_words);

}  // namespace harvester::editorial
