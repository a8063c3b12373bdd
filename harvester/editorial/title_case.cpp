#include <algorithm>

#include "editorial/title_step.h"
#include "editorial/title_text.h"

namespace harvester::editorial::step {
namespace {

// "Add" and "CamelCase" lose their capital, "ICE", "BTreeMap", "I/O" and code like "Vec::new" keep it.
bool loses_capital(std::string_view word, const TitleSettings& settings) {
    std::size_t end = 0;
    while (end < word.size() && (is_alnum(word[end]) || word[end] == '\'' || word[end] == '-')) ++end;
    const std::string_view core = word.substr(0, end);
    if (core.empty() || !is_upper(core[0])) return false;
    const std::string_view whole = word.substr(0, word.find_first_of(" `"));
    if (whole.find_first_of("_<(") != std::string_view::npos || whole.find("::") != std::string_view::npos)
        return false;
    if (core.size() == 1) return core == "A";
    if (!is_lower(core[1]) && core[1] != '\'' && core[1] != '-') return false;
    if (!settings.keep_case) return true;
    return std::find(settings.keep_case->begin(), settings.keep_case->end(), core) ==
           settings.keep_case->end();
}

std::string lowered_at(std::string_view title, std::size_t at, const TitleSettings& settings) {
    std::string out(title);
    if (at < out.size() && loses_capital(title.substr(at), settings))
        out[at] = static_cast<char>(out[at] - 'A' + 'a');
    return out;
}

}  // namespace

std::string lower_first(std::string_view title, const TitleSettings& settings) {
    return lowered_at(title, 0, settings);
}

std::string lower_lead(std::string_view title, const TitleSettings& settings) {
    const std::size_t colon = title.find(": ");
    if (colon == std::string_view::npos) return std::string(title);
    const std::string_view lead = title.substr(0, colon);
    const bool word = std::all_of(lead.begin(), lead.end(), [](char c) { return is_alnum(c) || c == '-'; });
    if (!word) return std::string(title);
    return lowered_at(title, colon + 2, settings);
}

}  // namespace harvester::editorial::step
