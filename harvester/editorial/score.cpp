#include "editorial/score.h"

#include <algorithm>
#include <cmath>

#include "editorial/features.h"

namespace harvester::editorial {

Score score(const profile::ScorePolicy& policy, const Weights& weights, const Item& item, Layout layout) {
    Score out;
    const auto add = [&](const std::string& feature) {
        double weight = weights.of(feature);
        if (weight == 0 && !weights.knows(feature)) {
            const auto given = std::find_if(policy.given.begin(), policy.given.end(),
                                            [&](const ScorePart& part) { return part.feature == feature; });
            if (given != policy.given.end()) weight = given->weight;
        }
        if (weight != 0) out.parts.push_back({feature, weight});
    };
    add(bias_feature);
    for (const std::string& feature : features(policy, item, layout)) add(feature);
    std::sort(out.parts.begin(), out.parts.end(), [](const ScorePart& a, const ScorePart& b) {
        const double size_a = std::abs(a.weight), size_b = std::abs(b.weight);
        return size_a != size_b ? size_a > size_b : a.feature < b.feature;
    });
    for (const ScorePart& part : out.parts) out.sum += part.weight;
    return out;
}

}  // namespace harvester::editorial
