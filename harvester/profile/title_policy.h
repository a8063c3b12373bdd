// How titles are printed; its keys are told in queries/twir.toml, section "titles".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model.h"
#include "profile/toml_table.h"

namespace harvester::profile {

// The steps a title can go through. Each is a function of editorial/title_step.h; the profile gives the
// order.
enum class TitleStepKind {
    trim,
    replace_words,
    rewrite_tags,
    drop_references,
    code_paths,
    code_attributes,
    code_generics,
    code_calls,
    code_identifiers,
    code_words,
    unbracket_code,
    merge_code,
    arrows,
    lower_lead,
    lower_first,
    rewrite_lead,
    drop_type,
    rewrite_scope,
    add_prefix,
};

// The name that profiles and `explain` use: "lower_first".
std::string_view step_name(TitleStepKind kind);

// What becomes of the scope in "type(scope): Rest".
// drop: "Rest"; bare: "scope: Rest"; code: "`scope`: Rest"; joined: "cargo scope: Rest", with the prefix
// "cargo: ".
enum class ScopeForm { drop, bare, code, joined };

struct Replacement {
    std::string from;
    std::string to;
    bool operator==(const Replacement&) const = default;
};

// What the steps look up. An empty optional means "as said before".
struct TitleSettings {
    std::optional<std::string> prefix;                    // put before the title, "cargo: "
    std::optional<std::vector<std::string>> drop_types;   // those not printed when alone
    std::optional<std::vector<std::string>> drop_scoped;  // those not printed before a scope
    std::optional<ScopeForm> scope_word;                  // a scope that is a word, "resolver"
    std::optional<ScopeForm> scope_kebab;  // one with a hyphen, "build-rs"; snake_case is always code
    std::optional<std::vector<std::string>> verb_before;  // a dropped type stays as a verb before these words
    std::optional<std::vector<Replacement>> leads;        // "rustdoc" of "rustdoc: x" -> "" (dropped)
    std::optional<std::vector<Replacement>> words;        // whole words outside code
    std::optional<std::vector<std::string>> code_words;   // words printed as code
    std::optional<std::vector<std::string>> keep_case;    // first words that keep their capital

    // Takes over what `other` says.
    void apply(const TitleSettings& other);
};

// Settings for the titles that meet all conditions; an empty condition is met by every title.
struct TitleRule {
    std::optional<Layout> layout;
    std::vector<std::string> repositories;  // without owner
    std::vector<std::string> sections;
    std::optional<Day> since;  // issue dates, both inclusive
    std::optional<Day> until;
    TitleSettings settings;
};

struct TitlePolicy {
    std::vector<TitleStepKind> steps;
    std::size_t key_steps = 0;     // the sort key is the title after so many steps
    std::size_t max_length = 300;  // code points; longer titles are cut at a word and end with "…"
    std::string untitled = "(no title)";  // printed when nothing readable is left of a title
    std::vector<TitleRule> rules;  // in order; later ones win
};

// Reads the tables of this part from the root of a profile.
TitlePolicy load_title_policy(const TomlTable& root);

}  // namespace harvester::profile
