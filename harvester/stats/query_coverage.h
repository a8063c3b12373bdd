// What the cache lacks of a query's ranges, in sentences for people.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cache/store.h"
#include "profile/profile.h"
#include "stats/coverage.h"
#include "stats/query.h"

namespace harvester::stats {

struct QueryCoverage {
    Coverage range;
    std::optional<Coverage> before;  // of the range compared with
};

// The range of the same length that ends where `range` begins.
Range range_before(const Range& range);

Result<QueryCoverage> coverage_of(const cache::Store& store, const profile::Profile& profile,
                                  const Query& query);

// One for each gap; none when all is there.
std::vector<std::string> gap_sentences(const QueryCoverage& coverage);

}  // namespace harvester::stats
