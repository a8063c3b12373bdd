// Strangers' text for each format, and its width on a terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace harvester::stats {

// One line without characters that control a terminal or turn the direction of text.
std::string for_terminal(std::string_view text);

// Columns that a terminal needs: 2 for wide East Asian characters and emoji, 0 for combining marks.
std::size_t display_width(std::string_view text);

// Cut to `most` columns, with an ellipsis at the end.
std::string shortened(std::string_view text, std::size_t most);

// Broken between words into lines of at most `most` columns; a longer word fills a line alone.
std::vector<std::string> wrapped(std::string_view text, std::size_t most);

// Text or attribute value of HTML, SVG and XML 1.0: markup escaped, characters that XML forbids replaced.
std::string for_xml(std::string_view text);

// A cell of a GitHub Markdown table.
std::string for_markdown_cell(std::string_view text);

// A field of RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe in front.
std::string for_csv(std::string_view text);

}  // namespace harvester::stats
