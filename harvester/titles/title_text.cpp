#include "titles/title_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "markdown/code_span.h"

namespace harvester::titles {
namespace {

bool opens(char c) {
    return c == '(' || c == '"' || c == '\'' || c == '[' || c == '{';
}
bool closes(char c) {
    return c == ')' || c == '"' || c == '\'' || c == ']' || c == '}' || c == ',' || c == '.' || c == ':' ||
           c == ';' || c == '!' || c == '?';
}
char partner(char c) {
    switch (c) {
        case '(':
            return ')';
        case ')':
            return '(';
        case '[':
            return ']';
        case ']':
            return '[';
        case '{':
            return '}';
        case '}':
            return '{';
        case '<':
            return '>';
        default:
            return '\0';
    }
}

// True when the brackets in `text` close each other in pairs of the kind `open`.
bool balanced(std::string_view text, char open) {
    const char close = partner(open);
    int depth = 0;
    for (const char c : text) {
        if (c == open) ++depth;
        if (c == close && --depth < 0) return false;
    }
    return depth == 0;
}

// Where a list in brackets ends that belongs to its word although it has spaces: "<T, T>" after a name,
// "{MIN, MAX}" after "::", "[a, b]" after "#", "[T; N]" before "::". npos when the bracket at `at` opens no
// such list.
std::size_t end_of_list(std::string_view text, std::size_t at) {
    const std::string_view before = text.substr(0, at);
    const bool type = text[at] == '[' && (before.empty() || is_space(before.back()) || before.back() == '(');
    const bool list = (text[at] == '<' && !before.empty() && is_alnum(before.back())) ||
                      (text[at] == '<' && at + 1 < text.size() && is_alpha(text[at + 1])) ||
                      (text[at] == '{' && before.ends_with("::")) ||
                      (text[at] == '[' && (before.ends_with('#') || before.ends_with("#!")));
    if (!list && !type) return std::string_view::npos;
    constexpr std::size_t longest = 80;  // what is longer is no list that belongs to a word
    int depth = 0;
    for (std::size_t i = at; i < std::min(text.size(), at + longest); ++i) {
        if (text[i] == text[at]) ++depth;
        if (text[i] == partner(text[at]) && text[i - 1] != '-' && text[i - 1] != '=' && --depth == 0)
            return list || text.substr(i + 1).starts_with("::") ? i + 1 : std::string_view::npos;
    }
    return std::string_view::npos;
}

std::size_t end_of_word(std::string_view text, std::size_t at) {
    while (at < text.size() && !is_space(text[at])) {
        const std::size_t list = end_of_list(text, at);
        at = list == std::string_view::npos ? at + 1 : list;
    }
    return at;
}

}  // namespace

std::vector<Piece> pieces(std::string_view title) {
    std::vector<Piece> out;
    std::size_t start = 0;
    if (title.find('`') == std::string_view::npos) {
        if (!title.empty()) out.push_back({title, false});
        return out;
    }
    for (const markdown::CodeSpan& span : markdown::code_spans(title, markdown::Source::raw)) {
        if (start < span.begin) out.push_back({title.substr(start, span.begin - start), false});
        out.push_back({title.substr(span.begin, span.end - span.begin), true});
        start = span.end;
    }
    if (start < title.size()) out.push_back({title.substr(start), false});
    return out;
}

Word split_word(std::string_view word) {
    std::size_t from = 0;
    std::size_t to = word.size();
    const auto core = [&] { return word.substr(from, to - from); };
    for (bool changed = true; changed && from < to;) {
        changed = false;
        const char first = word[from];
        const char last = word[to - 1];
        if (opens(first) && first != '"' && first != '\'' && last == partner(first) &&
            balanced(core().substr(1, core().size() - 2), first)) {
            ++from, --to;
            changed = true;
        } else if (opens(first) && (partner(first) == '\0' || !balanced(core(), first))) {
            ++from;
            changed = true;
        } else if (closes(last) && (partner(last) == '\0' || !balanced(core(), partner(last)))) {
            --to;
            changed = true;
        }
    }
    return {word.substr(0, from), core(), word.substr(to)};
}

bool inside_code(std::string_view title, std::size_t at) {
    std::size_t begin = 0;
    for (const Piece& piece : pieces(title)) {
        if (at < begin + piece.text.size()) return piece.code;
        begin += piece.text.size();
    }
    return false;
}

std::string map_words(std::string_view title, const std::function<std::string(std::string_view)>& change) {
    std::string out;
    out.reserve(title.size() + 16);
    for (const Piece& piece : pieces(title)) {
        if (piece.code) {
            out += piece.text;
            continue;
        }
        for (std::size_t at = 0; at < piece.text.size();) {
            std::size_t end = at;
            if (is_space(piece.text[at])) {
                while (end < piece.text.size() && is_space(piece.text[end])) ++end;
                out += piece.text.substr(at, end - at);
            } else {
                end = end_of_word(piece.text, at);
                out += change(piece.text.substr(at, end - at));
            }
            at = end;
        }
    }
    return out;
}

std::string code_words_where(std::string_view title, const std::function<bool(std::string_view)>& is_code) {
    return map_words(title, [&](std::string_view whole) {
        const Word word = split_word(whole);
        // "tea's" and "#[tea]s": what follows the name isn't code.
        const std::size_t ending = word.core.size() > 2 && word.core.ends_with("'s") ? 2
                                   : word.core.ends_with("]s")                       ? 1
                                                                                     : 0;
        const std::string_view core = word.core.substr(0, word.core.size() - ending);
        if (core.empty() || core.find('`') != std::string_view::npos || !is_code(core))
            return std::string(whole);
        std::size_t begin = word.open.size();
        std::size_t end = begin + core.size();
        // The mark of a macro's name belongs to it, and so do dots that stand for the rest of a name.
        const bool name = is_alnum(core.back()) || core.back() == '_';
        if (ending == 0 && name && word.close.starts_with('!')) ++end;
        if (ending == 0 && name && word.close.starts_with("...")) end += 3;
        // Quotes around code go into it, as editors have it: `"file_lock"`.
        const bool quoted = ending == 0 && begin > 0 && end < whole.size() &&
                            whole[begin - 1] == whole[end] && partner(whole[end]) == '\0';
        if (quoted) --begin, ++end;
        const char* const first = title.data();
        const bool touches_before = begin == 0 && whole.data() > first && whole.data()[-1] == '`';
        const bool touches_after =
            end == whole.size() && whole.data() + end < first + title.size() && whole.data()[end] == '`';
        if (touches_before || touches_after) return std::string(whole);
        return fmt::format("{}`{}`{}", whole.substr(0, begin), whole.substr(begin, end - begin),
                           whole.substr(end));
    });
}

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_alpha(char c) {
    return is_upper(c) || is_lower(c);
}
bool is_alnum(char c) {
    return is_alpha(c) || is_digit(c);
}

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

}  // namespace harvester::titles
