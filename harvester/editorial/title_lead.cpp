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

bool is_code_like(std::string_view scope) {
    return scope.find('`') != std::string_view::npos || scope.find('_') != std::string_view::npos ||
           scope.find('-') != std::string_view::npos;
}

std::string written(std::string_view scope, ScopeForm form) {
    if (form == ScopeForm::code && scope.find('`') == std::string_view::npos)
        return fmt::format("`{}`", scope);
    return std::string(scope);
}

}  // namespace

std::string rewrite_tags(std::string_view title, const TitleSettings&) {
    if (!title.starts_with('[')) return std::string(title);
    const std::size_t close = title.find(']');
    if (close == std::string_view::npos || close < 2) return std::string(title);
    std::string_view rest = title.substr(close + 1);
    if (rest.starts_with(':')) rest.remove_prefix(1);
    rest = trimmed(rest);
    if (rest.empty() || rest.starts_with('(') || rest.starts_with('[')) return std::string(title);
    return std::string(title.substr(1, close - 1)) + ": " + std::string(rest);
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

std::string drop_type(std::string_view title, const TitleSettings& settings) {
    const auto lead = split_lead(title);
    if (!lead || !lead->scope.empty() || !has(settings.drop_types, lead->type)) return std::string(title);
    return std::string(lead->rest);
}

std::string rewrite_scope(std::string_view title, const TitleSettings& settings) {
    const auto lead = split_lead(title);
    if (!lead || lead->scope.empty() || !has(settings.drop_scoped, lead->type)) return std::string(title);
    const auto form = is_code_like(lead->scope) ? settings.scope_code : settings.scope_word;
    if (!form || *form == ScopeForm::drop) return std::string(lead->rest);
    return written(lead->scope, *form) + ": " + std::string(lead->rest);
}

std::string add_prefix(std::string_view title, const TitleSettings& settings) {
    if (!settings.prefix || title.starts_with(*settings.prefix)) return std::string(title);
    return *settings.prefix + std::string(title);
}

}  // namespace harvester::editorial::step
