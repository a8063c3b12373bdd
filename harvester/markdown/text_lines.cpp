#include "markdown/text_lines.h"

namespace harvester::markdown {
namespace {

constexpr std::string_view line_blanks = " \t\r\n";

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
    const auto first = text.find_first_not_of(line_blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(line_blanks) - first + 1);
}

bool is_blank(std::string_view line) {
    return line.find_first_not_of(line_blanks) == std::string_view::npos;
}

}  // namespace harvester::markdown
