#include "editorial/title_habits.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "markdown/inline_text.h"
#include "titles/title_text.h"

namespace harvester::editorial {

using profile::TitlePolicy;
using profile::TitleSettings;
using titles::ScopeForm;
using titles::ScopeKind;

namespace {

constexpr const char* word_scope = "(word)";
constexpr const char* kebab_scope = "(kebab)";
constexpr const char* prefix_context = "";

void add_once(std::optional<titles::Texts>& list, const std::string& word) {
    if (!list) list.emplace();
    if (std::find(list->begin(), list->end(), word) == list->end()) list->push_back(word);
}

std::string rendered(const TitlePolicy& policy, const TitleSettings& settings, const std::string& raw) {
    return format_title(policy, settings, raw).markdown;
}

}  // namespace

// Every combination of settings that an editor may want for a title: one choice for its lead or scope, one
// for its prefix.
std::vector<TitleHabits::Choices> TitleHabits::all_choices(const TitleInput& input) {
    const std::string name = input.repository.substr(input.repository.rfind('/') + 1);
    const Context prefix{name, input.section, prefix_context};
    const std::string title = markdown::one_line(input.raw);
    const auto lead = titles::split_lead(title);
    std::vector<Choices> out;
    const auto add = [&](const Context& context, std::initializer_list<Choice> choices) {
        for (const Choice choice : choices)
            for (const Choice first : {Choice::unprefixed, Choice::prefixed})
                out.push_back({{context, choice}, {prefix, first}});
    };
    if (lead && lead->scope.empty()) {
        add({name, input.section, titles::lowered(lead->type)}, {Choice::kept, Choice::dropped});
    } else if (lead && titles::scope_kind(lead->scope) != ScopeKind::code) {
        const bool word = titles::scope_kind(lead->scope) == ScopeKind::word;
        add({name, input.section, word ? word_scope : kebab_scope},
            {Choice::dropped, Choice::bare, Choice::code, Choice::joined, Choice::typed});
    } else {
        out = {{{prefix, Choice::unprefixed}}, {{prefix, Choice::prefixed}}};
    }
    return out;
}

void TitleHabits::choose(const Context& context, Choice choice, const TitlePolicy& policy,
                         const TitleInput& input, TitleSettings& settings) {
    const auto scope = [&](ScopeForm form) {
        (context.what == word_scope ? settings.scope_word : settings.scope_kebab) = form;
    };
    switch (choice) {
        case Choice::kept:
            if (settings.drop_types) std::erase(*settings.drop_types, context.what);
            if (settings.leads)
                std::erase_if(*settings.leads, [&](const auto& lead) { return lead.from == context.what; });
            break;
        case Choice::dropped:
            if (context.what == word_scope || context.what == kebab_scope)
                scope(ScopeForm::drop);
            else
                add_once(settings.drop_types, context.what);
            break;
        case Choice::bare:
            scope(ScopeForm::bare);
            break;
        case Choice::code:
            scope(ScopeForm::code);
            break;
        case Choice::joined:
        case Choice::prefixed: {
            // The name that the newsletter's other layout has before such a title.
            TitleInput flat = input;
            flat.layout = Layout::flat;
            settings.prefix = title_settings(policy, flat).prefix;
            if (choice == Choice::joined) scope(ScopeForm::joined);
            break;
        }
        case Choice::unprefixed:
            if (settings.scope_word != ScopeForm::joined && settings.scope_kebab != ScopeForm::joined)
                settings.prefix = "";
            break;
        case Choice::typed:
            scope(ScopeForm::typed);
            break;
    }
}

TitleHabits::TitleHabits(const TitlePolicy& policy, Layout layout, Day edition,
                         std::span<const TitleLine> lines) {
    std::map<Context, std::map<Choice, int>> votes;
    std::map<Context, int> content;  // lines that leave the profile's setting as it is
    const auto last =
        std::find_if(lines.rbegin(), lines.rend(), [](const TitleLine& l) { return l.retyped; });
    for (const TitleLine& line : lines.first(static_cast<std::size_t>(lines.rend() - last))) {
        const TitleInput input{line.repository, line.section, line.raw, layout, edition};
        const TitleSettings settings = title_settings(policy, input);
        const std::string usual = rendered(policy, settings, line.raw);
        // A line that follows a habit already, and that the editor left so, is no vote of the editor's.
        if (!line.retyped && line.text != usual) continue;
        // Per context the choices that give the profile's text, and those that give the editor's.
        std::map<Context, std::set<Choice>> same, wanted;
        for (const Choices& choices : all_choices(input)) {
            TitleSettings other = settings;
            for (const auto& [context, choice] : choices) choose(context, choice, policy, input, other);
            const std::string text = rendered(policy, other, line.raw);
            for (const auto& [context, choice] : choices) {
                if (text == usual) same[context].insert(choice);
                if (text == line.text) wanted[context].insert(choice);
            }
        }
        for (const auto& [context, choices] : wanted) {
            const std::set<Choice>& unchanged = same[context];
            const bool changed = std::none_of(choices.begin(), choices.end(),
                                              [&](Choice choice) { return unchanged.contains(choice); });
            if (changed)
                ++votes[context][*choices.begin()];
            else
                ++content[context];
        }
    }
    for (const auto& [context, choices] : votes) {
        const auto most = std::max_element(choices.begin(), choices.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
        if (most->second > content[context]) habits_.emplace(context, most->first);
    }
}

void TitleHabits::apply(const TitlePolicy& policy, const TitleInput& input, TitleSettings& settings) const {
    if (habits_.empty()) return;
    std::set<Context> contexts;
    for (const Choices& choices : all_choices(input))
        for (const auto& [context, choice] : choices) contexts.insert(context);
    for (const Context& context : contexts)
        if (const auto habit = habits_.find(context); habit != habits_.end())
            choose(context, habit->second, policy, input, settings);
}

std::vector<std::string> TitleHabits::notes(const TitlePolicy& policy, Layout layout, Day edition,
                                            std::span<const Decision> decisions) const {
    std::vector<std::string> out;
    for (const auto& [context, choice] : habits_) {
        std::size_t changed = 0;
        for (const Decision& decision : decisions) {
            if (decision.verdict != Verdict::picked) continue;
            const TitleInput input{decision.item.repository, decision.section, decision.item.title, layout,
                                   edition};
            bool concerned = false;
            for (const Choices& choices : all_choices(input))
                for (const auto& [other, unused] : choices) concerned = concerned || other == context;
            if (!concerned) continue;
            const TitleSettings settings = title_settings(policy, input);
            TitleSettings chosen = settings;
            choose(context, choice, policy, input, chosen);
            if (rendered(policy, chosen, decision.item.title) !=
                rendered(policy, settings, decision.item.title))
                ++changed;
        }
        if (changed == 0) continue;
        const std::string where = context.section.empty() ? context.repository : context.section;
        if (choice == Choice::dropped && !context.what.starts_with('(')) {
            out.push_back(fmt::format("{} {} `{}:` in {}, as you did", changed,
                                      changed == 1 ? "title drops" : "titles drop", context.what, where));
            continue;
        }
        const std::string what = context.what == prefix_context  ? "prefix"
                                 : context.what.starts_with('(') ? "form of scopes"
                                                                 : fmt::format("`{}:`", context.what);
        out.push_back(fmt::format("{} {} your {} in {}", changed,
                                  changed == 1 ? "title follows" : "titles follow", what, where));
    }
    return out;
}

}  // namespace harvester::editorial
