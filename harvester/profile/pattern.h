// A regular expression of a profile: RE2's syntax, linear time whatever the text.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "profile/toml_table.h"

namespace re2 {
class RE2;
}

namespace harvester::profile {

class Pattern {
  public:
    // The pattern `text`, given as `key` of `table`; throws ProfileError when it isn't one.
    Pattern(const TomlTable& table, std::string_view key, const std::string& text);

    // Whether it matches anywhere in `text`, which may be any bytes.
    bool found_in(std::string_view text) const;

  private:
    std::shared_ptr<const re2::RE2> expression_;
};

// The list of patterns `key` of `table`; absent: empty.
std::vector<Pattern> read_patterns(const TomlTable& table, std::string_view key);

}  // namespace harvester::profile
