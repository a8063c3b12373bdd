#include "base/glob.h"

#include <algorithm>

#include "base/text.h"

namespace harvester {
bool glob_matches(std::string_view pattern, std::string_view name) {
    // The last star can be retried alone: what came before it matches as early as can be. At most
    // pattern.size() * name.size() steps.
    std::size_t p = 0, n = 0, star = std::string_view::npos, retry = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            retry = n;
        } else if (p < pattern.size() && to_lower(pattern[p]) == to_lower(name[n])) {
            ++p;
            ++n;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            n = ++retry;
        } else {
            return false;
        }
    }
    return std::all_of(pattern.begin() + static_cast<std::ptrdiff_t>(p), pattern.end(),
                       [](char c) { return c == '*'; });
}

bool any_glob_matches(std::span<const std::string> patterns, std::string_view name) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [name](const std::string& pattern) { return glob_matches(pattern, name); });
}

}  // namespace harvester
