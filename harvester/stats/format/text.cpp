#include "stats/format/text.h"

#include <utf8proc.h>

#include <algorithm>

#include "base/utf8.h"
#include "markdown/code_span.h"
#include "markdown/inline_text.h"
#include "stats/query.h"

namespace harvester::stats {

std::string for_terminal(std::string_view text) {
    return markdown::one_line(text);
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = utf8::next(text, at);
        width += static_cast<std::size_t>(std::max(0, utf8proc_charwidth(static_cast<utf8proc_int32_t>(c))));
    }
    return width;
}

std::string shortened(std::string_view text, std::size_t most) {
    if (display_width(text) <= most) return std::string(text);
    std::string out;
    for (std::size_t at = 0, width = 0; at < text.size();) {
        const std::size_t begin = at;
        utf8::next(text, at);
        width += display_width(text.substr(begin, at - begin));
        if (width + 1 > most) break;
        out += text.substr(begin, at - begin);
    }
    return out + "…";
}

std::vector<std::string> wrapped(std::string_view text, std::size_t most) {
    std::vector<std::string> lines(1);
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string_view word = text.substr(at, end - at);
        if (!lines.back().empty() && display_width(lines.back()) + 1 + display_width(word) > most)
            lines.emplace_back();
        if (!lines.back().empty()) lines.back() += ' ';
        lines.back() += word;
        at = end + 1;
    }
    return lines;
}

std::string for_xml(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = utf8::next(text, at);
        switch (c) {
            case U'&':
                out += "&amp;";
                break;
            case U'<':
                out += "&lt;";
                break;
            case U'>':
                out += "&gt;";
                break;
            case U'"':
                out += "&quot;";
                break;
            case U'\'':
                out += "&#39;";
                break;
            default:
                utf8::append(
                    out, utf8::is_hostile_control(c) || c == 0xFFFE || c == 0xFFFF ? utf8::replacement : c);
        }
    }
    return out;
}

namespace {

// What stands outside code spans: GitHub makes links of bare addresses and of "#7", and notifies whom "@name"
// names. An empty comment in between shows nothing and keeps it from that.
std::string unlinked(std::string_view text) {
    constexpr std::string_view apart = "<!-- -->";
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = text.substr(i);
        const bool www = rest[0] == '.' && i >= 3 && same_name(text.substr(i - 3, 3), "www");
        if (rest.starts_with("://") || www) out += apart;
        out += text[i];
        const bool number = rest.size() > 1 && rest[1] >= '0' && rest[1] <= '9';
        if (rest[0] == '@' || (rest[0] == '#' && number)) out += apart;
    }
    return out;
}

}  // namespace

std::string for_markdown_cell(std::string_view text) {
    const std::string inlined = markdown::escape_inline(text);
    std::string linkless;
    std::size_t at = 0;
    for (const markdown::CodeSpan& span : markdown::code_spans(inlined)) {
        linkless += unlinked(std::string_view(inlined).substr(at, span.begin - at));
        linkless += inlined.substr(span.begin, span.end - span.begin);
        at = span.end;
    }
    linkless += unlinked(std::string_view(inlined).substr(at));
    std::string out;
    // GitHub splits rows into cells before it looks at anything else, code spans too.
    for (const char c : linkless) {
        if (c == '|') out += '\\';
        out += c;
    }
    return out.empty() ? " " : out;
}

std::string for_csv(std::string_view text) {
    const std::string safe = utf8::scrubbed(text);
    const auto start = safe.find_first_not_of(" \t\r\n");
    std::size_t at = start == std::string::npos ? 0 : start;
    const char32_t first = at < safe.size() ? utf8::next(safe, at) : U'\0';
    constexpr std::u32string_view formula = U"=+-@\uFF1D\uFF0B\uFF0D\uFF20";
    const bool odd_start = !safe.empty() && (safe[0] == '\t' || safe[0] == '\r' || safe[0] == '\n');
    std::string out =
        (first != U'\0' && formula.find(first) != std::u32string_view::npos) || odd_start ? "'" + safe : safe;
    if (out.find_first_of(",\"\r\n") == std::string::npos) return out;
    std::string quoted = "\"";
    for (const char c : out) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

}  // namespace harvester::stats
