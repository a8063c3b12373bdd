#include "titles/title_steps.h"

#include <array>

namespace harvester::titles {
namespace {

constexpr auto steps = std::to_array<Step>({
    {"trim", trim},
    {"close_code", close_code},
    {"drop_references", drop_references},
    {"replace_words", replace_words},
    {"arrows", arrows},
    {"lower_first", lower_first},
    {"lower_lead", lower_lead},
    {"code_paths", code_paths},
    {"code_attributes", code_attributes},
    {"code_generics", code_generics},
    {"code_calls", code_calls},
    {"code_identifiers", code_identifiers},
    {"code_words", code_words},
    {"unbracket_code", unbracket_code},
    {"merge_code", merge_code},
    {"rewrite_tags", rewrite_tags},
    {"rewrite_lead", rewrite_lead},
    {"drop_type", drop_type},
    {"rewrite_scope", rewrite_scope},
    {"add_prefix", add_prefix},
});

template <class T>
void take(std::optional<T>& mine, const std::optional<T>& other) {
    if (other) mine = other;
}

}  // namespace

std::span<const Step> all_steps() {
    return steps;
}

void TitleSettings::apply(const TitleSettings& other) {
    take(prefix, other.prefix);
    take(drop_types, other.drop_types);
    take(drop_scoped, other.drop_scoped);
    take(scope_word, other.scope_word);
    take(scope_kebab, other.scope_kebab);
    take(verb_before, other.verb_before);
    take(no_fix_with, other.no_fix_with);
    take(drop_tags, other.drop_tags);
    take(leads, other.leads);
    take(words, other.words);
    take(code_words, other.code_words);
    take(keep_case, other.keep_case);
}

}  // namespace harvester::titles
