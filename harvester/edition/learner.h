// Fits weights to the editions of the past as they were known at some time.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "edition/past_edition.h"
#include "editorial/training.h"

namespace harvester::edition {

class Learner {
  public:
    // `editions` oldest first; they and the profile must outlive this.
    Learner(const profile::Profile& profile, std::span<const PastEdition> editions);

    // Fitted to the first `count` editions, with nothing that a later one says; an example counts half after
    // `half_life` editions (0: all count the same).
    std::vector<editorial::LearnedWeight> fit(std::size_t count, double half_life) const;
    std::vector<editorial::LearnedWeight> fit(std::size_t count) const {
        return fit(count, profile_.editorial.learn.half_life);
    }

    // Candidates of the first `count` editions.
    std::size_t examples(std::size_t count) const;

  private:
    struct Candidate {
        std::vector<std::uint32_t> features;
        std::size_t edition = 0;     // in whose window it was merged: its place in editions_
        std::size_t printed_in = 0;  // likewise of the edition that printed it; editions_.size(): none
        const profile::RepositoryPolicy* repository = nullptr;
    };

    const profile::Profile& profile_;
    std::span<const PastEdition> editions_;
    editorial::FeatureNumbers numbers_;
    std::vector<Candidate> candidates_;  // in the editions' order
};

}  // namespace harvester::edition
