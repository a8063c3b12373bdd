// The body of a part as pieces that are merged one by one: an item with its continuation lines, a heading, a
// paragraph, a comment. A piece owns the blank lines before it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace harvester::draft {

struct Piece {
    enum class Kind {
        item,  // a list item, whatever it holds
        heading,
        text,   // paragraph, definition, code, or a comment that isn't a list put aside
        open,   // first line of a comment that holds items
        close,  // its last line
    };
    Kind kind = Kind::text;
    bool hidden = false;  // inside a comment
    int level = 0;        // of a heading
    std::string gap{};    // blank lines before it, line ends included
    std::string raw{};    // as it is, without the last line's end
    std::string end{};    // the last line's end; empty when the body ends without one
    std::string plain{};  // raw with "\n" line ends: what is compared
    // Names the piece across versions. Of an item that links pull requests or issues: the first one's key; of
    // others their kind and words, a number behind them when they repeat.
    std::string key{};
    std::vector<std::string> items{};  // keys of all pull requests and issues that it links
    // Name of the heading that it is under; inside a comment that begins with a heading: that heading's.
    std::string section{};

    bool names_item() const { return kind == Kind::item && !items.empty(); }
    bool in_list() const { return names_item() && !hidden; }
};

struct Pieces {
    std::vector<Piece> list;
    std::string tail;  // blank lines at the end
};

Pieces pieces_of(std::string_view body);

// The key of a heading, by its name; of the comment of a section, by its first line.
std::string heading_key(std::string_view name);
std::string comment_key(std::string_view section, std::string_view opening);

}  // namespace harvester::draft
