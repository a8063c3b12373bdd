#include "markdown/link_line.h"

#include <fmt/format.h>

#include <vector>

#include "markdown/code_span.h"
#include "markdown/inline_text.h"

namespace harvester::markdown {
namespace {

constexpr std::string_view spaces_and_tabs = " \t";

std::size_t end_of(std::string_view text, std::size_t from, std::string_view set) {
    const std::size_t end = text.find_first_not_of(set, from);
    return end == std::string_view::npos ? text.size() : end;
}

// For each "[" outside code the "]" that closes it; std::string_view::npos for everything else.
std::vector<std::size_t> matching_brackets(std::string_view text) {
    std::vector<std::size_t> match(text.size(), std::string_view::npos), open;
    const std::vector<CodeSpan> spans = code_spans(text);
    auto span = spans.begin();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (span != spans.end() && span->begin == i) {
            i = span++->end - 1;
        } else if (text[i] == '\\') {
            ++i;
        } else if (text[i] == '[') {
            open.push_back(i);
        } else if (text[i] == ']' && !open.empty()) {
            match[open.back()] = i;
            open.pop_back();
        }
    }
    return match;
}

// The end of the destination that begins at `at`, after "(": its ")", parentheses inside it balanced.
std::size_t end_of_destination(std::string_view text, std::size_t at) {
    int depth = 0;
    for (std::size_t i = at; i < text.size(); ++i) {
        if (text[i] == '(') ++depth;
        if (text[i] == ')' && depth-- == 0) return i;
    }
    return std::string_view::npos;
}

struct Link {
    std::size_t open, close, url_end;  // "[", "]", ")"
};

std::optional<Link> link_at(std::string_view text, std::size_t open, std::size_t close) {
    if (close == std::string_view::npos || close + 1 >= text.size() || text[close + 1] != '(')
        return std::nullopt;
    const std::size_t end = end_of_destination(text, close + 2);
    if (end == std::string_view::npos) return std::nullopt;
    return Link{open, close, end};
}

std::optional<Link> find_link(std::string_view text) {
    const std::vector<std::size_t> match = matching_brackets(text);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (match[i] == std::string_view::npos) continue;
        if (const auto link = link_at(text, i, match[i])) return link;
    }
    const std::size_t open = text.find('[');
    if (open == std::string_view::npos) return std::nullopt;
    return link_at(text, open, text.rfind("]("));
}

}  // namespace

std::optional<LinkLine> parse_link_line(std::string_view line) {
    const std::size_t bullet = end_of(line, 0, spaces_and_tabs);
    if (bullet == line.size() || std::string_view("*-+").find(line[bullet]) == std::string_view::npos)
        return std::nullopt;
    const std::size_t text = end_of(line, bullet + 1, spaces_and_tabs);
    if (text == bullet + 1) return std::nullopt;
    const std::string_view rest = line.substr(text);
    const auto link = find_link(rest);
    if (!link || link->open > link->close) return std::nullopt;
    return LinkLine{line.substr(0, bullet),
                    line.substr(bullet, text - bullet),
                    rest.substr(0, link->open),
                    rest.substr(link->open + 1, link->close - link->open - 1),
                    rest.substr(link->close + 2, link->url_end - link->close - 2),
                    rest.substr(link->url_end + 1)};
}

std::string link_destination(std::string_view url) {
    std::string out;
    for (const char c : url) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte >= 0x7F ||
            std::string_view("()<>[]\"\\`*{}|^").find(c) != std::string_view::npos) {
            out += fmt::format("%{:02X}", byte);
        } else {
            out.push_back(c);
        }
    }
    return out;
}

std::string link_line(std::string_view bullet, std::string_view prefix, std::string_view title,
                      std::string_view url) {
    const std::string destination = link_destination(url);
    return fmt::format("{}{}[{}]({})", bullet, prefix,
                       title.empty() ? escape_inline(destination) : std::string(title), destination);
}

}  // namespace harvester::markdown
