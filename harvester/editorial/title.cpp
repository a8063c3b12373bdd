#include "editorial/title.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "editorial/sort_key.h"
#include "markdown/inline_text.h"
#include "titles/title_text.h"

namespace harvester::editorial {

namespace {

// The title cut at a space, not longer than `length` code points with its ellipsis.
std::string shortened(std::string_view title, std::size_t length) {
    std::size_t at = 0;
    std::size_t end = 0;    // where a cut to `length` falls
    std::size_t space = 0;  // the last space before it
    for (std::size_t count = 1; at < title.size() && count <= length; ++count) {
        if (title[at] == ' ') space = at;
        end = at;
        utf8::next(title, at);
    }
    if (at == title.size()) return std::string(title);
    if (space > end / 2) end = space;
    // Once more a line: a cut inside an emoji leaves a joiner with nothing to join.
    return markdown::one_line(fmt::format("{}…", titles::trimmed(title.substr(0, end))));
}

bool meets(const profile::TitleRule& rule, const TitleInput& input, std::string_view repository) {
    const auto in = [](const std::vector<std::string>& list, std::string_view word) {
        return list.empty() || std::find(list.begin(), list.end(), word) != list.end();
    };
    return (!rule.layout || *rule.layout == input.layout) && in(rule.repositories, repository) &&
           in(rule.sections, input.section) &&
           (!rule.since || !input.issue_date || *rule.since <= *input.issue_date) &&
           (!rule.until || (input.issue_date && *input.issue_date <= *rule.until));
}

}  // namespace

profile::TitleSettings title_settings(const profile::TitlePolicy& policy, const TitleInput& input) {
    const std::string_view repository =
        std::string_view(input.repository).substr(input.repository.rfind('/') + 1);
    profile::TitleSettings settings;
    for (const profile::TitleRule& rule : policy.rules)
        if (meets(rule, input, repository)) settings.apply(rule.settings);
    return settings;
}

FormattedTitle format_title(const profile::TitlePolicy& policy, const TitleInput& input) {
    return format_title(policy, title_settings(policy, input), input.raw);
}

FormattedTitle format_title(const profile::TitlePolicy& policy, const profile::TitleSettings& settings,
                            const std::string& raw) {
    FormattedTitle result;
    std::string title = shortened(markdown::one_line(raw), policy.max_length);
    result.steps.push_back({"raw", title});
    const auto become = [&](std::string_view step, std::string next) {
        if (next != title) result.steps.push_back({std::string(step), next});
        title = std::move(next);
    };
    const auto name_the_nameless = [&] {
        if (titles::trimmed(title).empty()) become("untitled", policy.untitled);
    };
    name_the_nameless();
    result.sort_key = sort_key(title, settings.code_words.value_or(titles::Texts{}));
    for (const titles::Step* step : policy.steps) {
        become(step->name, step->apply(title, settings));
        name_the_nameless();
    }
    result.markdown = markdown::escape_inline(title);
    if (result.markdown != title) result.steps.push_back({"escape", result.markdown});
    return result;
}

}  // namespace harvester::editorial
