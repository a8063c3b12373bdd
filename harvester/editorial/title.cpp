#include "editorial/title.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "editorial/title_step.h"
#include "editorial/title_text.h"
#include "markdown/inline_text.h"

namespace harvester::editorial {

using profile::TitleStepKind;

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
    return markdown::one_line(fmt::format("{}…", trimmed(title.substr(0, end))));
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

std::string apply_step(TitleStepKind kind, std::string_view title, const TitleSettings& settings) {
    switch (kind) {
        case TitleStepKind::trim:
            return step::trim(title);
        case TitleStepKind::replace_words:
            return step::replace_words(title, settings);
        case TitleStepKind::rewrite_tags:
            return step::rewrite_tags(title, settings);
        case TitleStepKind::drop_references:
            return step::drop_references(title);
        case TitleStepKind::code_paths:
            return step::code_paths(title);
        case TitleStepKind::code_attributes:
            return step::code_attributes(title);
        case TitleStepKind::code_generics:
            return step::code_generics(title);
        case TitleStepKind::code_calls:
            return step::code_calls(title);
        case TitleStepKind::code_identifiers:
            return step::code_identifiers(title);
        case TitleStepKind::code_words:
            return step::code_words(title, settings);
        case TitleStepKind::unbracket_code:
            return step::unbracket_code(title);
        case TitleStepKind::merge_code:
            return step::merge_code(title);
        case TitleStepKind::arrows:
            return step::arrows(title);
        case TitleStepKind::lower_lead:
            return step::lower_lead(title, settings);
        case TitleStepKind::lower_first:
            return step::lower_first(title, settings);
        case TitleStepKind::rewrite_lead:
            return step::rewrite_lead(title, settings);
        case TitleStepKind::drop_type:
            return step::drop_type(title, settings);
        case TitleStepKind::rewrite_scope:
            return step::rewrite_scope(title, settings);
        case TitleStepKind::add_prefix:
            return step::add_prefix(title, settings);
    }
    return std::string(title);
}

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
        if (trimmed(title).empty()) become("untitled", policy.untitled);
    };
    name_the_nameless();
    if (policy.key_steps == 0) result.sort_key = title;
    for (std::size_t i = 0; i < policy.steps.size(); ++i) {
        become(profile::step_name(policy.steps[i]), apply_step(policy.steps[i], title, settings));
        name_the_nameless();
        if (i + 1 == policy.key_steps) result.sort_key = title;
    }
    result.markdown = markdown::escape_inline(title);
    if (result.markdown != title) result.steps.push_back({"escape", result.markdown});
    return result;
}

}  // namespace harvester::editorial
