// What the steps of a title look up; the keys are described in queries/twir.toml, section "titles".
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace harvester::titles {

// What becomes of the scope in "type(scope): Rest".
// drop: "Rest"; bare: "scope: Rest"; code: "`scope`: Rest"; joined: "cargo scope: Rest", with the prefix
// "cargo: "; typed: "`type(scope)`: Rest".
enum class ScopeForm { drop, bare, code, joined, typed };

struct Replacement {
    std::string from;
    std::string to;
    bool operator==(const Replacement&) const = default;
};

using Texts = std::vector<std::string>;

// An empty optional means "as said before".
struct TitleSettings {
    std::optional<std::string> prefix;     // put before the title, "cargo: "
    std::optional<Texts> drop_types;       // those not printed when alone
    std::optional<Texts> drop_scoped;      // those not printed before a scope
    std::optional<ScopeForm> scope_word;   // a scope that is a word, "resolver"
    std::optional<ScopeForm> scope_kebab;  // one with a hyphen, "build-rs"; snake_case is always code
    std::optional<Texts> verb_before;      // a dropped type stays as a verb before these words
    std::optional<Texts> no_fix_with;      // "fix `x` should y" loses its verb when it has one of these words
    std::optional<Texts> drop_tags;        // first words of "[tags]" that aren't printed
    std::optional<std::vector<Replacement>> leads;  // "rustdoc" of "rustdoc: x" -> "" (dropped)
    std::optional<std::vector<Replacement>> words;  // whole words outside code
    std::optional<Texts> code_words;                // words printed as code
    std::optional<Texts> keep_case;                 // first words that keep their capital

    // Takes over what `other` says.
    void apply(const TitleSettings& other);
};

}  // namespace harvester::titles
