// The body of a part as units that are merged one by one: a list item with its continuation lines, a heading,
// a paragraph, a comment. Blank lines belong to the unit that they precede.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "markdown/item_url.h"

namespace harvester::draft {

struct Unit {
    enum class Kind {
        item,  // "* ..." and its indented lines
        heading,
        prose,         // paragraph, link definition, code, or a comment without item links
        comment_open,  // first lines of a comment that holds items
        comment_close,
    };
    Kind kind = Kind::prose;
    std::string before;  // blank lines as they stand, line ends included
    std::string raw;     // as it stands, without the last line's end
    std::string end;     // the last line's end; empty when the body ends without one
    std::string text;    // raw with plain line ends: what is compared
    std::vector<std::string>
        keys;             // names it across versions; the first is its own, more are further links in it
    std::string section;  // key of the heading or of the comment that it stands in; empty: none
    int level = 0;        // of a heading
};

struct Units {
    std::vector<Unit> list;
    std::string tail;  // blank lines at the end
};

Units split_units(std::string_view body);

}  // namespace harvester::draft
