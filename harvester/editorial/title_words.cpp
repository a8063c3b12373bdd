#include <algorithm>

#include "editorial/title_step.h"
#include "editorial/title_text.h"

namespace harvester::editorial::step {

std::string replace_words(std::string_view title, const TitleSettings& settings) {
    if (!settings.words || settings.words->empty()) return std::string(title);
    return map_words(title, [&](std::string_view whole) {
        const Word word = split_word(whole);
        const auto found = std::find_if(settings.words->begin(), settings.words->end(),
                                        [&](const profile::Replacement& r) { return r.from == word.core; });
        if (found == settings.words->end()) return std::string(whole);
        return std::string(word.open) + found->to + std::string(word.close);
    });
}

std::string arrows(std::string_view title) {
    if (title.find("->") == std::string_view::npos) return std::string(title);
    return map_words(
        title, [](std::string_view word) { return std::string(word == "->" || word == "-->" ? "→" : word); });
}

}  // namespace harvester::editorial::step
