// The weights of the score: a tab-separated file beside the profile, written by `harvester learn`.
#pragma once

#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/failure.h"
#include "model.h"

namespace harvester::editorial {

// Of the file: "# Format: N" among its comments; without it, 1. Older ones are read as they are: features
// that are no longer known have no effect.
inline constexpr int weights_format = 2;

// The feature that every item has.
inline constexpr const char* bias_feature = "(bias)";

class Weights {
  public:
    Weights() = default;
    Weights(Weights&&) = default;
    Weights& operator=(Weights&&) = delete;  // the names lie in memory_

    // Lines "feature<TAB>weight", further columns are for readers; a first line "feature<TAB>..." names the
    // columns; lines that start with # and empty lines are comments. `name` is the file's for messages. Fails
    // with ExitCode::usage, also when a newer program wrote the file.
    static Result<Weights> parse(std::string_view text, const std::string& name);

    void set(std::string_view feature, double weight);
    // The feature and its weight; nullptr for one that isn't known. Lives as long as these weights.
    const std::pair<const std::string_view, double>* find(std::string_view feature) const;
    // 0 for a feature that isn't known.
    double of(std::string_view feature) const {
        const auto* const known = find(feature);
        return known == nullptr ? 0 : known->second;
    }
    std::size_t size() const { return by_feature_.size(); }

  private:
    std::string_view keep(std::string_view text);  // a copy in memory_

    // Some thousand features are read at every start of a command: their names and the map's nodes share
    // blocks of memory, which go when the weights go.
    std::unique_ptr<std::pmr::monotonic_buffer_resource> memory_ =
        std::make_unique<std::pmr::monotonic_buffer_resource>();
    std::pmr::unordered_map<std::string_view, double> by_feature_{memory_.get()};
};

}  // namespace harvester::editorial
