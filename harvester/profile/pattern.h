// Regular expressions of a profile: RE2's syntax, linear time whatever the text.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "profile/toml_table.h"

namespace harvester::profile {

// Patterns that are looked for together, in one pass over a text. A copy shares them.
class PatternSet {
  public:
    // Adds the pattern `text`, given as `key` of `table`, which refuses it when it isn't one. Not after the
    // first search.
    void add(const TomlTable& table, std::string_view key, const std::string& text);

    bool empty() const { return size() == 0; }
    std::size_t size() const;

    // Whether one of them matches anywhere in `text`, which may be any bytes.
    bool any_in(std::string_view text) const;
    // The numbers of those that do, in the order in which they were added.
    std::vector<std::size_t> all_in(std::string_view text) const;

  private:
    struct Searcher;
    std::shared_ptr<Searcher> searcher_;  // null: no patterns
};

// The list of patterns `key` of `table`; absent: empty.
PatternSet read_patterns(const TomlTable& table, std::string_view key);

}  // namespace harvester::profile
