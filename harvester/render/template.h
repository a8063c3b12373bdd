// Text with names in braces, filled in.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace harvester::render {

// What stands for each name. Values are put in as they are: braces inside them mean nothing.
using Values = std::map<std::string, std::string, std::less<>>;

// The text with {name} replaced; names without a value stay.
std::string fill(std::string_view text, const Values& values);

// The blocks filled in, a blank line between them, one line break at the end of what isn't empty. A line that
// holds only a name is left out when its value is empty, and so is a block of which then nothing but headings
// is left.
std::string fill_blocks(const std::vector<std::string>& blocks, const Values& values);

}  // namespace harvester::render
