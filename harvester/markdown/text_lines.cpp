#include "markdown/text_lines.h"

#include <algorithm>

namespace harvester::markdown {
namespace {

constexpr std::string_view spaces = " \t\r";
constexpr std::string_view comment_open = "<!--";
constexpr std::string_view comment_close = "-->";

// Marks of a code fence at the start of a line, "```" or longer; empty when there is none.
std::string_view fence_marks(std::string_view line) {
    const auto start = line.find_first_not_of(' ');
    if (start > 3) return {};  // also when there is nothing but spaces
    const char mark = line[start];
    if (mark != '`' && mark != '~') return {};
    auto end = line.find_first_not_of(mark, start);
    if (end == std::string_view::npos) end = line.size();
    if (end - start < 3) return {};
    // A fence of backticks has none in its info string: "```x```" is a code span.
    if (mark == '`' && line.find('`', end) != std::string_view::npos) return {};
    return line.substr(start, end - start);
}

}  // namespace

std::vector<Line> split_lines(std::string_view text) {
    std::vector<Line> lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto feed = text.find('\n', at);
        if (feed == std::string_view::npos) {
            lines.push_back({text.substr(at), {}});
            break;
        }
        const std::size_t end = feed > at && text[feed - 1] == '\r' ? feed - 1 : feed;
        lines.push_back({text.substr(at, end - at), text.substr(end, feed + 1 - end)});
        at = feed + 1;
    }
    return lines;
}

std::string dominant_line_end(std::string_view text) {
    std::size_t with_return = 0;
    std::size_t all = 0;
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
        ++all;
        if (at > 0 && text[at - 1] == '\r') ++with_return;
    }
    return 2 * with_return > all ? "\r\n" : "\n";
}

void end_line(std::string& text, std::string_view line_end) {
    if (text.ends_with('\r') && !line_end.starts_with('\r')) text += '\r';
    text += line_end;
}

std::string with_plain_line_ends(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const Line& line : split_lines(text)) {
        out += line.text;
        if (!line.end.empty()) out += '\n';
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

bool is_blank(std::string_view line) {
    return line.find_first_not_of(spaces) == std::string_view::npos;
}

std::optional<Heading> heading_of(std::string_view line) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (line.starts_with(byte_order_mark)) line.remove_prefix(byte_order_mark.size());
    const auto start = line.find_first_not_of(' ');
    if (start > 3 || line[start] != '#') return std::nullopt;
    auto end = line.find_first_not_of('#', start);
    if (end == std::string_view::npos) end = line.size();
    const auto level = static_cast<int>(end - start);
    if (level > 6 || (end < line.size() && line[end] != ' ' && line[end] != '\t' && line[end] != '\r'))
        return std::nullopt;
    return Heading{level, trimmed(line.substr(end))};
}

std::string heading_words(std::string_view text) {
    std::string out;
    int depth = 0;  // of parentheses of a link's address
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (depth > 0) {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        } else if (c == '(' && i > 0 && text[i - 1] == ']') {
            depth = 1;
        } else if (c == ' ' || c == '\t') {
            if (!out.empty() && out.back() != ' ') out += ' ';
        } else if (c != '[' && c != ']' && c != '#' && c != '*' && c != '`') {
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    while (!out.empty() && (out.back() == ' ' || out.back() == ',')) out.pop_back();
    return out;
}

BlockState::Kind BlockState::next(std::string_view line) {
    if (!fence_.empty()) {
        const auto marks = fence_marks(line);
        if (marks.size() >= fence_.size() && marks[0] == fence_[0] && trimmed(line) == marks) fence_.clear();
        return Kind::code;
    }
    const bool inside = comment_;
    if (!inside) {
        if (const auto marks = fence_marks(line); !marks.empty()) {
            fence_ = marks;
            return Kind::code;
        }
    }
    // An HTML comment is a block of its own when it opens at the start of a line, and ends with the line
    // that closes it.
    const bool opens = !inside && trimmed(line).starts_with(comment_open);
    if (!inside && !opens) return Kind::text;
    const auto from = opens ? line.find(comment_open) + comment_open.size() : 0;
    comment_ = line.find(comment_close, from) == std::string_view::npos;
    return Kind::comment;
}

}  // namespace harvester::markdown
