// A title seen as text and code spans, and its text as words. A title on its way through the steps is
// Markdown of which only code spans count; what else Markdown could see in it is escaped at the very end.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harvester::titles {

// A stretch of text, or a whole code span with its backticks (CommonMark's rule: closed by a run of as many).
struct Piece {
    std::string_view text;
    bool code = false;
};

// The pieces cover the title without a gap. Views into `title`.
std::vector<Piece> pieces(std::string_view title);

// True when the byte at `at` belongs to a code span.
bool inside_code(std::string_view title, std::size_t at);

// A word of text: white space is only inside "Vec<T, A>", "path::{a, b}", "[T; N]::x" and "#[attr(a, b)]";
// `open` and `close` are the punctuation around its core.
struct Word {
    std::string_view open;
    std::string_view core;
    std::string_view close;
};

// Splits "(foo_bar)," into "(", "foo_bar", "),". Brackets that belong to the core stay with it: "f()",
// "[T]::x".
Word split_word(std::string_view word);

// The title with each word of its text (never inside code) put through `change`.
std::string map_words(std::string_view title, const std::function<std::string(std::string_view)>& change);

// The core of each word printed as code when `is_code` says so, but for a word that touches a code span:
// their backticks would run together.
std::string code_words_where(std::string_view title, const std::function<bool(std::string_view)>& is_code);

// What comes before a title. The scope is empty in "type: rest". Views into the title.
struct Lead {
    std::string_view type;
    std::string_view scope;
    std::string_view rest;
};

// "type: rest", "type(scope)!: rest", and as some write it "type (scope): rest" and "type:(scope): rest".
std::optional<Lead> split_lead(std::string_view title);

// "resolver", "build-rs" or "add/install", "needless_pass".
enum class ScopeKind { word, kebab, code };
ScopeKind scope_kind(std::string_view scope);

bool is_space(char c);
bool is_upper(char c);
bool is_lower(char c);
bool is_digit(char c);
bool is_alpha(char c);
bool is_alnum(char c);
std::string lowered(std::string_view text);  // ASCII only
std::string_view trimmed(std::string_view text);

}  // namespace harvester::titles
