// How much of a range the cache really holds, by the harvest's ledger.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cache/store.h"
#include "profile/profile.h"
#include "stats/query.h"

namespace harvester::stats {

// A part of the range that the numbers lack.
struct Gap {
    enum class Reason {
        not_harvested,  // nobody asked for it
        incomplete,     // asked for, but not everything arrived
        future,         // has not happened yet
    };
    Reason reason = Reason::not_harvested;
    Range range;
    std::string repository;    // empty: the whole organisation
    std::int64_t missing = 0;  // incomplete: how many pull requests did not arrive, as far as GitHub told
    bool operator==(const Gap&) const = default;
};

struct Coverage {
    std::vector<Gap> gaps;  // by time; empty: all is there
    // From when on everything up to the start of the range is there: how far back "for the first time" looks.
    // nullopt: the range's own start is missing.
    std::optional<Instant> known_since;
    bool complete() const { return gaps.empty(); }
};

// What `slices` prove of `range`. A slice proves nothing later than when it was asked. `repositories` are
// those that the query is about ("owner/name"); empty: all, for which only slices of the whole organisation
// count.
Coverage cover(std::span<const cache::Slice> slices, const Range& range,
               const std::vector<std::string>& repositories, Instant now);

struct QueryCoverage {
    Coverage range;
    std::optional<Coverage> before;  // of the range compared with
};

// How many calendar months the range is; 0 when it doesn't begin and end with one.
int whole_months(const Range& range);

// The range that ends where `range` begins: as many calendar months (so that a year is compared with the
// calendar year before), or the same length.
Range range_before(const Range& range);

// Of the query's ranges, by the ledger in the cache.
Result<QueryCoverage> coverage_of(const cache::Store& store, const profile::Profile& profile,
                                  const Query& query);

// One sentence for each gap; none when all is there.
std::vector<std::string> gap_sentences(const QueryCoverage& coverage);

// One sentence that names what is missing and, where that helps, the command that brings it.
std::string sentence(const Gap& gap);

// "2024-11-05 to 2024-11-12" where both ends are midnight, else with times.
std::string format_range(const Range& range);

}  // namespace harvester::stats
