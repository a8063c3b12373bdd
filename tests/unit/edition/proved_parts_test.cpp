#include "edition/proved_parts.h"

#include "catch.h"

using namespace harvester;

namespace {

Instant at(const std::string& text) {
    return parse_instant(text).value();
}

const Range week{parse_instant("2025-12-02T00:00:00Z").value(),
                 parse_instant("2025-12-10T00:00:00Z").value()};

profile::SearchPolicy search(std::string name, profile::Reading reading, profile::Axis axis,
                             std::vector<std::string> labels, std::string repository) {
    profile::SearchPolicy policy;
    policy.name = std::move(name);
    policy.reading = reading;
    policy.axis = axis;
    policy.text = "{place} {range}";
    policy.labels = std::move(labels);
    policy.repository = std::move(repository);
    policy.overlap_hours = 12;
    return policy;
}

profile::Profile teapots() {
    using profile::Axis;
    using profile::Reading;
    profile::Profile profile;
    profile.organisation = "teapot";
    const auto add = [&](const char* name, profile::PartKind kind, std::vector<std::string> labels,
                         std::string repository) {
        profile::PartPolicy& part = profile.form.parts.emplace_back();
        part.name = name;
        part.kind = kind;
        part.labels = std::move(labels);
        part.repository = std::move(repository);
    };
    add("merged", profile::PartKind::merged, {}, "");
    add("triage", profile::PartKind::report, {}, "");
    add("approved", profile::PartKind::approved, {}, "teapot/plans");
    add("fcp", profile::PartKind::labelled, {"last-call"}, "");
    add("rfcs", profile::PartKind::proposed, {}, "teapot/plans");
    add("testing", profile::PartKind::labelled, {"try-it"}, "");
    profile.harvest.searches = {search("merges", Reading::merged, Axis::merged, {}, ""),
                                search("last calls", Reading::labelled, Axis::updated, {"last-call"}, ""),
                                search("trials", Reading::labelled, Axis::updated, {"try-it"}, ""),
                                search("agreed", Reading::paths, Axis::merged, {}, "teapot/plans"),
                                search("opened", Reading::paths, Axis::created, {}, "teapot/plans")};
    profile::FilesPolicy reports;
    reports.name = "reports";
    profile.harvest.files = {reports};
    return profile;
}

// What the ledger says of the merges as of `now`, when a harvest brought them at `asked_at`, if any did.
harvest::SearchCoverage coverage(const std::optional<std::string>& asked_at, const std::string& now) {
    profile::Profile profile = teapots();
    profile.harvest.searches.resize(1);
    auto store = cache::Store::open(":memory:", cache::OpenMode::read_write);
    REQUIRE(store);
    if (asked_at) {
        const Range asked{week.from, std::min(at(*asked_at), week.to)};
        REQUIRE(store->save_slice({{"merges: org:teapot {range}", asked, ""},
                                   cache::SliceState::complete,
                                   0,
                                   0,
                                   "",
                                   at(*asked_at)}));
    }
    const auto searches = harvest::coverage_of(profile, *store, {week, std::nullopt, false, at(now)}, false);
    REQUIRE(searches);
    REQUIRE(searches->size() == 1);
    return searches->front();
}

}  // namespace

TEST_CASE("Each search feeds the part that prints what it finds") {
    const auto profile = teapots();
    const auto parts = [&](std::vector<std::string> names) { return edition::parts_of(profile, names); };
    CHECK(parts({"merges"}) == std::vector<std::string>{"merged"});
    CHECK(parts({"last calls"}) == std::vector<std::string>{"fcp"});
    CHECK(parts({"trials"}) == std::vector<std::string>{"testing"});
    CHECK(parts({"opened", "agreed"}) == std::vector<std::string>{"approved", "rfcs"});
    CHECK(parts({"reports"}) == std::vector<std::string>{"triage"});
    CHECK(parts({"unheard of"}).empty());
}

TEST_CASE("A search that failed makes its part unproved and no other part") {
    const auto profile = teapots();
    harvest::HarvestOutcome harvested;
    harvested.missing.push_back({"last calls", week, "", std::nullopt, "GitHub did not answer"});
    CHECK(edition::unproved_parts(profile, {}, &harvested) == std::vector<std::string>{"fcp"});
    CHECK(edition::unproved_parts(profile, {}, nullptr).empty());
}

TEST_CASE("A week that was harvested after its end is proved, one never harvested isn't") {
    const auto whole = coverage("2025-12-10T06:00:00Z", "2025-12-11T00:00:00Z");
    CHECK(whole.proved);
    CHECK(whole.missing.empty());
    CHECK_FALSE(coverage(std::nullopt, "2025-12-11T00:00:00Z").proved);
}

TEST_CASE("In an open week the hours since the last harvest are missing, and the part is still proved") {
    const auto fresh = coverage("2025-12-08T06:00:00Z", "2025-12-08T10:00:00Z");
    CHECK(fresh.proved);
    CHECK(fresh.missing.at(0).range == Range{at("2025-12-08T06:00:00Z"), at("2025-12-08T10:00:00Z")});
    CHECK_FALSE(coverage("2025-12-08T06:00:00Z", "2025-12-09T10:00:00Z").proved);
    // The same hours at the end of a week that is over would never be asked for: they count.
    CHECK_FALSE(coverage("2025-12-09T20:00:00Z", "2025-12-10T06:00:00Z").proved);
}

TEST_CASE("Searches that lack the same time share one warning") {
    const Range gap{week.from, week.from + Seconds{60}};
    const std::vector<harvest::SearchCoverage> lacking{
        {"merges", {{"merges", gap, "", std::nullopt, "not harvested yet"}}, false},
        {"trials", {{"trials", gap, "", std::nullopt, "not harvested yet"}}, false},
        {"opened", {{"opened", week, "", 3, "GitHub counted more than it gave"}}, false}};
    CHECK(edition::coverage_warnings(lacking) ==
          std::vector<std::string>{"the cache lacks opened 2025-12-02T00:00:00Z..2025-12-10T00:00:00Z: 3 "
                                   "items (GitHub counted more than it gave)",
                                   "the cache lacks 2025-12-02T00:00:00Z..2025-12-02T00:01:00Z of merges; "
                                   "trials: not harvested yet"});
}
