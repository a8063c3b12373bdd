#include <algorithm>
#include <array>
#include <utility>

#include "profile/form_policy.h"
#include "profile/title_policy.h"

namespace harvester::profile {
namespace {

using titles::Replacement;
using titles::ScopeForm;

constexpr auto scope_forms =
    std::to_array<std::pair<std::string_view, ScopeForm>>({{"drop", ScopeForm::drop},
                                                           {"bare", ScopeForm::bare},
                                                           {"code", ScopeForm::code},
                                                           {"joined", ScopeForm::joined},
                                                           {"typed", ScopeForm::typed}});

void read_steps(const TomlTable& table, std::string_view key, std::vector<const titles::Step*>& out) {
    std::vector<std::string> names, known;
    table.read(key, names);
    for (const titles::Step& step : titles::all_steps()) known.emplace_back(step.name);
    for (const std::string& name : names) {
        const auto found = std::find(known.begin(), known.end(), name);
        if (found == known.end())
            table.refuse_word(key, name, known);
        else
            out.push_back(&titles::all_steps()[static_cast<std::size_t>(found - known.begin())]);
    }
}

void read_replacements(const TomlTable& table, std::string_view key,
                       std::optional<std::vector<Replacement>>& out) {
    if (!table.has(key)) return;
    const TomlTable pairs = table.table(key);
    out.emplace();
    for (const std::string& from : pairs.keys())
        pairs.read(from, out->emplace_back(Replacement{from, {}}).to);
}

TitleSettings load_settings(const TomlTable& table) {
    TitleSettings settings;
    table.read("prefix", settings.prefix);
    table.read("drop_types", settings.drop_types);
    table.read("drop_scoped", settings.drop_scoped);
    table.read("scope_word", settings.scope_word, scope_forms);
    table.read("scope_kebab", settings.scope_kebab, scope_forms);
    table.read("verb_before", settings.verb_before);
    table.read("no_fix_with", settings.no_fix_with);
    table.read("drop_tags", settings.drop_tags);
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

}  // namespace

TitlePolicy load_title_policy(const TomlTable& root) {
    const TomlTable table = root.table("titles");
    TitlePolicy policy;
    read_steps(table, "steps", policy.steps);
    table.read("max_length", policy.max_length, 10, 10'000);
    table.read("untitled", policy.untitled);
    if (policy.untitled.find_first_not_of(' ') == std::string::npos)
        table.refuse("untitled", "must not be empty");
    for (const TomlTable& rule : table.tables("rule")) policy.rules.push_back(load_rule(rule));
    return policy;
}

}  // namespace harvester::profile
