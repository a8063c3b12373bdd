// What is listed, where and in which order; the keys are described in queries/twir.toml, section "editorial".
// Lists of repositories, labels, authors and branches hold names in which `*` stands for any characters.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model.h"
#include "profile/pattern.h"
#include "profile/toml_table.h"

namespace harvester::profile {

// Removes an item that meets all of its conditions; a condition that isn't given is met.
struct DropRule {
    std::string name;
    std::string reason;  // one sentence for people
    std::vector<std::string> repositories;
    std::vector<std::string> authors;
    std::vector<ActorKind> author_kinds;
    std::vector<std::string> labels;
    std::vector<std::string> base_branches;
    std::vector<ItemKind> kinds;
    std::vector<std::size_t> titles;  // numbers in EditorialPolicy::drop_titles; met by one of them
};

// A heading of layout sections; the policy's order is the issue's. Items in repositories that are sorted by
// label are below the section that has one of their labels; else the one that has their commit type, or a
// path they change.
struct SectionPolicy {
    std::string name;  // with {label}: a section for each label that matches
    std::vector<std::string> labels;
    std::optional<std::size_t> wanted{};  // lines at most
    std::vector<std::string> types{};     // "feat" of "feat(parser): ..."
    std::vector<std::string> paths{};     // names with *
};

// How the picks of a section are put in order.
enum class ListOrder { title, number, merged };

// How many candidates of a repository are listed, in one layout.
struct PickPolicy {
    double threshold = 0;               // least score of a pick
    std::optional<std::size_t> wanted;  // lines at most, the best
};

struct RepositoryPolicy {
    std::vector<std::string> names;
    std::string section;    // where its items stand; those sorted by label: where nothing else decides
    bool by_label = false;  // default: true where the profile names no section
    PickPolicy sections;
    PickPolicy flat;
    double other_layout =
        1;  // how much `learn` counts an example of another layout than the newest edition's
    const PickPolicy& picks(Layout layout) const { return layout == Layout::flat ? flat : sections; }
};

// A title that speaks for a section, where labels don't decide. The weights of all that match are added.
struct SectionCue {
    std::string name;
    std::string section;
    double weight = 1;
};

// A stretch of the one list of layout flat; an item goes into the first that takes it.
struct FlatBlock {
    std::string name;
    std::vector<std::string> repositories;
    std::vector<std::string> sections;
    PatternSet titles;
    PatternSet except;  // titles that a later block takes
};

// Features of the score that are a title's matches.
struct NamedPatterns {
    std::vector<std::string> names;
    PatternSet titles;  // in the order of the names
};

// What the score looks at; each is an extractor of editorial/features.h.
enum class FeatureKind {
    repository,
    type,
    scope,
    lead,
    words,
    pairs,
    length,
    code,
    labels,
    patterns,
    size,
    paths,
    age,
    marks
};

// The name that profiles use: "lead".
std::string_view feature_kind_name(FeatureKind kind);

struct ScorePolicy {
    std::vector<FeatureKind> features;
    std::vector<FeatureKind> by_repository;  // those that also count apart for each repository
    std::vector<FeatureKind> by_layout;      // and those for each layout, in which editors pick differently
    NamedPatterns patterns;
    std::vector<ScorePart> given;  // weights set by hand for what the weights file doesn't know
};

// How published issues are read back.
struct PublishedPolicy {
    PatternSet headings;                     // below one of these the list begins
    PatternSet sections;                     // headings inside the list; any other below it ends it
    std::vector<std::string> former_owners;  // of repositories that are the organisation's now
};

// How `learn` fits the weights.
struct LearnPolicy {
    Day from{};                      // first issue learned from
    double ridge = 1;                // penalty on large weights, more than 0
    std::size_t least_examples = 1;  // rarer features get no weight
    double least_weight = 0;         // smaller weights aren't written
    double half_life = 0;            // issues after which an example counts half; 0: all count the same
};

struct EditorialPolicy {
    // Time of day, UTC, at which an issue's list was closed on the first day of the next window.
    Seconds previous_run{0};
    std::vector<DropRule> drop;
    PatternSet drop_titles;  // of all rules: a title is read once
    ListOrder order = ListOrder::title;
    std::string other;  // heading of what no section takes; the last one
    std::optional<Day>
        newcomers_since{};  // who merged nothing since is a first-time contributor; empty: none is named
    std::vector<SectionPolicy> sections;
    std::vector<RepositoryPolicy> repositories;  // the first that names an item's repository counts
    std::vector<SectionCue> cues;
    PatternSet cue_titles;  // in the order of the cues
    std::vector<FlatBlock> blocks;
    ScorePolicy score;
    PublishedPolicy published;
    LearnPolicy learn;
};

// Reads the tables of this part from the root of a profile.
EditorialPolicy load_editorial_policy(const TomlTable& root);

}  // namespace harvester::profile
