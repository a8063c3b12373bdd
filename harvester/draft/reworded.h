// Finds a sentence of the program's in other clothes: bold, with a full stop, wrapped, in a longer line.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace harvester::draft {

// True when `text` has a number in it and all other words of it are in `other`, one behind the other,
// whatever marks, numbers and line breaks are between: "403 pull requests were merged" in "**403 pull
// requests** were\nmerged.".
bool same_words(std::string_view text, std::string_view other);

// `kept`, which has the words of `before`, with the one number that differs between `before` and `now` as it
// is now. nullopt: `kept` doesn't hold that number once (an editor wrote it out, or took it away).
std::optional<std::string> with_new_number(std::string_view kept, std::string_view before,
                                           std::string_view now);

}  // namespace harvester::draft
