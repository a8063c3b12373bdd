// How many lines of a draft an editor has to touch: editions of the past, each made again with what was known
// before it, against the list that was printed.
#pragma once

#include <array>
#include <cstddef>
#include <ostream>
#include <span>
#include <string>
#include <vector>

#include "edition/learner.h"
#include "edition/past_edition.h"

namespace harvester::edition {

// Lines to touch until a list is the printed one.
struct TouchedLines {
    std::size_t deleted = 0;
    std::size_t added = 0;    // only those that the cache knows
    std::size_t retyped = 0;  // right line, other title
    std::size_t moved = 0;    // right line, other section or out of order
    std::size_t sum() const { return deleted + added + retyped + moved; }
};

// What a draft may be made with.
struct DraftingParts {
    bool refitted =
        true;  // weights fitted before each edition, rather than once before the first one measured
    bool sort_key = true;  // order by the editors' key, rather than by the title as printed
    bool habits = true;    // titles follow what the editor has retyped above them
};

// `decided` against the printed list; only lines of `repositories` count (names without owner; empty: all).
TouchedLines touched_lines(const profile::Profile& profile, const std::vector<Decision>& decided,
                           const PastEdition& past, std::span<const std::string> repositories, bool habits);

struct EvaluatedEdition {
    Day date;
    TouchedLines with;                 // all parts
    TouchedLines without;              // none of them
    std::array<std::size_t, 3> lacks;  // sum of lines without one of the parts, in the order of DraftingParts
};

// Each edition from `first` on, predicted from those before it.
std::vector<EvaluatedEdition> evaluate(const profile::Profile& profile, std::span<const PastEdition> editions,
                                       std::size_t first, std::span<const std::string> repositories);

// A row an edition, the means with their 90 % intervals, and what each part saves.
void print_evaluation(std::ostream& out, std::span<const EvaluatedEdition> editions);

}  // namespace harvester::edition
