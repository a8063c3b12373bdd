#include "edition/newcomers.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "harvest/coverage.h"

namespace harvester::edition {
namespace {

// Whether the cache holds all merged pull requests of the newsletter in `range`.
Result<bool> is_proved(const profile::Profile& profile, const cache::Store& store, const Range& range,
                       Instant now) {
    const auto coverage = harvest::coverage_of(profile, store, {range, std::nullopt, false, now}, false);
    if (!coverage) return tl::unexpected(coverage.error());
    for (const profile::SearchPolicy& search : profile.harvest.searches) {
        const bool counts =
            search.axis == profile::Axis::merged && (search.repository.empty() || !search.place.empty());
        const auto found = std::ranges::find(*coverage, search.name, &harvest::SearchCoverage::search);
        if (counts && (found == coverage->end() || !found->proved)) return false;
    }
    return true;
}

}  // namespace

Result<void> fill_newcomers(const profile::Profile& profile, const cache::Store& store,
                            const std::vector<Decision>& decisions, Instant now, render::Report& report) {
    if (!profile.editorial.newcomers_since) return {};
    const Day since = *profile.editorial.newcomers_since;
    const Range before{since, report.issue.window.range().from};
    const auto proved = is_proved(profile, store, before, now);
    if (!proved) return tl::unexpected(proved.error());
    if (!*proved) {
        report.warnings.push_back(
            fmt::format("first-time contributors are not named, because the cache lacks merges since {}; "
                        "`harvester fetch --from {} "
                        "--to {}` brings them",
                        format_day(since), format_day(since),
                        format_day(report.issue.window.first - std::chrono::days{1})));
        return {};
    }
    const auto earlier = store.merged(before);
    if (!earlier) return tl::unexpected(earlier.error());
    std::set<std::string_view> known;
    for (const Item& item : *earlier)
        if (profile.takes(item.repository)) known.insert(item.author.login);
    std::map<std::string_view, const Item*> firsts;  // by login
    for (const Decision& decision : decisions) {
        const Item& item = decision.item;
        if (item.author.kind != ActorKind::user || known.contains(item.author.login)) continue;
        const auto [first, fresh] = firsts.try_emplace(item.author.login, &item);
        if (!fresh &&
            std::pair(item.merged_at, item.url) < std::pair(first->second->merged_at, first->second->url))
            first->second = &item;
    }
    for (render::Part& part : report.parts)
        for (const render::Section& section : part.sections)
            for (const auto* list : {&section.picks, &section.others})
                for (const render::Entry& entry : *list)
                    if (const auto first = firsts.find(entry.author);
                        first != firsts.end() && first->second->url == entry.url)
                        part.newcomers.push_back(entry);
    for (render::Part& part : report.parts)
        std::ranges::sort(part.newcomers, {},
                          [](const render::Entry& e) { return std::pair(e.number, e.url); });
    return {};
}

}  // namespace harvester::edition
