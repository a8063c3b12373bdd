// The steps of a title: small pure functions from title to title. None looks into code spans unless it says
// so, and none breaks one: what was in a span stays in it. None makes anything unsafe safe; that is done
// once, after the last of them.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "titles/title_settings.h"

namespace harvester::titles {

struct Step {
    std::string_view name;  // as profiles and `explain` call it
    std::string (*apply)(std::string_view title, const TitleSettings& settings);
};

// All steps that a profile may name.
std::span<const Step> all_steps();

// title_words.cpp: spaces are single and the final full stop goes; backticks with a backslash are backticks,
// and one without a partner goes or gets one; references to issues; whole words; the case of the first word.
std::string trim(std::string_view title, const TitleSettings& settings);
std::string close_code(std::string_view title, const TitleSettings& settings);
std::string drop_references(std::string_view title, const TitleSettings& settings);
std::string replace_words(std::string_view title, const TitleSettings& settings);
std::string arrows(std::string_view title, const TitleSettings& settings);
// In lower case: the first word, and the first after a lead-in that is a word ("rustdoc: X"); after code and
// after "type(scope): " a capital stays.
std::string lower_first(std::string_view title, const TitleSettings& settings);
std::string lower_lead(std::string_view title, const TitleSettings& settings);

// title_code.cpp: what editors put into backticks.
std::string code_paths(std::string_view title, const TitleSettings& settings);       // a::b
std::string code_attributes(std::string_view title, const TitleSettings& settings);  // #[attr]
std::string code_generics(std::string_view title,
                          const TitleSettings& settings);                       // Vec<T>, <T as X>::y, &str
std::string code_calls(std::string_view title, const TitleSettings& settings);  // call(), but not lint(s)
std::string code_identifiers(std::string_view title,
                             const TitleSettings& settings);  // snake_case, with_{a,b}
std::string code_words(std::string_view title, const TitleSettings& settings);
std::string unbracket_code(std::string_view title, const TitleSettings& settings);  // [`x`] is `x`
std::string merge_code(std::string_view title, const TitleSettings& settings);      // `a` `b` is one span

// title_lead.cpp: commit types, scopes, tool names and tags before the title.
std::string rewrite_tags(std::string_view title, const TitleSettings& settings);
std::string rewrite_lead(std::string_view title, const TitleSettings& settings);
std::string drop_type(std::string_view title, const TitleSettings& settings);
std::string rewrite_scope(std::string_view title, const TitleSettings& settings);
std::string add_prefix(std::string_view title, const TitleSettings& settings);

}  // namespace harvester::titles
