#include "editorial/score.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "editorial/features.h"

namespace harvester::editorial {

Score score(const profile::ScorePolicy& policy, const Weights& weights, const Item& item, Layout layout,
            std::span<const std::string> marks) {
    constexpr std::size_t usual_parts = 32;
    Score out;
    const auto add = [&](std::string_view feature) {
        if (const auto* const learned = weights.find(feature)) {
            if (learned->second != 0) out.parts.push_back({learned->first, learned->second});
            return;
        }
        const auto given = std::find_if(policy.given.begin(), policy.given.end(),
                                        [&](const ScorePart& part) { return part.feature == feature; });
        if (given != policy.given.end() && given->weight != 0)
            out.parts.push_back({given->feature, given->weight});
    };
    out.parts.reserve(usual_parts);
    add(bias_feature);
    each_feature(policy, item, layout, marks, add);
    std::sort(out.parts.begin(), out.parts.end(), [](const WeightedFeature& a, const WeightedFeature& b) {
        const double size_a = std::abs(a.weight), size_b = std::abs(b.weight);
        return size_a != size_b ? size_a > size_b : a.feature < b.feature;
    });
    // A word that occurs in a title twice counts once.
    out.parts.erase(std::unique(out.parts.begin(), out.parts.end()), out.parts.end());
    for (const WeightedFeature& part : out.parts) out.sum += part.weight;
    return out;
}

}  // namespace harvester::editorial
