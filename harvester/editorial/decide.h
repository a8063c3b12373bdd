// editorial/: decides what is listed, where, in which order and how its title reads. Each decision carries
// its reason. Everything here is a pure function of the profile, the weights and the items.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "editorial/weights.h"
#include "model.h"
#include "profile/profile.h"

namespace harvester::editorial {

struct DecideContext {
    Edition issue;
    Layout layout = Layout::sections;
    // URLs that an earlier issue printed or that its harvest saw: none of them is a candidate again.
    std::unordered_set<std::string> seen;
    // True when `seen` holds all that the previous issue's harvest saw. Otherwise what was merged before the
    // profile's `previous_run` on the window's first day is taken for the previous issue's.
    bool previous_harvest_known = false;
    // What the week's reports say about an item, by its URL: features of the score.
    std::unordered_map<std::string, std::vector<std::string>> marks{};
    // Whether decisions tell what a list doesn't show, most of their time and memory: score_parts and
    // title_steps, and of what is neither picked nor left the section, title and score.
    bool explained = true;
};

// One decision for each item: first the picks in the order of the list, then the candidates left out, best
// first within each section, then the rest by repository and number. The order of `items` doesn't matter.
std::vector<Decision> decide(const profile::Profile& profile, const Weights& weights, std::vector<Item> items,
                             const DecideContext& context);

// The weights that go with a profile. Fails with ExitCode::usage.
Result<Weights> profile_weights(const profile::Profile& profile);

}  // namespace harvester::editorial
