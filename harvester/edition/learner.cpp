#include "edition/learner.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "editorial/features.h"
#include "editorial/section.h"

namespace harvester::edition {
namespace {

std::span<const std::string> marks_of(const editorial::DecideContext& context, const Decision& decision) {
    const auto marks = context.marks.find(decision.item.url);
    return marks == context.marks.end() ? std::span<const std::string>{} : marks->second;
}

}  // namespace

Learner::Learner(const profile::Profile& profile, std::span<const PastEdition> editions)
    : profile_(profile), editions_(editions) {
    std::unordered_map<std::string, std::size_t> printed_in;
    for (std::size_t i = 0; i < editions.size(); ++i)
        for (const draft::PublishedItem& item : editions[i].printed)
            printed_in.try_emplace(item_key(item.repository, item.number), i);
    for (std::size_t i = 0; i < editions.size(); ++i) {
        const editorial::DecideContext& context = editions[i].context;
        // A candidate counts once: what was merged before the harvest of the edition before was its
        // candidate.
        const Instant begin = Instant{context.issue.window.first} + profile.editorial.previous_run;
        for (const Decision& decision : editorial::decide(profile, {}, editions[i].merged, context)) {
            if (decision.verdict != Verdict::picked && decision.verdict != Verdict::left) continue;
            if (decision.item.merged_at && *decision.item.merged_at < begin) continue;
            Candidate candidate;
            for (const std::string& feature : editorial::features(
                     profile.editorial.score, decision.item, context.layout, marks_of(context, decision)))
                candidate.features.push_back(numbers_.of(feature));
            candidate.edition = i;
            candidate.repository = editorial::repository_policy(profile.editorial, decision.item.repository);
            const auto found = printed_in.find(item_key(decision.item.repository, decision.item.number));
            candidate.printed_in = found == printed_in.end() ? editions.size() : found->second;
            candidates_.push_back(std::move(candidate));
        }
    }
}

std::vector<editorial::LearnedWeight> Learner::fit(std::size_t count, double half_life) const {
    if (count == 0) return {};
    const profile::LearnPolicy& policy = profile_.editorial.learn;
    const Day newest = editions_[count - 1].context.issue.date;
    const Layout layout = editions_[count - 1].context.layout;
    std::vector<editorial::Example> examples;
    for (const Candidate& candidate : candidates_) {
        if (candidate.edition >= count) break;
        const double weeks =
            static_cast<double>((newest - editions_[candidate.edition].context.issue.date).count()) / 7;
        double weight = half_life > 0 ? std::exp2(-weeks / half_life) : 1;
        if (editions_[candidate.edition].context.layout != layout)
            weight *= candidate.repository->other_layout;
        examples.push_back({candidate.features, candidate.printed_in < count, weight});
    }
    return editorial::fit(
        numbers_, examples,
        {policy.ridge, policy.least_examples, policy.least_weight, profile_.editorial.score.given});
}

std::size_t Learner::examples(std::size_t count) const {
    return static_cast<std::size_t>(std::count_if(candidates_.begin(), candidates_.end(),
                                                  [&](const Candidate& c) { return c.edition < count; }));
}

}  // namespace harvester::edition
