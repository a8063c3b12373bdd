// The body of a part as units that are merged one by one: a list item with its continuation lines, a heading,
// a paragraph, a comment. Blank lines belong to the unit that they precede.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace harvester::issue {

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

// "rust-lang/rust#132562" for the URL of a pull request or an issue, whatever follows the number; other URLs
// without fragment and final slash. Two URLs of one item have the same key.
std::string link_key(std::string_view url);

// True for a key of link_key that names a numbered item.
bool names_item(std::string_view key);

// "https://host/owner/name/pull/12": repository ("owner/name", as written) and number.
std::optional<std::pair<std::string, std::int64_t>> item_name(const std::string& url);

// The URLs of the links of a line, in order: "[text](URL)".
std::vector<std::string_view> link_urls(std::string_view text);

}  // namespace harvester::issue
