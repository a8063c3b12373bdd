#include "editorial/title_text.h"

#include "markdown/code_span.h"

namespace harvester::editorial {
namespace {

bool opens(char c) {
    return c == '(' || c == '"' || c == '\'' || c == '[' || c == '{';
}
bool closes(char c) {
    return c == ')' || c == '"' || c == '\'' || c == ']' || c == '}' || c == ',' || c == '.' || c == ':' ||
           c == ';' || c == '!' || c == '?';
}
char partner(char close) {
    return close == ')' ? '(' : close == ']' ? '[' : close == '}' ? '{' : '\0';
}

}  // namespace

std::vector<Piece> pieces(std::string_view title) {
    std::vector<Piece> out;
    std::size_t start = 0;
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
    while (from < to && opens(word[from])) ++from;
    while (to > from && closes(word[to - 1])) {
        const char open = partner(word[to - 1]);
        if (open != '\0' && word.substr(from, to - from - 1).find(open) != std::string_view::npos) break;
        --to;
    }
    return {word.substr(0, from), word.substr(from, to - from), word.substr(to)};
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
                while (end < piece.text.size() && !is_space(piece.text[end])) ++end;
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
        if (word.core.empty() || word.core.find('`') != std::string_view::npos || !is_code(word.core))
            return std::string(whole);
        std::string out(word.open);
        return out.append("`").append(word.core).append("`").append(word.close);
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

}  // namespace harvester::editorial
