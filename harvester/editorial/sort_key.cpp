#include "editorial/sort_key.h"

#include <algorithm>

#include "titles/title_text.h"

namespace harvester::editorial {
namespace {

using titles::is_space;

// An unescaped "_" or "<", a path, an attribute, a call or a word that the profile prints as code.
bool sorts_as_code(std::string_view word, std::span<const std::string> code_words) {
    for (std::size_t at = word.find_first_of("_<"); at != std::string_view::npos;
         at = word.find_first_of("_<", at + 1))
        if (at == 0 || word[at - 1] != '\\') return true;
    const auto has = [&](std::string_view part) { return word.find(part) != std::string_view::npos; };
    return has("::") || has("#[") || (has("(") && word.ends_with(')') && !word.starts_with('(')) ||
           std::find(code_words.begin(), code_words.end(), word) != code_words.end();
}

}  // namespace

std::string sort_key(std::string_view title, std::span<const std::string> code_words) {
    title = titles::trimmed(title);
    while (title.ends_with('.')) title.remove_suffix(1);

    std::string key;
    bool in_span = false;     // a span of several words is open
    bool after_code = false;  // the next code shares the span
    bool lowers = true;       // the next word loses its capital
    for (std::size_t at = 0; at < title.size();) {
        if (is_space(title[at])) {
            ++at;
            continue;
        }
        const auto begin = title.begin() + static_cast<std::ptrdiff_t>(at);
        std::string word(begin, std::find_if(begin, title.end(), is_space));
        at += word.size();
        const bool colon = word.size() > 1 && word.ends_with(':');
        if (colon) word.pop_back();
        const auto ticks = std::count(word.begin(), word.end(), '`');
        const bool whole = word.starts_with('`') && (word.ends_with('`') || ticks == 1);
        const bool code = in_span || (ticks > 0 ? whole : sorts_as_code(word, code_words));
        if (ticks % 2 == 1) in_span = !in_span;
        if (code) std::erase(word, '`');
        if (code && after_code) {
            key.back() = ' ';
            key += word + '`';
        } else {
            if (!key.empty()) key += ' ';
            if (!code && lowers && std::any_of(word.begin(), word.end(), titles::is_lower))
                word.front() = titles::lowered(word.substr(0, 1)).front();
            key += code ? '`' + word + '`' : word;
        }
        if (colon) key += ':';
        after_code = code && !colon;
        lowers = colon && !code;
    }
    return key;
}

}  // namespace harvester::editorial
