// A stranger's text as the text of a link in one list line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace harvester::markdown {

// The text as one line that shows all it holds: line breaks and tabs are spaces, broken UTF-8 is U+FFFD, and
// controls, zero-width and bidirectional characters are gone (but the joiner inside an emoji). No space at
// either end.
std::string one_line(std::string_view raw);

// Inline Markdown for `[...](url)` that shows one_line(raw): balanced backticks stay code, everything else is
// escaped only where it would break the link, vanish (HTML), become emphasis, an entity or an autolink, or
// end an HTML comment around the line. Holds an even number of backticks and no empty code span.
std::string escape_inline(std::string_view raw);

// The same for text that is Markdown already, `escape_inline(x)` in a document that defines `labels`
// ("[merged]: https://..."): brackets around one of them are escaped, for a link inside a link would break
// the outer one.
std::string without_references(std::string_view text, const std::vector<std::string>& labels);

// The same line for the inside of an HTML comment: shows the same when it is lifted out, and cannot end the
// comment.
std::string inside_comment(std::string_view line);

}  // namespace harvester::markdown
