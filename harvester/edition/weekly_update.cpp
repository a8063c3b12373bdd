#include "edition/weekly_update.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_set>

namespace harvester::edition {
namespace {

constexpr std::size_t judged_editions = 4;
constexpr std::size_t forgiven_lines = 2;  // in sum; less is chance
constexpr std::size_t expected_from = 8;   // editions whose mean is what is expected of the next
constexpr double quick_half_life = 2;      // editions; follows a change of habit within four of them
constexpr double least_known_share = 0.5;  // of the printed lines that were candidates

// The share of the printed pull requests that were merged in the window, in the repository that the cache
// knows best: of some it may hold only a part.
double known_share(const PastEdition& past) {
    std::unordered_set<std::string> merged;
    for (const Item& item : past.merged) merged.insert(item_key(item.repository, item.number));
    std::map<std::string, std::pair<double, double>> counts;  // known and all, by repository
    for (const draft::PublishedItem& item : past.printed) {
        auto& [known, all] = counts[item.repository];
        all += 1;
        known += merged.contains(item_key(item.repository, item.number)) ? 1 : 0;
    }
    double best = 0;
    for (const auto& [repository, count] : counts) best = std::max(best, count.first / count.second);
    return best;
}

}  // namespace

std::vector<std::string> remove_unusable(const profile::Profile& profile,
                                         std::vector<PastEdition>& editions) {
    std::vector<std::string> out;
    std::erase_if(editions, [&](const PastEdition& past) {
        const Day date = past.context.issue.date;
        const char* const reason =
            past.context.layout != profile.form.layout(date) ? "its list lacks the sections' headings"
            : known_share(past) < least_known_share ? "most of what it lists wasn't merged in its window"
                                                    : nullptr;
        if (reason != nullptr)
            out.push_back(fmt::format("edition {} is left out: {}", format_day(date), reason));
        return reason != nullptr;
    });
    return out;
}

WeeklyUpdate weekly_update(const profile::Profile& profile, const Learner& learner,
                           std::span<const PastEdition> editions, std::vector<LearnedEdition> log) {
    WeeklyUpdate out;
    const profile::LearnPolicy& policy = profile.editorial.learn;
    const std::size_t first = editions.size() - judged_editions;
    const auto lines = [&](const std::vector<editorial::LearnedWeight>& learned, const PastEdition& past) {
        const auto decided =
            editorial::decide(profile, editorial::as_weights(learned), past.merged, past.context);
        return touched_lines(profile, decided, past, {}, true);
    };
    // Each of the last editions, predicted from those before it.
    const auto predicted = [&](double half_life) {
        std::vector<TouchedLines> all;
        for (std::size_t i = first; i < editions.size(); ++i)
            all.push_back(lines(learner.fit(i, half_life), editions[i]));
        return all;
    };
    const auto sum = [](const std::vector<TouchedLines>& all) {
        std::size_t total = 0;
        for (const TouchedLines& edition : all) total += edition.sum();
        return total;
    };
    const auto unlearned = learner.fit(first);
    for (std::size_t i = first; i < editions.size(); ++i) out.without += lines(unlearned, editions[i]).sum();
    std::vector<TouchedLines> fresh = predicted(policy.half_life);
    out.half_life = policy.half_life;
    if (auto quick = predicted(quick_half_life); sum(quick) + forgiven_lines < sum(fresh)) {
        fresh = std::move(quick);
        out.half_life = quick_half_life;
    }
    out.with = sum(fresh);

    for (std::size_t i = first; i < editions.size(); ++i) {
        const Day date = editions[i].context.issue.date;
        if (!log.empty() && date <= log.back().date) continue;
        double expected = 0;
        const std::size_t before = std::min(log.size(), expected_from);
        for (std::size_t k = log.size() - before; k < log.size(); ++k)
            expected += static_cast<double>(log[k].lines.sum()) / static_cast<double>(before);
        log.push_back({date, expected, fresh[i - first]});
    }
    out.kept = out.with <= out.without + forgiven_lines;
    out.log = std::move(log);
    return out;
}

}  // namespace harvester::edition
