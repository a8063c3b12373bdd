// List lines whose item is a link: `* PREFIX[TITLE](URL)`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace harvester::markdown {

// The parts of a line; views into it. Put together again they are the line, byte for byte:
// indent + bullet + prefix + "[" + title + "](" + url + ")" + tail.
struct LinkLine {
    std::string_view indent;  // spaces and tabs
    std::string_view bullet;  // "* ", "- ", "+ " with all its spaces
    std::string_view prefix;  // "[updated] ", "**new** "; empty for most
    std::string_view title;   // inline Markdown
    std::string_view url;     // up to the closing parenthesis; a link title (`"..."`) is left in
    std::string_view tail;    // what follows the link
    bool operator==(const LinkLine&) const = default;
};

// Reads a line without its line break. The title may hold balanced brackets, code spans and backslash
// escapes; a title that an editor left unbalanced is taken up to its "](". nullopt: no list line, or one
// without a link.
std::optional<LinkLine> parse_link_line(std::string_view line);

// "* PREFIX[TITLE](URL)" without a line break. `title` is safe inline Markdown; an empty one is replaced by
// the URL.
std::string link_line(std::string_view bullet, std::string_view prefix, std::string_view title,
                      std::string_view url);

// The URL as a link's destination: spaces, controls, brackets, quotes and bytes above ASCII as %XX; what is
// percent-encoded already stays.
std::string link_destination(std::string_view url);

}  // namespace harvester::markdown
