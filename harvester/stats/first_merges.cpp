#include "stats/first_merges.h"

#include <array>

namespace harvester::stats {

Result<void> mark_firsts(const cache::Store& store, const HistoryNeeds& needs, const ItemPlaces& places,
                         std::vector<Fact>& facts) {
    if (facts.empty() || !(needs.first_in_organisation || needs.first_in_repository)) return {};
    // The second at either end may belong to the part beside this one too: what is not here is passed over.
    const std::array<cache::Value, 3> parameters = {facts.front().merged_at,
                                                    facts.back().merged_at + Seconds{1},
                                                    std::int64_t{needs.first_in_repository ? 1 : 0}};
    return store.select("cache/stats/first_merges.sql", parameters, [&](const cache::Row& row) {
        const ItemPlace* found = places.find(row.integer(1));
        if (found == nullptr) return;
        Fact& fact = facts[found->place];
        if (fact.bot || fact.ghost || fact.merged_at != Instant{Seconds{row.integer(0)}}) return;
        (row.integer(2) != 0 ? fact.first_in_repository : fact.first_in_organisation) = true;
    });
}

}  // namespace harvester::stats
