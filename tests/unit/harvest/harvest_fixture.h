// A profile, a cache in memory and a GitHub of made-up items, put together for the tests of a harvest.
#pragma once

#include "cache/store.h"
#include "fake_github.h"
#include "harvest/harvest.h"

namespace made_up {

inline harvester::Instant at(const std::string& text) {
    return harvester::parse_instant(text).value();
}

template <class T>
T get(harvester::Result<T> result) {
    INFO((result ? std::string() : result.error().message));
    REQUIRE(result);
    return std::move(*result);
}

inline constexpr const char* profile_text = R"(
name = "acme"
title = "This Week at Acme"
organisation = "acme"
web = "https://github.com"
[issue]
weekday = "Wednesday"
first_date = "2022-01-05"
first_number = 1
window_first = -8
window_last = -1
)";

// The harvest part alone: other parts need not be whole for these tests.
inline harvester::profile::Profile acme(const std::string& searches) {
    using harvester::profile::TomlTable;
    harvester::profile::Profile profile;
    profile.organisation = "acme";
    profile.harvest = harvester::profile::load_harvest_policy(TomlTable::parse(searches, "acme.toml"));
    return profile;
}

inline const std::string merged_search = R"(
[[harvest.search]]
name = "merged"
reading = "merged"
text = "is:pr is:public is:merged {place} merged:{range} sort:created-asc"
expected_per_day = 70
overlap_hours = 12
)";

inline const std::string all_searches = merged_search + R"(
[[harvest.search]]
name = "comment period"
reading = "labelled"
labels = ["comment", "finished-comment"]
text = "is:issue is:public {place} {labels} updated:{range} sort:created-asc"
longest_days = 31
[[harvest.search]]
name = "calls"
reading = "labelled"
labels = ["call"]
text = "is:pr is:public {place} {labels} updated:{range} sort:created-asc"
longest_days = 31
[[harvest.search]]
name = "plans"
reading = "paths"
repository = "acme/plans"
text = "is:pr is:public {place} created:{range} sort:created-asc"
longest_days = 31
[[harvest.files]]
name = "reports"
repository = "acme/perf"
folders = ["reports", "reports/{year}"]
file = "{date}.md"
open_pull_requests = true
overlap_hours = 72
)";

struct Fixture {
    harvester::profile::Profile profile;
    harvester::cache::Store store =
        get(harvester::cache::Store::open(":memory:", harvester::cache::OpenMode::read_write));
    FakeGitHub github{{}};
    harvester::harvest::HarvestRequest request;

    explicit Fixture(const std::string& searches = merged_search) : profile(acme(searches)) {
        request.range = {at("2024-11-05T00:00:00Z"), at("2024-11-13T00:00:00Z")};
        request.now = at("2024-12-24T08:00:00Z");
    }

    harvester::Result<harvester::harvest::HarvestOutcome> harvest() {
        github.forget_requests();
        return harvester::harvest::harvest(profile, request, github, store, [](const auto&) {});
    }

    // `count` merged pull requests spread evenly over the range.
    void spread(int count) {
        const auto length = (request.range.to - request.range.from).count();
        for (int i = 0; i < count; ++i)
            github.population().items.push_back(
                merged_pull(i + 1, request.range.from + harvester::Seconds{length * i / count}));
    }

    std::vector<std::string> ids_in_cache() {
        std::vector<std::string> ids;
        for (const auto& item : get(store.merged(request.range))) ids.push_back(item.id);
        std::sort(ids.begin(), ids.end());
        return ids;
    }

    // As many as GitHub has, and the same ones.
    bool whole() { return ids_in_cache() == ids_on_github(); }

    std::vector<std::string> ids_on_github() {
        std::vector<std::string> ids;
        for (const auto& item : github.population().items)
            if (item.merged_at && request.range.contains(*item.merged_at)) ids.push_back(item.id);
        std::sort(ids.begin(), ids.end());
        return ids;
    }
};

}  // namespace made_up
