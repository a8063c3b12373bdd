// Fits the weights of the score to what editors listed: logistic regression with a ridge penalty.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "editorial/weights.h"
#include "model.h"

namespace harvester::editorial {

// Numbers for the names of features, from 0 in the order in which they were first seen.
class FeatureNumbers {
  public:
    std::uint32_t of(const std::string& name);
    const std::string& name(std::uint32_t number) const { return names_[number]; }
    std::size_t size() const { return names_.size(); }

  private:
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::vector<std::string> names_;
};

// A candidate of the past.
struct Example {
    std::span<const std::uint32_t> features;  // each once; without the bias, which every example has
    bool listed = false;
    double weight = 1;  // how much it counts, more than 0
};

struct FitOptions {
    double ridge = 1;                // penalty on the square of a weight's distance from what is expected
    std::size_t least_examples = 1;  // rarer features get no weight
    double least_weight = 0;         // smaller weights are left out of the result
    std::span<const ScorePart> expected{};  // weights before any example; 0 for features not named
};

struct LearnedWeight {
    std::string feature;
    double weight = 0;
    std::size_t examples = 0;  // that have the feature
    std::size_t listed = 0;    // of them
};

// The weights, the bias (which has no penalty) first, then biggest first. Deterministic: no randomness, and
// the order of every sum is the examples'. Empty when there are no examples.
std::vector<LearnedWeight> fit(const FeatureNumbers& numbers, std::span<const Example> examples,
                               const FitOptions& options);

Weights as_weights(std::span<const LearnedWeight> learned);

// The weights file; `comments` are put before it, a line each.
std::string weights_file(std::span<const LearnedWeight> learned, std::span<const std::string> comments);

}  // namespace harvester::editorial
