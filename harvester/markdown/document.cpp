#include "markdown/document.h"

#include <algorithm>

#include "base/text.h"
#include "markdown/code_span.h"
#include "markdown/item_url.h"

namespace harvester::markdown {
namespace {

constexpr std::string_view comment_mark = "<!--";
constexpr std::string_view comment_end_mark = "-->";
constexpr std::size_t code_indent = 4;  // columns; less is no indent to CommonMark
constexpr auto npos = std::string_view::npos;

// Columns before the first character; a tab goes to the next multiple of four.
std::size_t indent_of(std::string_view line) {
    std::size_t columns = 0;
    for (const char c : line) {
        if (c == ' ')
            ++columns;
        else if (c == '\t')
            columns += code_indent - columns % code_indent;
        else
            break;
    }
    return columns;
}

// Marks of a code fence, "```" or longer; empty when the line opens none.
std::string_view fence_marks(std::string_view line) {
    if (indent_of(line) >= code_indent) return {};
    const std::string_view rest = trimmed(line);
    if (rest.empty() || (rest[0] != '`' && rest[0] != '~')) return {};
    const auto end = std::min(rest.find_first_not_of(rest[0]), rest.size());
    // A fence of backticks has none behind them: "```x```" is a code span.
    if (end < 3 || (rest[0] == '`' && rest.find('`', end) != npos)) return {};
    return rest.substr(0, end);
}

bool opens_comment(std::string_view line) {
    return trimmed(line).starts_with(comment_mark);
}

struct Heading {
    int level = 0;
    std::string_view words;
};

std::optional<Heading> heading_of(std::string_view line) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (line.starts_with(byte_order_mark)) line.remove_prefix(byte_order_mark.size());
    if (indent_of(line) >= code_indent) return std::nullopt;
    std::string_view rest = trimmed(line);
    const auto level = std::min(rest.find_first_not_of('#'), rest.size());
    if (level == 0 || level > 6) return std::nullopt;
    rest.remove_prefix(level);
    if (!rest.empty() && rest[0] != ' ' && rest[0] != '\t') return std::nullopt;
    rest = trimmed(rest);
    // Closing marks: "## Text ##".
    const auto last = rest.find_last_not_of('#');
    if (last == npos)
        rest = {};
    else if (last + 1 < rest.size() && (rest[last] == ' ' || rest[last] == '\t'))
        rest = trimmed(rest.substr(0, last));
    return Heading{static_cast<int>(level), rest};
}

// 1 for "===", 2 for "---"; 0 when the line underlines nothing.
int underline_level(std::string_view line) {
    const std::string_view rest = trimmed(line);
    if (rest.empty() || indent_of(line) >= code_indent) return 0;
    if (rest.find_first_not_of('=') == npos) return 1;
    return rest.find_first_not_of('-') == npos ? 2 : 0;
}

bool is_rule(std::string_view line) {
    const std::string_view rest = trimmed(line);
    if (rest.empty() || indent_of(line) >= code_indent) return false;
    if (rest[0] != '-' && rest[0] != '*' && rest[0] != '_') return false;
    return std::count(rest.begin(), rest.end(), rest[0]) >= 3 &&
           std::all_of(rest.begin(), rest.end(),
                       [&](char c) { return c == rest[0] || c == ' ' || c == '\t'; });
}

// The column of an item's text, "* text" -> 2; 0 when the line begins no item.
std::size_t item_column(std::string_view line) {
    const std::size_t indent = indent_of(line);
    if (indent >= code_indent || is_rule(line)) return 0;
    const std::string_view rest = trimmed(line);
    if (rest.empty()) return 0;
    std::size_t mark = std::string_view("*-+").find(rest[0]) != npos ? 1 : 0;
    if (mark == 0) {
        while (mark < rest.size() && mark < 9 && is_digit(rest[mark])) ++mark;
        if (mark == 0 || mark == rest.size() || (rest[mark] != '.' && rest[mark] != ')')) return 0;
        ++mark;
    }
    if (mark < rest.size() && rest[mark] != ' ' && rest[mark] != '\t') return 0;
    return indent + mark + 1;
}

class Reader {
  public:
    explicit Reader(Document& document) : document_(document), lines_(document.lines) {
        offsets_.reserve(lines_.size());
        std::size_t offset = 0;
        for (const Line& line : lines_) {
            offsets_.push_back(offset);
            offset += line.text.size() + line.end.size();
        }
    }

    void read() {
        while (at_ < lines_.size())
            if (is_blank(lines_[at_].text))
                ++at_;
            else
                read_block();
    }

  private:
    void read_block() {
        const std::string_view line = lines_[at_].text;
        if (!fence_marks(line).empty()) return read_fence();
        if (opens_comment(line)) return read_comment();
        if (indent_of(line) >= code_indent) {
            std::size_t end = at_ + 1;
            while (end < lines_.size() && !is_blank(lines_[end].text) &&
                   indent_of(lines_[end].text) >= code_indent)
                ++end;
            return add(Block::Kind::code, end);
        }
        read_text(lines_.size(), false);
    }

    // What is text inside a comment, too: headings, items, paragraphs. Takes no line from `limit` on.
    void read_text(std::size_t limit, bool hidden) {
        const std::string_view line = lines_[at_].text;
        if (const auto heading = heading_of(line)) {
            add(Block::Kind::heading, at_ + 1, hidden);
            name_heading(heading->level, heading->words);
        } else if (is_rule(line)) {
            add(Block::Kind::rule, at_ + 1, hidden);
        } else if (const std::size_t column = item_column(line); column > 0) {
            add(Block::Kind::item, item_end(column, limit), hidden);
        } else if (definition_of(line)) {
            add(Block::Kind::definition, at_ + 1, hidden);
        } else {
            read_paragraph(limit, hidden);
        }
    }

    void read_paragraph(std::size_t limit, bool hidden) {
        const std::size_t first = at_;
        std::size_t end = at_ + 1;
        while (end < limit && continues_paragraph(lines_[end].text)) ++end;
        const int level = end < limit ? underline_level(lines_[end].text) : 0;
        if (level == 0) return add(Block::Kind::paragraph, end, hidden);
        const std::size_t begin = offsets_[first];
        const std::size_t length = offsets_[end - 1] + lines_[end - 1].text.size() - begin;
        add(Block::Kind::heading, end + 1, hidden);
        name_heading(level, trimmed(document_.text.substr(begin, length)));
    }

    static bool continues_paragraph(std::string_view line) {
        return !is_blank(line) && underline_level(line) == 0 && !is_rule(line) && !heading_of(line) &&
               item_column(line) == 0 && fence_marks(line).empty() && !opens_comment(line) &&
               !definition_of(line);
    }

    // The line behind the item that begins at at_: indented lines, also behind blank ones, and paragraph
    // lines right below ("lazy continuation").
    std::size_t item_end(std::size_t column, std::size_t limit) const {
        std::size_t end = at_ + 1;
        for (std::size_t i = at_ + 1; i < limit; ++i) {
            const std::string_view line = lines_[i].text;
            if (is_blank(line)) continue;
            if (opens_comment(line)) break;
            const bool inside = indent_of(line) >= column;
            if (!inside && (i > end || !continues_paragraph(line))) break;
            end = i + 1;
        }
        return end;
    }

    void read_fence() {
        const std::string_view marks = fence_marks(lines_[at_].text);
        for (std::size_t end = at_ + 1; end < lines_.size(); ++end) {
            const std::string_view closing = fence_marks(lines_[end].text);
            if (closing.size() >= marks.size() && closing[0] == marks[0] &&
                trimmed(lines_[end].text) == closing)
                return add(Block::Kind::code, end + 1);
        }
        document_.unclosed = at_;
        add(Block::Kind::code, lines_.size());
    }

    // A comment is a separate block when it opens at the start of a line, and ends with the line that closes
    // it.
    void read_comment() {
        const std::string_view first = lines_[at_].text;
        std::size_t end = at_ + 1;
        if (first.find(comment_end_mark, first.find(comment_mark) + comment_mark.size()) == npos) {
            while (end < lines_.size() && lines_[end].text.find(comment_end_mark) == npos) ++end;
            if (end == lines_.size()) document_.unclosed = at_;
            end = std::min(end + 1, lines_.size());
        }
        if (document_.unclosed == at_ || !holds_items(end)) return add(Block::Kind::comment, end, true);
        std::size_t items = at_ + 1;
        while (items < end - 1 && item_column(lines_[items].text) == 0 && !heading_of(lines_[items].text))
            ++items;
        while (items > at_ + 1 && is_blank(lines_[items - 1].text)) --items;
        add(Block::Kind::comment_open, items, true);
        while (at_ < end - 1)
            if (is_blank(lines_[at_].text))
                ++at_;
            else if (indent_of(lines_[at_].text) >= code_indent)
                add(Block::Kind::paragraph, at_ + 1, true);
            else
                read_text(end - 1, true);
        add(Block::Kind::comment_close, end, true);
    }

    // True when the comment that ends before line `end` is a list put aside: its marks on separate lines,
    // around items of GitHub, or around nothing any more.
    bool holds_items(std::size_t end) const {
        if (end < at_ + 2 || trimmed(lines_[end - 1].text) != comment_end_mark) return false;
        const std::string_view opening = trimmed(lines_[at_].text).substr(comment_mark.size());
        if (item_column(trimmed(opening)) > 0) return false;
        bool emptied = true;
        for (std::size_t i = at_ + 1; i + 1 < end; ++i) {
            if (item_column(lines_[i].text) > 0 && !item_keys(lines_[i].text).empty()) return true;
            emptied = emptied && (is_blank(lines_[i].text) || heading_of(lines_[i].text));
        }
        return emptied;
    }

    void add(Block::Kind kind, std::size_t end, bool hidden = false) {
        Block block;
        block.kind = kind;
        block.hidden = hidden;
        block.first_line = at_;
        block.last_line = end - 1;
        block.begin = offsets_[at_];
        block.end = offsets_[end - 1] + lines_[end - 1].text.size();
        block.heading = headings_.empty() ? no_block : headings_.back();
        document_.blocks.push_back(block);
        at_ = end;
    }

    void name_heading(int level, std::string_view words) {
        Block& block = document_.blocks.back();
        block.level = level;
        block.words = words;
        if (block.hidden) return;
        while (!headings_.empty() && document_.blocks[headings_.back()].level >= level) headings_.pop_back();
        block.heading = headings_.empty() ? no_block : headings_.back();
        headings_.push_back(document_.blocks.size() - 1);
    }

    Document& document_;
    const std::vector<Line>& lines_;
    std::vector<std::size_t> offsets_;
    std::size_t at_ = 0;
    std::vector<std::size_t> headings_;  // open ones, each below the one before
};

// Reads what follows "](" up to ")": the destination, and a link title that is skipped. `at` is behind "(".
struct Destination {
    std::string_view url;
    std::size_t end = 0;  // behind ")"
};
std::optional<Destination> destination_at(std::string_view text, std::size_t at) {
    at = std::min(text.find_first_not_of(" \n", at), text.size());
    std::size_t end = at;
    std::string_view url;
    if (end < text.size() && text[end] == '<') {
        end = text.find_first_of("<>\n", at + 1);
        if (end == npos || text[end] != '>') return std::nullopt;
        url = text.substr(at + 1, end - at - 1);
        ++end;
    } else {
        int depth = 0;
        for (; end < text.size() && text[end] != ' ' && text[end] != '\t' && text[end] != '\n'; ++end) {
            if (text[end] == '(') ++depth;
            if (text[end] == ')' && depth-- == 0) break;
        }
        url = text.substr(at, end - at);
    }
    std::size_t close = text.find_first_not_of(" \t\n", end);
    if (close == npos) return std::nullopt;
    if (text[close] == '"' || text[close] == '\'') {
        close = text.find(text[close], close + 1);
        if (close == npos) return std::nullopt;
        close = text.find_first_not_of(" \t\n", close + 1);
    }
    if (close == npos || text[close] != ')') return std::nullopt;
    return Destination{url, close + 1};
}

// The end of the bare URL that begins at `at`; `at` when there is none.
std::size_t bare_url_end(std::string_view text, std::size_t at) {
    if (!text.substr(at).starts_with("https://") && !text.substr(at).starts_with("http://")) return at;
    std::size_t end = std::min(text.find_first_of(" \t\r\n<>()[]\"'`", at), text.size());
    while (end > at && std::string_view(".,;:!?*_").find(text[end - 1]) != npos) --end;
    return end;
}

}  // namespace

Document::Document(std::string_view whole) : text(whole), lines(split_lines(whole)) {
    Reader(*this).read();
    block_of_line_.assign(lines.size(), no_block);
    for (std::size_t i = 0; i < blocks.size(); ++i)
        std::fill(block_of_line_.begin() + static_cast<std::ptrdiff_t>(blocks[i].first_line),
                  block_of_line_.begin() + static_cast<std::ptrdiff_t>(blocks[i].last_line) + 1, i);
}

const Block* Document::block_at(std::size_t line) const {
    return block_of_line_[line] == no_block ? nullptr : &blocks[block_of_line_[line]];
}

std::string heading_name(std::string_view words) {
    std::string out;
    int depth = 0;  // of parentheses of a link's address
    for (std::size_t i = 0; i < words.size(); ++i) {
        const char c = words[i];
        if (depth > 0) {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        } else if (c == '(' && i > 0 && words[i - 1] == ']') {
            depth = 1;
        } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            if (!out.empty() && out.back() != ' ') out += ' ';
        } else if (c != '[' && c != ']' && c != '#' && c != '*' && c != '`') {
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    while (!out.empty() && (out.back() == ' ' || out.back() == ',')) out.pop_back();
    return out;
}

std::vector<Link> links_of(std::string_view text) {
    std::vector<Link> links;
    std::vector<std::size_t> open;
    const std::vector<CodeSpan> spans = code_spans(text);
    auto span = spans.begin();
    for (std::size_t i = 0; i < text.size(); ++i) {
        while (span != spans.end() && span->begin < i) ++span;
        if (span != spans.end() && span->begin == i) {
            i = span->end - 1;
        } else if (text[i] == '\\') {
            ++i;
        } else if (text[i] == '[') {
            open.push_back(i);
        } else if (text[i] == ']') {
            // A title that someone left unbalanced begins with the text.
            const std::size_t begin = open.empty() ? npos : open.back();
            if (!open.empty()) open.pop_back();
            if (i + 1 == text.size() || text[i + 1] != '(') continue;
            const auto destination = destination_at(text, i + 2);
            const std::size_t from = begin != npos ? begin : text.find('[');
            if (!destination || from >= i) continue;
            links.push_back({text.substr(from + 1, i - from - 1), destination->url, from, destination->end});
            i = destination->end - 1;
        } else if (const std::size_t end = text[i] == 'h' ? bare_url_end(text, i) : i; end > i) {
            links.push_back({{}, text.substr(i, end - i), i, end});
            i = end - 1;
        }
    }
    std::stable_sort(links.begin(), links.end(),
                     [](const Link& a, const Link& b) { return a.begin < b.begin; });
    return links;
}

bool is_commented(std::string_view text, std::size_t at) {
    const auto open = text.rfind(comment_mark, at);
    return open != npos && text.find(comment_end_mark, open) > at;
}

std::optional<Definition> definition_of(std::string_view line) {
    if (indent_of(line) >= code_indent) return std::nullopt;
    const std::string_view rest = trimmed(line);
    const auto close = rest.find(']');
    if (!rest.starts_with('[') || close == npos || close == 1 || rest.substr(close).substr(0, 2) != "]:")
        return std::nullopt;
    std::string_view url = trimmed(rest.substr(close + 2));
    url = url.substr(0, url.find_first_of(" \t"));
    if (url.starts_with('<') && url.ends_with('>')) url = url.substr(1, url.size() - 2);
    return Definition{rest.substr(1, close - 1), url};
}

}  // namespace harvester::markdown
