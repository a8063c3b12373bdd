#include "stats/history.h"

#include <algorithm>

#include "stats/fact_labels.h"
#include "stats/fact_reader.h"
#include "stats/kinds.h"

namespace harvester::stats {
namespace {

void filter(const Filters& filters, const Names& names, History& history) {
    if (filters.repositories.empty() && filters.authors.empty() && filters.labels.empty() && !filters.no_bots)
        return;
    Remembered repository(names.repositories, [&](const std::string& name) {
        return listed_repository(filters.repositories, name);
    });
    Remembered author(names.authors,
                      [&](const std::string& login) { return listed(filters.authors, login); });
    Remembered label(names.labels, [&](const std::string& name) { return listed(filters.labels, name); });
    const auto passes = [&](const Fact& fact) {
        if (filters.no_bots && fact.bot) return false;
        if (!filters.repositories.empty() && !repository(fact.repository)) return false;
        if (!filters.authors.empty() && !author(fact.author)) return false;
        return filters.labels.empty() || std::any_of(history.labels.begin() + fact.labels_begin,
                                                     history.labels.begin() + fact.labels_end, label);
    };
    std::erase_if(history.facts, [&](const Fact& fact) { return !passes(fact); });
}

}  // namespace

Result<History> load_history(const cache::Store& store, const profile::StatsPolicy& policy,
                             const std::string& organisation, const Range& range, const Filters& filters,
                             HistoryNeeds needs, Names& names) {
    auto facts = read_facts(store, policy, organisation, range, needs, names);
    if (!facts) return tl::unexpected(facts.error());
    History history{std::move(*facts), {}};
    Result<void> done;
    if (needs.firsts) done = mark_firsts(store, range, history.facts);
    const bool kinds_by_label =
        needs.kinds && !(policy.rollup.labels.empty() && policy.backport.labels.empty());
    const bool all_labels = needs.labels || !filters.labels.empty();
    if (done && (all_labels || kinds_by_label)) {
        std::optional<std::vector<std::string>> only;
        if (!all_labels) {
            only = policy.rollup.labels;
            only->insert(only->end(), policy.backport.labels.begin(), policy.backport.labels.end());
        }
        done = read_labels(store, range, only, history, names);
    }
    if (!done) return tl::unexpected(done.error());
    if (kinds_by_label) add_kinds_by_label(policy, names, history);
    filter(filters, names, history);
    return history;
}

}  // namespace harvester::stats
