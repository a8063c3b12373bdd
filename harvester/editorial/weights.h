// The weights of the score: a tab-separated file beside the profile, written by `harvester learn`.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/failure.h"
#include "model.h"

namespace harvester::editorial {

// The feature that every item has.
inline constexpr const char* bias_feature = "(bias)";

class Weights {
  public:
    // Lines "feature<TAB>weight", further columns are for readers; a first line "feature<TAB>..." names the
    // columns; lines that start with # and empty lines are comments. `name` is the file's for messages. Fails
    // with ExitCode::usage.
    static Result<Weights> parse(std::string_view text, const std::string& name);

    void set(const std::string& feature, double weight);
    // 0 for a feature that isn't known.
    double of(const std::string& feature) const;
    bool knows(const std::string& feature) const;
    std::size_t size() const { return by_feature_.size(); }

  private:
    std::unordered_map<std::string, double> by_feature_;
};

}  // namespace harvester::editorial
