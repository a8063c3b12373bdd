// Fits the weights of the score to what editors listed: logistic regression with a ridge penalty.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "editorial/weights.h"

namespace harvester::editorial {

// A candidate of the past.
struct Example {
    std::vector<std::string> features;  // each once; without the bias, which every example has
    bool listed = false;
    double weight = 1;  // how much it counts, more than 0
};

struct FitOptions {
    double ridge = 1;                // penalty on a weight's square; more than 0. The bias has none
    std::size_t least_examples = 1;  // rarer features get no weight
    double least_weight = 0;         // smaller weights are left out of the result
};

struct LearnedWeight {
    std::string feature;
    double weight = 0;
    std::size_t examples = 0;  // that have the feature
    std::size_t listed = 0;    // of them
};

// The weights, the bias first, then biggest first. Deterministic: no randomness, and the sum's order is the
// examples'. Empty when there are no examples.
std::vector<LearnedWeight> fit(std::span<const Example> examples, const FitOptions& options);

Weights as_weights(std::span<const LearnedWeight> learned);

// The weights file; `comments` are put before it, a line each.
std::string weights_file(std::span<const LearnedWeight> learned, std::span<const std::string> comments);

}  // namespace harvester::editorial
