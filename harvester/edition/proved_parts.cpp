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
bool feeds(const profile::Profile& profile, const profile::SearchPolicy& search, std::string_view part) {
    const profile::SelectPolicy& select = profile.form.select;
    switch (search.reading) {
        case profile::Reading::merged:
            return part == "merged";
        case profile::Reading::labelled:
            return (part == "fcp" && shares_label(search.labels, select.fcp.labels)) ||
                   (part == "testing" && shares_label(search.labels, select.testing.labels));
        case profile::Reading::paths:
            return search.repository == select.proposals.repository &&
                   part == (search.axis == profile::Axis::merged ? "approved" : "rfcs");
    }
    return false;
}

}  // namespace

std::vector<std::string> parts_of(const profile::Profile& profile, std::span<const std::string> searches) {
    const auto named = [&](const auto& policy) {
        return std::ranges::find(searches, policy.name) != searches.end();
    };
    std::vector<std::string> out;
    for (const std::string_view part : profile::part_names) {
        const bool fed =
            std::ranges::any_of(profile.harvest.searches,
                                [&](const auto& search) { return named(search) && feeds(profile, search, part); }) ||
            (part == "triage" && std::ranges::any_of(profile.harvest.files, named));
        if (fed) out.emplace_back(part);
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
        out.push_back(fmt::format("the cache lacks {}..{} of {}: not harvested yet", format_instant(range.first),
                                  format_instant(range.second), fmt::join(searches, "; ")));
    return out;
}

}  // namespace harvester::edition
