#include <fmt/format.h>

#include <algorithm>

#include "titles/title_steps.h"
#include "titles/title_text.h"

namespace harvester::titles {
namespace {

bool has(const std::optional<std::vector<std::string>>& list, std::string_view word) {
    return list && std::find(list->begin(), list->end(), lowered(word)) != list->end();
}

}  // namespace

std::optional<Lead> split_lead(std::string_view title) {
    std::size_t at = 0;
    while (at < title.size() && (is_alnum(title[at]) || title[at] == '-' || title[at] == '_')) ++at;
    if (at == 0) return std::nullopt;
    Lead lead;
    lead.type = title.substr(0, at);
    const std::size_t open =
        at + (title.substr(at).starts_with(" (") || title.substr(at).starts_with(":(") ? 1 : 0);
    const std::size_t close =
        open < title.size() && title[open] == '(' ? title.find(')', open) : std::string_view::npos;
    if (close != std::string_view::npos && !inside_code(title, close)) {
        const std::size_t after = close + 1 + (title.substr(close + 1).starts_with('!') ? 1 : 0);
        if (title.substr(after).starts_with(':')) {
            lead.scope = title.substr(open + 1, close - open - 1);
            at = after;
        }
    }
    if (lead.scope.empty() && title.substr(at).starts_with('!')) ++at;
    if (!title.substr(at).starts_with(':') || title.substr(at).starts_with("::")) return std::nullopt;
    lead.rest = trimmed(title.substr(at + 1));
    if (lead.rest.empty()) return std::nullopt;
    return lead;
}

ScopeKind scope_kind(std::string_view scope) {
    if (scope.find_first_of("`_{") != std::string_view::npos) return ScopeKind::code;
    return scope.find_first_of("-/, ") != std::string_view::npos ? ScopeKind::kebab : ScopeKind::word;
}

std::string rewrite_tags(std::string_view title, const TitleSettings& settings) {
    if (!title.starts_with('[')) return std::string(title);
    const std::size_t close = title.find(']');
    if (close == std::string_view::npos || inside_code(title, close)) return std::string(title);
    const std::string_view tag = title.substr(1, close - 1);
    std::string_view rest = title.substr(close + 1);
    const bool apart = (rest.starts_with(':') && !rest.starts_with("::")) || rest.starts_with(' ');
    if (rest.starts_with(':')) rest.remove_prefix(1);
    rest = trimmed(rest);
    const bool named = std::any_of(tag.begin(), tag.end(), is_alnum);  // "[..]" is code, not a tag
    if (!apart || !named || rest.empty() || tag.find('[') != std::string_view::npos)
        return std::string(title);
    if (has(settings.drop_tags, tag.substr(0, tag.find_first_of(" -")))) return std::string(rest);
    return fmt::format("{}: {}", tag, rest);
}

std::string rewrite_lead(std::string_view title, const TitleSettings& settings) {
    if (!settings.leads) return std::string(title);
    const auto lead = split_lead(title);
    if (!lead || !lead->scope.empty()) return std::string(title);
    for (const Replacement& change : *settings.leads) {
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

// "fix `x` should not y" says what is so now, not what is fixed.
std::string without_fix(std::string_view title, const TitleSettings& settings) {
    constexpr std::string_view fix = "fix `";
    const std::size_t after = title.starts_with(fix) ? title.find("` ", fix.size()) : std::string_view::npos;
    if (!settings.no_fix_with || after == std::string_view::npos) return std::string(title);
    for (const std::string& word : *settings.no_fix_with)
        if (title.substr(after + 2).starts_with(word + " ")) return std::string(title.substr(fix.size() - 1));
    return std::string(title);
}

std::string drop_type(std::string_view title, const TitleSettings& settings) {
    const auto lead = split_lead(title);
    if (!lead) return without_fix(title, settings);
    if (!lead->scope.empty() || !has(settings.drop_types, lead->type)) return std::string(title);
    return without_type(*lead, settings);
}

std::string rewrite_scope(std::string_view title, const TitleSettings& settings) {
    const auto lead = split_lead(title);
    if (!lead || lead->scope.empty() || !has(settings.drop_scoped, lead->type)) return std::string(title);
    const std::string rest = without_type(*lead, settings);
    const ScopeKind kind = scope_kind(lead->scope);
    switch (kind == ScopeKind::code    ? ScopeForm::code
            : kind == ScopeKind::kebab ? settings.scope_kebab.value_or(ScopeForm::bare)
                                       : settings.scope_word.value_or(ScopeForm::bare)) {
        case ScopeForm::drop:
            return rest;
        case ScopeForm::bare:
            return fmt::format("{}: {}", lead->scope, rest);
        case ScopeForm::code:
            if (lead->scope.find('`') == std::string_view::npos)
                return fmt::format("`{}`: {}", lead->scope, rest);
            return fmt::format("{}: {}", lead->scope, rest);
        case ScopeForm::typed:
            if (lead->scope.find('`') != std::string_view::npos) return std::string(title);
            return fmt::format("`{}({})`: {}", lead->type, lead->scope, lead->rest);
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

}  // namespace harvester::titles
