// markdown/: one line of Markdown at a time: code spans, text made safe inside a link, list lines with a
// link. Knows CommonMark and where Python-Markdown, which prints the newsletter, differs; nothing of
// newsletters.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace harvester::markdown {

// `text[begin, end)` is the span with its backticks, `ticks` of them on either side.
struct CodeSpan {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t ticks = 1;

    std::string_view content(std::string_view text) const {
        return text.substr(begin + ticks, end - begin - 2 * ticks);
    }
    bool operator==(const CodeSpan&) const = default;
};

// Who wrote the text: in Markdown a backslash keeps a backtick from opening a span, in a raw title it
// doesn't.
enum class Source { raw, markdown };

// The code spans of one line, from left to right: a run of backticks and the next run of the same length.
std::vector<CodeSpan> code_spans(std::string_view text, Source source = Source::markdown);

}  // namespace harvester::markdown
