// Rules about characters: what a reader wouldn't see, or would see otherwise than it was meant.
#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "check/rules.h"
#include "markdown/code_span.h"

namespace harvester::check {
namespace {

void encoding(const Context&, const Line& line, Report& report) {
    for (std::size_t at = 0; at < line.text.size();) {
        const std::size_t begin = at;
        if (utf8::next(line.text, at) == utf8::replacement && at == begin + 1)
            return report(line.number, "there are bytes that aren't UTF-8; write the characters again");
    }
}

void control_character(const Context&, const Line& line, Report& report) {
    constexpr char32_t joiner = 0x200D;
    constexpr char32_t byte_order_mark = 0xFEFF;
    constexpr char32_t first_emoji = 0x2000;  // a joiner after anything above is part of an emoji
    std::string fixed;
    char32_t first = 0;
    char32_t before = 0;
    for (std::size_t at = 0; at < line.text.size();) {
        const std::size_t begin = at;
        const char32_t c = utf8::next(line.text, at);
        const bool hostile = utf8::is_hostile_control(c) && c != U'\t' &&
                             !(c == joiner && before >= first_emoji) &&
                             !(c == byte_order_mark && line.number == 1 && begin == 0);
        if (hostile && first == 0) first = c;
        if (hostile) continue;
        fixed += line.text.substr(begin, at - begin);
        before = c;
    }
    if (first != 0)
        report(line.number,
               fmt::format("U+{:04X} is invisible and may change what a reader sees; remove it",
                           static_cast<std::uint32_t>(first)),
               Fix{{fixed}});
}

constexpr const char* empty_code_text =
    "there is nothing between two backticks; write the code or remove them";

void empty_code(const Context&, const Line& line, Report& report) {
    for (const markdown::CodeSpan& span : markdown::code_spans(line.text))
        if (span.ticks == 1 && markdown::is_blank(span.content(line.text)))
            report(line.number, empty_code_text);
    if (line.part->whole && !line.is_heading()) return;
    const std::string plain = without_code(line.text);
    for (auto at = plain.find('`'); at != std::string::npos;) {
        const auto end = std::min(plain.find_first_not_of('`', at), plain.size());
        if (end - at == 2) report(line.number, empty_code_text);
        at = plain.find('`', end);
    }
}

// The code of a paragraph may go on in the next line; that of a list or a heading can't: the newsletter
// counts the backticks of each line.
void odd_backticks(const Context&, const Line& line, Report& report) {
    if (line.part->whole && !line.is_heading()) return;
    const std::string plain = without_code(line.text);
    for (auto at = plain.find('`'); at != std::string::npos;) {
        const auto end = std::min(plain.find_first_not_of('`', at), plain.size());
        if (end - at != 2) report(line.number, "unmatched backtick; close it or escape it");
        at = plain.find('`', end);
    }
}

void html(const Context& context, const Line& line, Report& report) {
    const std::string plain = without_code(line.text, true);
    for (auto at = plain.find('<'); at != std::string::npos; at = plain.find('<', at + 1)) {
        const auto name_at = at + 1 + (plain.compare(at + 1, 1, "/") == 0 ? 1 : 0);
        if (name_at >= plain.size() || !is_letter(plain[name_at])) continue;
        const auto close = plain.find('>', name_at);
        if (close == std::string::npos) continue;
        auto end = name_at;
        while (end < plain.size() && (is_letter(plain[end]) || is_digit(plain[end]))) ++end;
        const std::string_view inside = std::string_view(plain).substr(name_at, close - name_at);
        const bool address = inside.find(' ') == std::string_view::npos &&
                             inside.find_first_of("@\x01") != std::string_view::npos;
        if (!address && !contains(context.profile.check.html, to_lower(plain.substr(name_at, end - name_at))))
            report(line.number,
                   fmt::format("\"{}\" looks like an HTML tag and won't be shown; put it in backticks",
                               line.text.substr(at, close + 1 - at)));
    }
}

// ---- emphasis, as CommonMark pairs its marks ----

struct Mark {
    std::size_t at;
    std::size_t length;
    char mark;
};

bool is_space(std::string_view text, std::size_t at) {
    return at >= text.size() || text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r';
}
bool is_punctuation(std::string_view text, std::size_t at) {
    const auto c = static_cast<unsigned char>(at < text.size() ? text[at] : ' ');
    return c > ' ' && c < 0x7F && !is_letter(static_cast<char>(c)) && !is_digit(static_cast<char>(c));
}

// The marks that open emphasis in the text and that nothing closes.
std::vector<Mark> unclosed_marks(std::string_view text) {
    std::vector<Mark> open;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c != '*' && c != '_') {
            ++at;
            continue;
        }
        const auto end = std::min(text.find_first_not_of(c, at), text.size());
        const std::size_t before = at == 0 ? text.size() : at - 1;
        const bool left = !is_space(text, end) && (!is_punctuation(text, end) || is_space(text, before) ||
                                                   is_punctuation(text, before));
        const bool right = !is_space(text, before) && (!is_punctuation(text, before) || is_space(text, end) ||
                                                       is_punctuation(text, end));
        const bool opens = left && (c == '*' || !right || is_punctuation(text, before));
        const bool closes = right && (c == '*' || !left || is_punctuation(text, end));
        std::size_t length = end - at;
        if (closes)
            for (auto mark = open.rbegin(); mark != open.rend() && length > 0;) {
                if (mark->mark != c) {
                    ++mark;
                    continue;
                }
                const std::size_t paired = std::min(mark->length, length);
                length -= paired;
                mark->length -= paired;
                const auto here = std::prev(mark.base());
                // What was opened in between and not closed stays as it is written.
                if (here->length == 0) mark = std::make_reverse_iterator(open.erase(here));
            }
        // Between two letters, as in "a*b", it is seldom meant.
        const bool in_word = before < text.size() && (is_letter(text[before]) || is_digit(text[before]));
        if (opens && !in_word && length > 0) open.push_back({at, length, c});
        at = end;
    }
    return open;
}

void emphasis(const Context& context, Report& report) {
    for (const markdown::Block& block : context.draft.document.blocks) {
        const Line& first = context.draft.lines[block.first_line];
        const bool prose = block.kind == markdown::Block::Kind::item ||
                           block.kind == markdown::Block::Kind::heading ||
                           block.kind == markdown::Block::Kind::paragraph;
        if (first.part == nullptr || block.hidden || !prose) continue;
        // The bullet's own mark isn't emphasis.
        const std::string_view raw = context.draft.document.text_of(block);
        std::string text = without_code(raw, true);
        for (std::size_t at = 0; at < text.size(); at = std::min(text.find('\n', at), text.size() - 1) + 1) {
            const auto mark = text.find_first_not_of(' ', at);
            if (mark < text.size() && text[mark] == '*' && is_space(text, mark + 1)) text[mark] = '-';
        }
        for (const Mark& mark : unclosed_marks(text)) {
            // One underscore before a word is most often a part of it, and does no harm.
            if (mark.mark == '_' && mark.length == 1 && text.find_first_not_of("-+ #") != mark.at) continue;
            const auto line = static_cast<std::size_t>(
                std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(mark.at), '\n'));
            report(first.number + line, fmt::format("unmatched \"{}\"; close it or escape it",
                                                    std::string(mark.length, mark.mark)));
        }
    }
}

void trailing_space(const Context&, const Line& line, Report& report) {
    if (line.block != nullptr && !line.visible()) return;
    const auto last = line.text.find_last_not_of(" \t");
    const std::string_view kept =
        last == std::string_view::npos ? std::string_view() : line.text.substr(0, last + 1);
    // Two spaces at the end of a line of prose are a line break.
    if (kept.size() == line.text.size() || (line.part->whole && !kept.empty())) return;
    report(line.number, "there is white space at the end of the line; remove it", Fix{{std::string(kept)}});
}

// Anywhere in the file: the whole draft is unusable until they are gone.
void conflict_markers(const Context& context, Report& report) {
    bool inside = false;
    for (const Line& line : context.draft.lines) {
        const bool begins = line.text.starts_with("<<<<<<< ");
        const bool ends = line.text.starts_with(">>>>>>> ");
        const bool middle = inside && (line.text == "=======" || line.text.starts_with("||||||| "));
        if (begins || ends || middle)
            report(line.number, fmt::format("\"{}\" is left from a merge conflict; resolve it", line.text));
        inside = (inside || begins) && !ends;
    }
}

constexpr Rule character_table[] = {
    {"encoding", Severity::error, Scope::part, encoding},
    {"control-character", Severity::error, Scope::part, control_character},
    {"empty-code", Severity::error, Scope::shown, empty_code},
    {"odd-backticks", Severity::error, Scope::shown, odd_backticks},
    {"html", Severity::error, Scope::shown, html},
    {"emphasis", Severity::error, emphasis},
    {"trailing-space", Severity::error, Scope::part, trailing_space},
    {"conflict", Severity::error, conflict_markers},
};

}  // namespace

std::span<const Rule> character_rules() {
    return character_table;
}

}  // namespace harvester::check
