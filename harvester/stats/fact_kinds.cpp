#include "stats/fact_kinds.h"

#include <vector>

namespace harvester::stats {
namespace {

AnyOf branches(const profile::KindPolicy& policy) {
    return {policy.branches, AnyOf::Match::whole, false};
}

AnyOf titles(const std::vector<std::string>& patterns) {
    return {patterns, AnyOf::Match::anywhere, false};
}

AnyOf all_titles(const profile::StatsPolicy& policy) {
    std::vector<std::string> patterns = policy.rollup.titles;
    patterns.insert(patterns.end(), policy.backport.titles.begin(), policy.backport.titles.end());
    return titles(patterns);
}

}  // namespace

KindsByBranch::KindsByBranch(const profile::StatsPolicy& policy)
    : rollup_(branches_, branches(policy.rollup)), backport_(branches_, branches(policy.backport)) {}

void KindsByBranch::mark(std::string_view branch, Fact& fact) {
    const std::uint32_t number = branches_.number(branch);
    fact.rollup |= rollup_(number);
    fact.backport |= backport_(number);
}

KindsByTitle::KindsByTitle(const profile::StatsPolicy& policy)
    : rollup_(titles(policy.rollup.titles)),
      backport_(titles(policy.backport.titles)),
      either_(all_titles(policy)) {}

void KindsByTitle::mark(HistoryPart& part) const {
    for (Fact& fact : part.facts) {
        const std::string_view title = part.title(fact);
        // Few titles fit any pattern: most are read once and not twice.
        if (!either_(title)) continue;
        fact.rollup |= rollup_(title);
        fact.backport |= backport_(title);
    }
}

KindsByLabel::KindsByLabel(const profile::StatsPolicy& policy, const Interner& labels)
    : rollup_(labels, [&](const std::string& label) { return listed(policy.rollup.labels, label); }),
      backport_(labels, [&](const std::string& label) { return listed(policy.backport.labels, label); }) {}

void KindsByLabel::mark(HistoryPart& part) {
    for (Fact& fact : part.facts)
        for (std::uint32_t i = fact.labels_begin; i < fact.labels_end; ++i) {
            fact.rollup |= rollup_(part.labels[i]);
            fact.backport |= backport_(part.labels[i]);
        }
}

}  // namespace harvester::stats
