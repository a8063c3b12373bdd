// A text as lines that add up to the same bytes again. What the lines mean is read in markdown/document.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace harvester::markdown {

// Views into the text that was split, which must outlive them.
struct Line {
    std::string_view text;  // without its end
    std::string_view end;   // "\n", "\r\n"; empty only for a last line without one
};

std::vector<Line> split_lines(std::string_view text);

// "\r\n" when most lines of the text end so, else "\n".
std::string dominant_line_end(std::string_view text);

// Ends the last line of `text` with `line_end`. A lone carriage return at its end stays a part of the line,
// and doesn't become one of the line's end.
void end_line(std::string& text, std::string_view line_end);

// The same text with every line end as "\n".
std::string with_plain_line_ends(std::string_view text);

std::string_view trimmed(std::string_view text);  // of spaces, tabs, carriage returns and line feeds
bool is_blank(std::string_view line);

}  // namespace harvester::markdown
