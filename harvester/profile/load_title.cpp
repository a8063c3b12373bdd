#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

#include "profile/form_policy.h"
#include "profile/title_policy.h"

namespace harvester::profile {
namespace {

using Kind = TitleStepKind;

constexpr auto step_names = std::to_array<std::pair<std::string_view, Kind>>({
    {"trim", Kind::trim},
    {"replace_words", Kind::replace_words},
    {"rewrite_tags", Kind::rewrite_tags},
    {"drop_references", Kind::drop_references},
    {"code_paths", Kind::code_paths},
    {"code_attributes", Kind::code_attributes},
    {"code_generics", Kind::code_generics},
    {"code_calls", Kind::code_calls},
    {"code_identifiers", Kind::code_identifiers},
    {"code_words", Kind::code_words},
    {"unbracket_code", Kind::unbracket_code},
    {"merge_code", Kind::merge_code},
    {"arrows", Kind::arrows},
    {"lower_lead", Kind::lower_lead},
    {"lower_first", Kind::lower_first},
    {"rewrite_lead", Kind::rewrite_lead},
    {"drop_type", Kind::drop_type},
    {"rewrite_scope", Kind::rewrite_scope},
    {"add_prefix", Kind::add_prefix},
});

Kind step_kind(const TomlTable& table, std::string_view key, const std::string& name) {
    for (const auto& [known, kind] : step_names)
        if (known == name) return kind;
    std::vector<std::string_view> known;
    for (const auto& step : step_names) known.push_back(step.first);
    table.refuse(key, fmt::format("there is no step \"{}\"; the steps are {}", name, fmt::join(known, ", ")));
}

std::optional<std::string> optional_text(const TomlTable& table, std::string_view key) {
    if (!table.has(key)) return std::nullopt;
    return table.text(key);
}

std::optional<std::vector<std::string>> optional_texts(const TomlTable& table, std::string_view key) {
    if (!table.has(key)) return std::nullopt;
    return table.texts(key);
}

std::optional<std::vector<Replacement>> optional_replacements(const TomlTable& table, std::string_view key) {
    if (!table.has(key)) return std::nullopt;
    const TomlTable pairs = table.table(key);
    std::vector<Replacement> out;
    for (const std::string& from : pairs.keys()) out.push_back({from, pairs.text(from)});
    return out;
}

std::optional<ScopeForm> optional_scope(const TomlTable& table, std::string_view key) {
    const auto name = optional_text(table, key);
    if (!name) return std::nullopt;
    if (*name == "drop") return ScopeForm::drop;
    if (*name == "bare") return ScopeForm::bare;
    if (*name == "code") return ScopeForm::code;
    if (*name == "joined") return ScopeForm::joined;
    table.refuse(key, "must be \"drop\", \"bare\", \"code\" or \"joined\"");
}

std::optional<Day> optional_day(const TomlTable& table, std::string_view key) {
    const auto text = optional_text(table, key);
    if (!text) return std::nullopt;
    const auto day = parse_day(*text);
    if (!day) table.refuse(key, "must be a day, \"2025-02-26\"");
    return day;
}

TitleSettings load_settings(const TomlTable& table) {
    TitleSettings settings;
    settings.prefix = optional_text(table, "prefix");
    settings.drop_types = optional_texts(table, "drop_types");
    settings.drop_scoped = optional_texts(table, "drop_scoped");
    settings.scope_word = optional_scope(table, "scope_word");
    settings.scope_kebab = optional_scope(table, "scope_kebab");
    settings.verb_before = optional_texts(table, "verb_before");
    settings.leads = optional_replacements(table, "leads");
    settings.words = optional_replacements(table, "words");
    settings.code_words = optional_texts(table, "code_words");
    settings.keep_case = optional_texts(table, "keep_case");
    return settings;
}

TitleRule load_rule(const TomlTable& table) {
    TitleRule rule;
    if (table.has("layout")) rule.layout = read_layout(table, "layout");
    rule.repositories = table.texts("repository");
    rule.sections = table.texts("section");
    rule.since = optional_day(table, "since");
    rule.until = optional_day(table, "until");
    rule.settings = load_settings(table);
    return rule;
}

template <class T>
void take(std::optional<T>& mine, const std::optional<T>& other) {
    if (other) mine = other;
}

}  // namespace

std::string_view step_name(TitleStepKind kind) {
    const auto found = std::find_if(step_names.begin(), step_names.end(),
                                    [&](const auto& step) { return step.second == kind; });
    return found->first;
}

void TitleSettings::apply(const TitleSettings& other) {
    take(prefix, other.prefix);
    take(drop_types, other.drop_types);
    take(drop_scoped, other.drop_scoped);
    take(scope_word, other.scope_word);
    take(scope_kebab, other.scope_kebab);
    take(verb_before, other.verb_before);
    take(leads, other.leads);
    take(words, other.words);
    take(code_words, other.code_words);
    take(keep_case, other.keep_case);
}

TitlePolicy load_title_policy(const TomlTable& root) {
    const TomlTable table = root.table("titles");
    TitlePolicy policy;
    for (const std::string& name : table.texts("steps"))
        policy.steps.push_back(step_kind(table, "steps", name));
    policy.key_steps = policy.steps.size();
    if (table.has("sort_key_after")) {
        const Kind last = step_kind(table, "sort_key_after", table.text("sort_key_after"));
        const auto found = std::find(policy.steps.begin(), policy.steps.end(), last);
        if (found == policy.steps.end()) table.refuse("sort_key_after", "must be one of `steps`");
        policy.key_steps = static_cast<std::size_t>(found - policy.steps.begin()) + 1;
    }
    const std::int64_t length = table.integer("max_length", 300);
    if (length < 10 || length > 10'000) table.refuse("max_length", "must be between 10 and 10000 characters");
    policy.max_length = static_cast<std::size_t>(length);
    policy.untitled = table.text("untitled", "(no title)");
    if (policy.untitled.find_first_not_of(' ') == std::string::npos)
        table.refuse("untitled", "must not be empty");
    for (const TomlTable& rule : table.tables("rule")) policy.rules.push_back(load_rule(rule));
    return policy;
}

}  // namespace harvester::profile
