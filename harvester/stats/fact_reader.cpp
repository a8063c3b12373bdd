#include "stats/fact_reader.h"

#include <array>
#include <limits>

#include "stats/cells.h"
#include "stats/kinds.h"

namespace harvester::stats {

using cache::Value;

Result<std::vector<Fact>> read_facts(const cache::Store& store, const profile::StatsPolicy& policy,
                                     const std::string& organisation, const Range& range, HistoryNeeds needs,
                                     Names& names) {
    std::vector<Fact> facts;
    const std::string owner = organisation + "/";
    const AnyOf bots(policy.bots, AnyOf::Match::whole, true);
    const KindRule rollup(policy.rollup), backport(policy.backport);
    Remembered is_bot(names.authors, [&](const std::string& login) { return bots(login); });
    Remembered is_ours(names.repositories, [&](const std::string& name) { return name.starts_with(owner); });
    const auto flag = [](bool wanted) { return Value{std::int64_t{wanted ? 1 : 0}}; };
    const std::array<Value, 5> parameters = {seconds(range.from), seconds(range.to), flag(needs.times),
                                             flag(needs.sizes), flag(needs.kinds)};
    const auto asked = store.select("cache/stats/merged.sql", parameters, [&](Cells row) {
        Fact fact;
        fact.repository = names.repositories.number(text(row[2]));
        if (!is_ours(fact.repository)) return;
        fact.item = number(row[0], 0);
        fact.merged_at = Instant{Seconds{number(row[1], 0)}};
        fact.seconds_to_merge = number(row[1], 0) - number(row[5], std::numeric_limits<std::int32_t>::max());
        fact.author = names.authors.number(text(row[3]));
        const std::string_view kind = text(row[4]);
        fact.ghost = kind == "ghost";
        fact.bot = !fact.ghost && (kind == "bot" || is_bot(fact.author));
        fact.additions = number(row[6], -1);
        fact.deletions = number(row[7], -1);
        fact.changed_files = number(row[8], -1);
        if (needs.kinds) {
            fact.rollup = rollup.fits(text(row[9]), text(row[10]));
            fact.backport = backport.fits(text(row[9]), text(row[10]));
        }
        facts.push_back(fact);
    });
    if (!asked) return tl::unexpected(asked.error());
    return facts;
}

Result<void> mark_firsts(const cache::Store& store, const Range& range, std::vector<Fact>& facts) {
    const std::array<Value, 2> parameters = {seconds(range.from), seconds(range.to)};
    auto reached = facts.begin();  // the first of the second that was asked about last
    return store.select("cache/stats/first_merges.sql", parameters, [&](Cells row) {
        const Instant moment{Seconds{number(row[0], 0)}};
        while (reached != facts.end() && reached->merged_at < moment) ++reached;
        for (auto fact = reached; fact != facts.end() && fact->merged_at == moment; ++fact) {
            if (fact->item != number(row[1], 0) || fact->bot || fact->ghost) continue;
            (number(row[2], 0) != 0 ? fact->first_in_repository : fact->first_in_organisation) = true;
        }
    });
}

}  // namespace harvester::stats
