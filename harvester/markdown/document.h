// The one reader of the newsletter's Markdown: a text as lines and blocks, byte for byte.
//
// Blocks are read as CommonMark reads them, as far as the newsletter uses it: headings of both kinds, list
// items with their continuation lines, fenced and indented code, paragraphs, link reference definitions, HTML
// comments. What only looks like a heading or an item (in code, in a comment) isn't taken for one: a block in
// a comment is `hidden`, code is `Kind::code`. Every byte of the text belongs to exactly one line, and every
// line that isn't blank to exactly one block.
//
//     const Document document(text);              // keeps views: `text` must outlive it
//     for (const Block& block : document.blocks)  // in the order of the text
//         if (block.is_item()) ... document.text_of(block) ... links_of(document.text_of(block))
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "markdown/text_lines.h"

namespace harvester::markdown {

constexpr std::size_t no_block = static_cast<std::size_t>(-1);

struct Block {
    enum class Kind : std::uint8_t {
        heading,  // "### Text" or a paragraph underlined with === or ---
        item,     // "* ", "- ", "+ " or "1. " with its continuation lines; a nested list belongs to its item
        paragraph,      // also HTML, tables and quotes
        rule,           // "---", "* * *"
        definition,     // "[label]: URL", one line
        code,           // fenced or indented
        comment,        // an HTML comment without items, or of one line: one block
        comment_open,   // the first lines of a comment that holds items, which are hidden blocks between the
                        // two
        comment_close,  // the line "-->" that ends it
    };
    Kind kind = Kind::paragraph;
    bool hidden = false;         // in an HTML comment, as the comment's own lines are
    int level = 0;               // of a heading, 1 to 6
    std::size_t first_line = 0;  // index into Document::lines, from 0
    std::size_t last_line = 0;   // inclusive; lines between may be blank
    std::size_t begin = 0;       // byte offsets into the text, the last line's end left out
    std::size_t end = 0;
    // Index of the visible heading that the block is under (for a heading: the nearest one of a higher
    // level); no_block before the first one.
    std::size_t heading = no_block;
    std::string_view words;  // of a heading: what follows the marks, without spaces around: "[Text](URL)"

    bool is_heading() const { return kind == Kind::heading && !hidden; }
    bool is_item() const { return kind == Kind::item && !hidden; }
};

class Document {
  public:
    explicit Document(std::string_view text);

    std::string_view text;
    std::vector<Line> lines;
    std::vector<Block> blocks;
    // Index of the line where a comment or a code fence opens that the text never closes: all that follows is
    // in it.
    std::optional<std::size_t> unclosed;

    std::string_view text_of(const Block& block) const {
        return text.substr(block.begin, block.end - block.begin);
    }
    // The block of a line (index from 0); nullptr for a blank line between blocks.
    const Block* block_at(std::size_t line) const;

  private:
    std::vector<std::size_t> block_of_line_;
};

// What a reader sees of a heading's words, in lower case: link syntax, marks and doubled spaces go. Two
// headings with the same name are the same section.
std::string heading_name(std::string_view words);

// A link of a text: "[text](URL)", "[text](<URL> "title")", "<URL>", or a bare URL (text empty for the last
// two).
struct Link {
    std::string_view text;
    std::string_view url;   // without angle brackets and title
    std::size_t begin = 0;  // byte offsets into the text: from "[" or the URL's first character
    std::size_t end = 0;    // behind the ")" or the URL's last character
};

// The links of a text in their order; those in code spans aren't links. An image is a link too.
std::vector<Link> links_of(std::string_view text);

// Whether the byte at `at` is in an HTML comment inside the text of a block: "text <!-- comment -->".
bool is_commented(std::string_view text, std::size_t at);

// "[label]: URL": nullopt when the line is none.
struct Definition {
    std::string_view label;
    std::string_view url;
};
std::optional<Definition> definition_of(std::string_view line);

}  // namespace harvester::markdown
