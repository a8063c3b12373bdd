// A linear score: the sum of the weights of an item's features.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "editorial/weights.h"
#include "model.h"
#include "profile/editorial_policy.h"

namespace harvester::editorial {

struct WeightedFeature {
    std::string_view feature;  // lives as long as the weights and the policy
    double weight = 0;
    bool operator==(const WeightedFeature&) const = default;
};

struct Score {
    double sum = 0;                      // log-odds of being listed, as the learner fits them
    std::vector<WeightedFeature> parts;  // biggest first, then by name
};

// `weights` as the file has them, and the profile's weights given by hand for what the file doesn't know.
Score score(const profile::ScorePolicy& policy, const Weights& weights, const Item& item, Layout layout,
            std::span<const std::string> marks = {});

}  // namespace harvester::editorial
