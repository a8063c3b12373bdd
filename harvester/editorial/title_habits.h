// What the titles that an editor typed into a draft say about its other titles. Habits change from edition to
// edition, so nothing is learned from the past here: one draft, one editor.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "editorial/title.h"
#include "model.h"
#include "profile/title_policy.h"

namespace harvester::editorial {

// A line of a draft.
struct TitleLine {
    std::string repository;  // "rust-lang/cargo"
    std::string section;     // empty in layout flat
    std::string raw;         // the title on GitHub
    std::string text;        // as the draft has it, inline Markdown
    bool retyped = false;    // the editor changed it
};

class TitleHabits {
  public:
    TitleHabits() = default;  // none

    // For each retyped line: which other setting (type or lead kept or dropped, form of the scope, prefix)
    // gives the editor's text? When more lines ask for a setting than leave the profile's as it is, it
    // becomes a habit. `lines` are in the draft's order: below the last retyped one the editor may not have
    // looked yet, so those say nothing.
    TitleHabits(const profile::TitlePolicy& policy, Layout layout, Day edition,
                std::span<const TitleLine> lines);

    bool empty() const { return habits_.empty(); }

    // Puts what the habits say about a title of `input` into its settings.
    void apply(const profile::TitlePolicy& policy, const TitleInput& input,
               profile::TitleSettings& settings) const;

    // "4 titles follow your `perf:` in Cargo", a sentence a habit that changes titles of the picks among
    // `decisions`.
    std::vector<std::string> notes(const profile::TitlePolicy& policy, Layout layout, Day edition,
                                   std::span<const Decision> decisions) const;

  private:
    // "perf:" of cargo in section Cargo; "(word)" stands for a scope's kind, "" for the prefix.
    struct Context {
        std::string repository;
        std::string section;
        std::string what;
        auto operator<=>(const Context&) const = default;
    };
    enum class Choice { kept, dropped, bare, code, joined, typed, prefixed, unprefixed };
    using Choices = std::vector<std::pair<Context, Choice>>;

    static std::vector<Choices> all_choices(const TitleInput& input);
    static void choose(const Context& context, Choice choice, const profile::TitlePolicy& policy,
                       const TitleInput& input, profile::TitleSettings& settings);

    std::map<Context, Choice> habits_;
};

}  // namespace harvester::editorial
