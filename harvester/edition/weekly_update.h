// `learn --update`: new weights after an edition was published, safe to run without anyone looking.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "edition/learned_weights.h"
#include "edition/learner.h"

namespace harvester::edition {

struct WeeklyUpdate {
    bool kept = false;     // the new weights are better, or hardly worse, than not learning
    double half_life = 0;  // with which they are to be fitted
    std::size_t with =
        0;  // lines over the last editions, each predicted by weights fitted to those before it
    std::size_t without = 0;  // by weights that had seen none of them
    std::vector<LearnedEdition> log;
};

// Editions of which nothing can be learned: without the headings of their layout, or whose list has hardly
// anything in common with what was merged. They are removed; a sentence on each.
std::vector<std::string> remove_unusable(const profile::Profile& profile, std::vector<PastEdition>& editions);

// Judges the weights fitted to all editions by their last four; the quick half-life is taken when it would
// have saved lines there. `log` is what earlier updates noted. Requires more than four editions.
WeeklyUpdate weekly_update(const profile::Profile& profile, const Learner& learner,
                           std::span<const PastEdition> editions, std::vector<LearnedEdition> log);

}  // namespace harvester::edition
