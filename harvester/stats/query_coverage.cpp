#include "stats/query_coverage.h"

#include <algorithm>

namespace harvester::stats {
namespace {

std::vector<std::string> full_names(const Filters& filters, const std::string& organisation) {
    std::vector<std::string> out;
    for (const std::string& name : filters.repositories)
        out.push_back(name.find('/') == std::string::npos ? organisation + "/" + name : name);
    return out;
}

// The ledger's name of a search is the profile's, alone or with what its answer depends on behind a colon.
bool is_search(const std::string& slice, const std::string& wanted) {
    return slice == wanted ||
           (slice.starts_with(wanted) && slice.size() > wanted.size() && slice[wanted.size()] == ':');
}

}  // namespace

Range range_before(const Range& range) {
    return {range.from - (range.to - range.from), range.from};
}

Result<QueryCoverage> coverage_of(const cache::Store& store, const profile::Profile& profile,
                                  const Query& query) {
    auto slices = store.all_slices();
    if (!slices) return tl::unexpected(slices.error());
    std::erase_if(*slices,
                  [&](const cache::Slice& s) { return !is_search(s.key.search, profile.stats.search); });
    const auto repositories = full_names(query.filters, profile.organisation);
    QueryCoverage out{cover(*slices, query.range, repositories, query.now), {}};
    if (query.compare) out.before = cover(*slices, range_before(query.range), repositories, query.now);
    return out;
}

std::vector<std::string> gap_sentences(const QueryCoverage& coverage) {
    std::vector<std::string> out;
    for (const Gap& gap : coverage.range.gaps) out.push_back("Not complete: " + sentence(gap));
    if (coverage.before)
        for (const Gap& gap : coverage.before->gaps)
            out.push_back("The range before is not complete: " + sentence(gap));
    return out;
}

}  // namespace harvester::stats
