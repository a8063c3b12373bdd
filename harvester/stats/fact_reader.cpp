#include "stats/fact_reader.h"

#include <array>
#include <limits>

#include "stats/kinds.h"

namespace harvester::stats {
namespace {

using cache::Row;
using cache::Value;

// Tells rollups and backports by title and base branch.
class Kinds {
  public:
    explicit Kinds(const profile::StatsPolicy& policy)
        : rollup_(policy.rollup), backport_(policy.backport), either_(titles(policy)) {}

    void mark(std::string_view title, std::string_view branch, Fact& fact) {
        const std::uint32_t number = branches_.number(branch);
        fact.rollup = into_rollup_(number);
        fact.backport = into_backport_(number);
        // Few titles fit any pattern: most are read once and not twice.
        if (!either_(title)) return;
        fact.rollup |= rollup_.titles(title);
        fact.backport |= backport_.titles(title);
    }

  private:
    static AnyOf titles(const profile::StatsPolicy& policy) {
        std::vector<std::string> patterns = policy.rollup.titles;
        patterns.insert(patterns.end(), policy.backport.titles.begin(), policy.backport.titles.end());
        return {patterns, AnyOf::Match::anywhere, false};
    }
    struct Into {
        const AnyOf* rule;
        bool operator()(const std::string& branch) const { return (*rule)(branch); }
    };

    KindRule rollup_, backport_;
    AnyOf either_;
    Interner branches_;
    Remembered<Interner, Into> into_rollup_{branches_, Into{&rollup_.branches}};
    Remembered<Interner, Into> into_backport_{branches_, Into{&backport_.branches}};
};

}  // namespace

Result<std::vector<Fact>> read_facts(const cache::Store& store, const profile::StatsPolicy& policy,
                                     const std::string& organisation, const Range& range, HistoryNeeds needs,
                                     Names& names) {
    std::vector<Fact> facts;
    Kinds kinds(policy);
    const bool in_full = needs.sizes || needs.kinds;
    const char* question = in_full ? "cache/stats/merged_in_full.sql" : "cache/stats/merged.sql";
    const std::array<Value, 2> ends = {range.from, range.to};
    auto done = store.select(question, ends, [&](const Row& row) {
        Fact& fact = facts.emplace_back();
        fact.item = row.integer(0);
        const std::int64_t merged_at = row.integer(1);
        fact.merged_at = Instant{Seconds{merged_at}};
        fact.repository = names.repositories.number(row.integer(2));
        fact.author = names.authors.number(row.integer(3));
        const std::string_view kind = row.text(4);
        fact.ghost = kind == "ghost";
        fact.bot = kind == "bot";
        if (needs.times)
            fact.seconds_to_merge = merged_at - row.integer(5, std::numeric_limits<std::int32_t>::max());
        if (in_full) {
            fact.additions = row.integer(6, -1);
            fact.deletions = row.integer(7, -1);
            fact.changed_files = row.integer(8, -1);
        }
        if (needs.kinds) kinds.mark(row.text(9), row.text(10), fact);
    });
    if (done) done = names.repositories.load(store);
    if (done) done = names.authors.load(store);
    if (!done) return tl::unexpected(done.error());
    const AnyOf bots(policy.bots, AnyOf::Match::whole, true);
    const std::string owner = organisation + "/";
    Remembered is_bot(names.authors, [&](const std::string& login) { return bots(login); });
    Remembered is_ours(names.repositories, [&](const std::string& name) { return name.starts_with(owner); });
    std::erase_if(facts, [&](Fact& fact) {
        fact.bot = !fact.ghost && (fact.bot || is_bot(fact.author));
        return !is_ours(fact.repository);
    });
    return facts;
}

Result<void> mark_firsts(const cache::Store& store, const Range& range, std::vector<Fact>& facts) {
    auto reached = facts.begin();  // the first of the second that was asked about last
    const std::array<Value, 2> ends = {range.from, range.to};
    return store.select("cache/stats/first_merges.sql", ends, [&](const Row& row) {
        const Instant moment{Seconds{row.integer(0)}};
        while (reached != facts.end() && reached->merged_at < moment) ++reached;
        for (auto fact = reached; fact != facts.end() && fact->merged_at == moment; ++fact) {
            if (fact->item != row.integer(1) || fact->bot || fact->ghost) continue;
            (row.integer(2) != 0 ? fact->first_in_repository : fact->first_in_organisation) = true;
        }
    });
}

}  // namespace harvester::stats
