// A text as lines that add up to the same bytes again.
#pragma once

#include <optional>
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

std::string_view trimmed(std::string_view text);  // of spaces, tabs and carriage returns
bool is_blank(std::string_view line);

// A heading of one line: "### [Text](URL)". nullopt when the line is none.
struct Heading {
    int level = 0;          // 1 to 6
    std::string_view text;  // without marks and spaces around: "[Text](URL)"
};
std::optional<Heading> heading_of(std::string_view line);

// What a reader sees of a heading, in lower case: link syntax, marks and doubled spaces go.
std::string heading_words(std::string_view heading_text);

// Follows HTML comments and fenced code through the lines of a document, so that what only looks like a
// heading or a list isn't taken for one.
class BlockState {
  public:
    enum class Kind { text, comment, code };
    // The state of this line; call for every line in order.
    Kind next(std::string_view line);

  private:
    bool comment_ = false;
    std::string fence_;  // the marks that opened the code block; empty outside
};

}  // namespace harvester::markdown
