#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "editorial/title_step.h"
#include "editorial/title_text.h"

namespace harvester::editorial::step {
namespace {

using profile::ScopeForm;

// "type(scope): rest"; the scope is empty in "type: rest". Views into the title.
struct Lead {
    std::string_view type;
    std::string_view scope;
    std::string_view rest;
};

std::optional<Lead> split_lead(std::string_view title) {
    std::size_t at = 0;
    while (at < title.size() && (is_alnum(title[at]) || title[at] == '-' || title[at] == '_')) ++at;
    if (at == 0) return std::nullopt;
    Lead lead;
    lead.type = title.substr(0, at);
    if (title.substr(at).starts_with(" (")) ++at;
    if (at < title.size() && title[at] == '(') {
        const std::size_t close = title.find(')', at);
        if (close == std::string_view::npos) return std::nullopt;
        lead.scope = title.substr(at + 1, close - at - 1);
        at = close + 1;
    }
    if (at < title.size() && title[at] == '!') ++at;
    if (at >= title.size() || title[at] != ':') return std::nullopt;
    lead.rest = trimmed(title.substr(at + 1));
    if (lead.rest.empty()) return std::nullopt;
    return lead;
}

bool has(const std::optional<std::vector<std::string>>& list, std::string_view word) {
    return list && std::find(list->begin(), list->end(), lowered(word)) != list->end();
}

bool is_code(std::string_view scope) {
    return scope.find_first_of("`_{") != std::string_view::npos;
}

}  // namespace

std::string rewrite_tags(std::string_view title, const TitleSettings&) {
    if (!title.starts_with('[')) return std::string(title);
    const std::size_t close = title.find(']');
    if (close == std::string_view::npos || close < 2) return std::string(title);
    const std::string_view tag = title.substr(1, close - 1);
    std::string_view rest = title.substr(close + 1);
    const bool apart = (rest.starts_with(':') && !rest.starts_with("::")) || rest.starts_with(' ');
    if (rest.starts_with(':')) rest.remove_prefix(1);
    rest = trimmed(rest);
    if (!apart || rest.empty() || tag.find('[') != std::string_view::npos) return std::string(title);
    return fmt::format("{}: {}", tag, rest);
}

std::string rewrite_lead(std::string_view title, const TitleSettings& settings) {
    if (!settings.leads) return std::string(title);
    const auto lead = split_lead(title);
    if (!lead || !lead->scope.empty()) return std::string(title);
    for (const profile::Replacement& change : *settings.leads) {
        if (change.from != lowered(lead->type)) continue;
        return (change.to.empty() ? "" : change.to + ": ") + std::string(lead->rest);
    }
    return std::string(title);
}

// "fix: false positive of x" without its type: "fix false positive of x" where the words want their verb.
std::string without_type(const Lead& lead, const TitleSettings& settings) {
    if (settings.verb_before)
        for (const std::string& words : *settings.verb_before)
            if (lead.rest.starts_with(words)) return lowered(lead.type) + " " + std::string(lead.rest);
    return std::string(lead.rest);
}

std::string drop_type(std::string_view title, const TitleSettings& settings) {
    const auto lead = split_lead(title);
    if (!lead || !lead->scope.empty() || !has(settings.drop_types, lead->type)) return std::string(title);
    return without_type(*lead, settings);
}

std::string rewrite_scope(std::string_view title, const TitleSettings& settings) {
    const auto lead = split_lead(title);
    if (!lead || lead->scope.empty() || !has(settings.drop_scoped, lead->type)) return std::string(title);
    const std::string rest = without_type(*lead, settings);
    const bool kebab = lead->scope.find_first_of("-/, ") != std::string_view::npos;
    const ScopeForm form = is_code(lead->scope) ? ScopeForm::code
                           : kebab              ? settings.scope_kebab.value_or(ScopeForm::bare)
                                                : settings.scope_word.value_or(ScopeForm::bare);
    switch (form) {
        case ScopeForm::drop:
            return rest;
        case ScopeForm::bare:
            return fmt::format("{}: {}", lead->scope, rest);
        case ScopeForm::code:
            if (lead->scope.find('`') == std::string_view::npos)
                return fmt::format("`{}`: {}", lead->scope, rest);
            return fmt::format("{}: {}", lead->scope, rest);
        case ScopeForm::joined: {
            const std::string prefix = settings.prefix.value_or("");
            const std::size_t colon = prefix.rfind(": ");
            return fmt::format("{}{}{}: {}", prefix.substr(0, colon), colon == std::string::npos ? "" : " ",
                               lead->scope, rest);
        }
    }
    return rest;
}

std::string add_prefix(std::string_view title, const TitleSettings& settings) {
    if (!settings.prefix || settings.prefix->empty()) return std::string(title);
    const std::string_view name = std::string_view(*settings.prefix).substr(0, settings.prefix->find(':'));
    const bool named = title.starts_with(name) && title.size() > name.size() &&
                       (title[name.size()] == ' ' || title[name.size()] == ':');
    if (named) return std::string(title);
    return *settings.prefix + std::string(title);
}

}  // namespace harvester::editorial::step
