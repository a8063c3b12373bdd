#include <algorithm>

#include "titles/title_steps.h"
#include "titles/title_text.h"

namespace harvester::titles {
namespace {

bool lacks(std::string_view title, std::string_view part) {
    return title.find(part) == std::string_view::npos;
}

bool is_word_char(char c) {
    return is_alnum(c) || c == '_';
}

bool is_path(std::string_view word) {
    const std::size_t colons = word.find("::");
    if (colons == std::string_view::npos || word.find("://") != std::string_view::npos) return false;
    const auto around = [&](std::size_t i) {
        return i < word.size() &&
               (is_word_char(word[i]) || word[i] == '{' || word[i] == '*' || word[i] == '<');
    };
    return around(colons + 2) && (colons == 0 || word[colons - 1] != ' ');
}

bool is_attribute(std::string_view word) {
    return (word.starts_with("#[") || word.starts_with("#![")) && word.ends_with("]");
}

// "Vec<T>", "<TAB>", "<T as Debug>::fmt"; "&str"; "<=".
bool is_generic(std::string_view word) {
    for (std::size_t open = word.find('<'); open != std::string_view::npos; open = word.find('<', open + 1))
        if (open + 1 < word.size() &&
            (is_alpha(word[open + 1]) || word[open + 1] == '\'' || word[open + 1] == '[') &&
            word.find('>', open) != std::string_view::npos)
            return true;
    const bool comparison = word.find_first_not_of("<=>") == std::string_view::npos && !lacks(word, "<");
    return comparison || (word.size() > 1 && word[0] == '&' && is_alpha(word[1]));
}

// A name and arguments in parentheses. "lint(s)" is a plural.
bool is_call(std::string_view word) {
    const std::size_t open = word.find('(');
    if (open == std::string_view::npos || open == 0 || word.back() != ')') return false;
    const std::string_view name = word.substr(0, open);
    const std::string_view arguments = word.substr(open);
    return arguments != "(s)" && arguments != "(es)" && !is_digit(word[0]) &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return is_word_char(c) || c == '.' || c == '!' || c == ':' || c == '-';
           });
}

// A word with an underscore between letters, digits and what else such names are put together with:
// "unchecked_{add,sub}", "(try_)map" (but not the call "f(a_b)"), "x86_64-apple-darwin", "all_trait*".
bool is_snake_case(std::string_view word) {
    if (word == "_") return true;
    const std::size_t parenthesis = word.find('(');
    if (word.find('_') == std::string_view::npos || word.starts_with('-') ||
        word.find("--") != std::string_view::npos ||
        (parenthesis != 0 && parenthesis != std::string_view::npos))
        return false;
    return std::any_of(word.begin(), word.end(), is_alpha) &&
           std::all_of(word.begin(), word.end(), [](char c) {
               return is_word_char(c) || std::string_view("{},()*-").find(c) != std::string_view::npos;
           });
}

}  // namespace

// Most titles lack what a kind of code has in it, and needn't be taken apart to stay as they are.
std::string code_paths(std::string_view title, const TitleSettings&) {
    return lacks(title, "::") ? std::string(title) : code_words_where(title, is_path);
}
std::string code_attributes(std::string_view title, const TitleSettings&) {
    return lacks(title, "#") ? std::string(title) : code_words_where(title, is_attribute);
}
std::string code_generics(std::string_view title, const TitleSettings&) {
    return lacks(title, "<") && lacks(title, "&") ? std::string(title) : code_words_where(title, is_generic);
}
std::string code_calls(std::string_view title, const TitleSettings&) {
    return lacks(title, "(") ? std::string(title) : code_words_where(title, is_call);
}
std::string code_identifiers(std::string_view title, const TitleSettings&) {
    return lacks(title, "_") ? std::string(title) : code_words_where(title, is_snake_case);
}

std::string code_words(std::string_view title, const TitleSettings& settings) {
    if (!settings.code_words) return std::string(title);
    const auto& words = *settings.code_words;
    return code_words_where(title, [&](std::string_view word) {
        return std::find(words.begin(), words.end(), word) != words.end();
    });
}

std::string unbracket_code(std::string_view title, const TitleSettings&) {
    if (lacks(title, "`")) return std::string(title);
    const std::vector<Piece> all = pieces(title);
    std::string out;
    bool open = false;  // the bracket before the last code span was left out
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::string_view text = all[i].text;
        if (all[i].code) {
            out += text;
            continue;
        }
        if (open) text.remove_prefix(1);
        open = false;
        if (text.ends_with('[') && i + 2 < all.size() && all[i + 1].code &&
            all[i + 2].text.starts_with(']') && !all[i + 2].text.starts_with("](") &&
            !all[i + 2].text.starts_with("][")) {
            text.remove_suffix(1);
            open = true;
        }
        out += text;
    }
    return out;
}

std::string merge_code(std::string_view title, const TitleSettings&) {
    if (lacks(title, "`")) return std::string(title);
    const auto simple = [](const Piece& piece) { return piece.code && !piece.text.starts_with("``"); };
    const std::vector<Piece> all = pieces(title);
    std::string out;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool between =
            i > 0 && i + 1 < all.size() && all[i].text == " " && simple(all[i - 1]) && simple(all[i + 1]);
        if (!between) {
            out += all[i].text;
            continue;
        }
        out.back() = ' ';
        out += all[++i].text.substr(1);
    }
    return out;
}

}  // namespace harvester::titles
