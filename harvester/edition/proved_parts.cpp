#include "edition/proved_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace harvester::edition {
namespace {

bool shares_label(const std::vector<std::string>& some, const std::vector<std::string>& others) {
    return std::ranges::any_of(
        some, [&](const std::string& label) { return std::ranges::find(others, label) != others.end(); });
}

// Whether a part takes its items from what a search reads.
bool feeds(const profile::SearchPolicy& search, const profile::PartPolicy& part) {
    const bool by_paths = search.reading == profile::Reading::paths && search.repository == part.repository;
    switch (part.kind) {
        case profile::PartKind::merged:  // all places; a search of one repository for its own sake isn't
                                         // meant
            return search.axis == profile::Axis::merged &&
                   (search.repository.empty() || !search.place.empty());
        case profile::PartKind::opened:
            return search.axis == profile::Axis::created;
        case profile::PartKind::labelled:
            return search.reading == profile::Reading::labelled && shares_label(search.labels, part.labels);
        case profile::PartKind::approved:
            return by_paths && search.axis == profile::Axis::merged;
        case profile::PartKind::proposed:
            return by_paths && search.axis != profile::Axis::merged;
        case profile::PartKind::report:
            break;
    }
    return false;
}

}  // namespace

std::vector<std::string> parts_of(const profile::Profile& profile, std::span<const std::string> searches) {
    const auto named = [&](const auto& policy) {
        return std::ranges::find(searches, policy.name) != searches.end();
    };
    std::vector<std::string> out;
    for (const profile::PartPolicy& part : profile.form.parts) {
        const bool fed = part.kind == profile::PartKind::report
                             ? std::ranges::any_of(profile.harvest.files, named)
                             : std::ranges::any_of(profile.harvest.searches, [&](const auto& search) {
                                   return named(search) && feeds(search, part);
                               });
        if (fed) out.push_back(part.name);
    }
    return out;
}

std::vector<std::string> unproved_parts(const profile::Profile& profile,
                                        std::span<const harvest::SearchCoverage> coverage,
                                        const harvest::HarvestOutcome* harvested) {
    std::vector<std::string> searches;
    for (const harvest::SearchCoverage& search : coverage)
        if (!search.proved) searches.push_back(search.search);
    if (harvested != nullptr)
        for (const harvest::Missing& missing : harvested->missing) searches.push_back(missing.search);
    return parts_of(profile, searches);
}

std::vector<std::string> coverage_warnings(std::span<const harvest::SearchCoverage> coverage) {
    std::vector<std::string> out;
    std::map<std::pair<Instant, Instant>, std::vector<std::string>> not_harvested;  // searches by range
    for (const harvest::SearchCoverage& search : coverage)
        for (const harvest::Missing& missing : search.missing) {
            if (missing.items)
                out.push_back("the cache lacks " + harvest::describe(missing));
            else
                not_harvested[{missing.range.from, missing.range.to}].push_back(missing.search);
        }
    for (const auto& [range, searches] : not_harvested)
        out.push_back(fmt::format("the cache lacks {}..{} of {}: not harvested yet",
                                  format_instant(range.first), format_instant(range.second),
                                  fmt::join(searches, "; ")));
    return out;
}

}  // namespace harvester::edition
