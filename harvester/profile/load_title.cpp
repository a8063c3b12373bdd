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

constexpr auto scope_forms = std::to_array<std::pair<std::string_view, ScopeForm>>(
    {{"drop", ScopeForm::drop}, {"bare", ScopeForm::bare}, {"code", ScopeForm::code}, {"joined", ScopeForm::joined}});

void read_replacements(const TomlTable& table, std::string_view key, std::optional<std::vector<Replacement>>& out) {
    if (!table.has(key)) return;
    const TomlTable pairs = table.table(key);
    out.emplace();
    for (const std::string& from : pairs.keys()) pairs.read(from, out->emplace_back(Replacement{from, {}}).to);
}

TitleSettings load_settings(const TomlTable& table) {
    TitleSettings settings;
    table.read("prefix", settings.prefix);
    table.read("drop_types", settings.drop_types);
    table.read("drop_scoped", settings.drop_scoped);
    table.read("scope_word", settings.scope_word, scope_forms);
    table.read("scope_kebab", settings.scope_kebab, scope_forms);
    table.read("verb_before", settings.verb_before);
    read_replacements(table, "leads", settings.leads);
    read_replacements(table, "words", settings.words);
    table.read("code_words", settings.code_words);
    table.read("keep_case", settings.keep_case);
    return settings;
}

TitleRule load_rule(const TomlTable& table) {
    TitleRule rule;
    table.read("layout", rule.layout, layout_words);
    table.read("repository", rule.repositories);
    table.read("section", rule.sections);
    table.read("since", rule.since);
    table.read("until", rule.until);
    rule.settings = load_settings(table);
    return rule;
}

template <class T>
void take(std::optional<T>& mine, const std::optional<T>& other) {
    if (other) mine = other;
}

}  // namespace

std::string_view step_name(TitleStepKind kind) {
    return word_of(kind, step_names);
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
    table.read("steps", policy.steps, step_names);
    policy.key_steps = policy.steps.size();
    std::optional<Kind> last;
    table.read("sort_key_after", last, step_names);
    if (last) {
        const auto found = std::find(policy.steps.begin(), policy.steps.end(), *last);
        if (found == policy.steps.end()) table.refuse("sort_key_after", "must be one of `steps`");
        else policy.key_steps = static_cast<std::size_t>(found - policy.steps.begin()) + 1;
    }
    table.read("max_length", policy.max_length, 10, 10'000);
    table.read("untitled", policy.untitled);
    if (policy.untitled.find_first_not_of(' ') == std::string::npos)
        table.refuse("untitled", "must not be empty");
    for (const TomlTable& rule : table.tables("rule")) policy.rules.push_back(load_rule(rule));
    return policy;
}

}  // namespace harvester::profile
