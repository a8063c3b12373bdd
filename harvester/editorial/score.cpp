#include "editorial/score.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "editorial/features.h"

namespace harvester::editorial {

Score score(const profile::ScorePolicy& policy, const Weights& weights, const Item& item, Layout layout) {
    Score out;
    const auto add = [&](std::string_view feature) {
        std::optional<double> weight = weights.find(feature);
        if (!weight) {
            const auto given = std::find_if(policy.given.begin(), policy.given.end(),
                                            [&](const ScorePart& part) { return part.feature == feature; });
            if (given != policy.given.end()) weight = given->weight;
        }
        if (weight.value_or(0) != 0) out.parts.push_back({std::string(feature), *weight});
    };
    add(bias_feature);
    each_feature(policy, item, layout, add);
    std::sort(out.parts.begin(), out.parts.end(), [](const ScorePart& a, const ScorePart& b) {
        const double size_a = std::abs(a.weight), size_b = std::abs(b.weight);
        return size_a != size_b ? size_a > size_b : a.feature < b.feature;
    });
    // A word that stands in a title twice counts once.
    out.parts.erase(std::unique(out.parts.begin(), out.parts.end()), out.parts.end());
    for (const ScorePart& part : out.parts) out.sum += part.weight;
    return out;
}

}  // namespace harvester::editorial
