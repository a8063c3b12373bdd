// From what the ledger says about searches to what an edition says about its parts.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "harvest/coverage.h"
#include "profile/profile.h"

namespace harvester::edition {

// The parts (names, in the order of the profile) that take their items from one of these searches
// or folders of reports. Names that the profile doesn't have count for nothing.
std::vector<std::string> parts_of(const profile::Profile& profile, std::span<const std::string> searches);

// The parts of which a search isn't proved, by the ledger or because it failed in this run (`harvested` may
// be null).
std::vector<std::string> unproved_parts(const profile::Profile& profile,
                                        std::span<const harvest::SearchCoverage> coverage,
                                        const harvest::HarvestOutcome* harvested);

// A sentence for each range that the cache lacks, with the searches that lack it.
std::vector<std::string> coverage_warnings(std::span<const harvest::SearchCoverage> coverage);

}  // namespace harvester::edition
