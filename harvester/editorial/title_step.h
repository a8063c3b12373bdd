// The steps of a title's way: small pure functions from title to title. None looks into code spans unless it
// says so; none makes anything unsafe safe, that is done once, after the last of them.
#pragma once

#include <string>
#include <string_view>

#include "profile/title_policy.h"

namespace harvester::editorial {

using profile::TitleSettings;

// The step that a profile names.
std::string apply_step(profile::TitleStepKind kind, std::string_view title, const TitleSettings& settings);

namespace step {

// title_trim.cpp: spaces are single, the final full stop and references to issues go.
std::string trim(std::string_view title);
std::string drop_references(std::string_view title);

// title_code.cpp: what editors put into backticks.
std::string code_paths(std::string_view title);        // a::b
std::string code_attributes(std::string_view title);   // #[attr]
std::string code_generics(std::string_view title);     // Vec<T>, <T as X>::y, &str
std::string code_calls(std::string_view title);        // call(), cfg(test), but not lint(s)
std::string code_identifiers(std::string_view title);  // snake_case, with_{a,b}
std::string code_words(std::string_view title, const TitleSettings& settings);
std::string unbracket_code(std::string_view title);  // [`x`] is `x`
std::string merge_code(std::string_view title);      // `a` `b` is one span

// title_case.cpp: the first word in lower case, and the first after a lead-in that is a word ("rustdoc: X");
// after code and after "type(scope): " a capital stays.
std::string lower_first(std::string_view title, const TitleSettings& settings);
std::string lower_lead(std::string_view title, const TitleSettings& settings);

// title_lead.cpp: commit types, scopes, tool names and tags before the title.
std::string rewrite_tags(std::string_view title, const TitleSettings& settings);
std::string rewrite_lead(std::string_view title, const TitleSettings& settings);
std::string drop_type(std::string_view title, const TitleSettings& settings);
std::string rewrite_scope(std::string_view title, const TitleSettings& settings);
std::string add_prefix(std::string_view title, const TitleSettings& settings);

// title_words.cpp
std::string replace_words(std::string_view title, const TitleSettings& settings);
std::string arrows(std::string_view title);

}  // namespace step
}  // namespace harvester::editorial
