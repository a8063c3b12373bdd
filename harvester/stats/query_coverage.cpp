#include "stats/query_coverage.h"

#include <algorithm>
#include <iterator>
#include <optional>

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
    const auto slices = store.all_slices();
    if (!slices) return tl::unexpected(slices.error());
    const auto repositories = full_names(query.filters, profile.organisation);
    // Complete is what each place's search proves.
    std::vector<std::string> searches = profile.stats.further_searches;
    searches.insert(searches.begin(), profile.stats.search);
    const auto covered = [&](const Range& range) {
        std::optional<Coverage> all;
        for (const std::string& search : searches) {
            std::vector<cache::Slice> own;
            std::ranges::copy_if(*slices, std::back_inserter(own),
                                 [&](const cache::Slice& s) { return is_search(s.key.search, search); });
            Coverage one = cover(own, range, repositories, query.now);
            if (!all) {
                all = std::move(one);
                continue;
            }
            all->gaps.insert(all->gaps.end(), one.gaps.begin(), one.gaps.end());
            all->known_since = all->known_since && one.known_since
                                   ? std::optional(std::max(*all->known_since, *one.known_since))
                                   : std::nullopt;
        }
        return *all;
    };
    QueryCoverage out{covered(query.range), {}};
    if (query.compare) out.before = covered(range_before(query.range));
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
