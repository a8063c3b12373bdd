#include "stats/fact_reader.h"

#include <algorithm>
#include <limits>

namespace harvester::stats {
namespace {

// A damaged file may hold any two moments.
std::uint32_t seconds_between(std::int64_t created_at, std::int64_t merged_at) {
    if (created_at > merged_at) return unknown_time;
    const std::uint64_t seconds =
        static_cast<std::uint64_t>(merged_at) - static_cast<std::uint64_t>(created_at);
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(seconds, unknown_time - 1));
}

std::int32_t count(const cache::Row& row, int column) {
    return static_cast<std::int32_t>(
        std::clamp<std::int64_t>(row.integer(column, -1), -1, std::numeric_limits<std::int32_t>::max()));
}

}  // namespace

FactReader::FactReader(const profile::StatsPolicy& policy, const std::string& organisation,
                       const HistoryNeeds& needs, Names& names)
    : needs_(needs),
      names_(names),
      is_bot_(names.authors, IsBot{AnyOf(policy.bots, AnyOf::Match::whole, true)}),
      is_ours_(names.repositories, IsOurs{organisation + "/"}) {
    if (needs.kinds) kinds_.emplace(policy);
}

const char* FactReader::question() const {
    return needs_.sizes || needs_.kinds ? "cache/stats/merged_in_full.sql" : "cache/stats/merged.sql";
}

void FactReader::add_fact(const cache::Row& row, HistoryPart& part) {
    Fact& fact = part.facts.emplace_back();
    fact.item = row.integer(0);
    const std::int64_t merged_at = row.integer(1);
    fact.merged_at = Instant{Seconds{merged_at}};
    fact.repository = names_.repositories.number(row.integer(2));
    fact.author = names_.authors.number(row.integer(3));
    const std::string_view kind = row.text(4);
    fact.ghost = kind == "ghost";
    fact.bot = kind == "bot";
    if (needs_.times)
        fact.seconds_to_merge =
            seconds_between(row.integer(5, std::numeric_limits<std::int64_t>::max()), merged_at);
    if (needs_.sizes) {
        fact.additions = count(row, 6);
        fact.deletions = count(row, 7);
        fact.changed_files = count(row, 8);
    }
    if (kinds_) {
        part.set_title(fact, row.text(9));
        kinds_->mark(row.text(10), fact);
    }
}

Result<void> FactReader::complete(const cache::Store& store, std::vector<Fact>& facts) {
    if (auto loaded = names_.repositories.load(store); !loaded) return loaded;
    if (auto loaded = names_.authors.load(store); !loaded) return loaded;
    std::erase_if(facts, [&](Fact& fact) {
        fact.bot = !fact.ghost && (fact.bot || is_bot_(fact.author));
        return !is_ours_(fact.repository);
    });
    return {};
}

}  // namespace harvester::stats
