#include "made_up.h"

using namespace harvester;
using namespace made_up;
using cache::Slice;
using cache::SliceState;

namespace {

Slice slice(const char* from, const char* to, SliceState state = SliceState::complete,
            std::string repository = "") {
    return {{"merged", {at(from), at(to)}, std::move(repository)},
            state,
            7,
            state == SliceState::complete ? 7 : 3,
            state == SliceState::open ? "cursor:3" : "",
            at("2024-11-13T08:00:00Z")};
}

}  // namespace

TEST_CASE("The ledger gives back what was noted, by range") {
    auto store = open_in_memory();
    const auto early = slice("2024-11-05T00:00:00Z", "2024-11-06T00:00:00Z"),
               late = slice("2024-11-07T00:00:00Z", "2024-11-08T00:00:00Z", SliceState::open);
    ok(store.save_slice(late));
    ok(store.save_slice(early));
    CHECK(get(store.all_slices()) == std::vector{early, late});
    CHECK(get(store.slices("merged", {at("2024-11-06T00:00:00Z"), at("2024-11-07T00:00:00Z")})).empty());
    CHECK(get(store.slices("merged", {at("2024-11-05T23:59:59Z"), at("2024-11-07T00:00:01Z")})).size() == 2);
    CHECK(get(store.slices("other", {at("2024-01-01T00:00:00Z"), at("2025-01-01T00:00:00Z")})).empty());
}

TEST_CASE("A complete slice replaces what lies inside it and nothing else") {
    auto store = open_in_memory();
    const auto inside = slice("2024-11-05T06:00:00Z", "2024-11-05T12:00:00Z"),
               part = slice("2024-11-05T12:00:00Z", "2024-11-05T12:00:01Z", SliceState::incomplete,
                            "acme/anvil"),
               across = slice("2024-11-05T20:00:00Z", "2024-11-06T20:00:00Z");
    for (const auto& entry : {inside, part, across}) ok(store.save_slice(entry));
    const auto day = slice("2024-11-05T00:00:00Z", "2024-11-06T00:00:00Z");
    ok(store.save_slice(day));
    CHECK(get(store.all_slices()) == std::vector{day, across});
}

TEST_CASE("A restarted slice forgets its members and its entry") {
    auto store = open_in_memory();
    auto open = slice("2024-11-05T00:00:00Z", "2024-11-06T00:00:00Z", SliceState::open);
    get(store.commit_page(open, std::vector{merged_item(1, "2024-11-05T10:00:00Z")}));
    CHECK(get(store.members(open.key)).size() == 1);
    ok(store.restart_slice(open.key));
    CHECK(get(store.members(open.key)).empty());
    CHECK(get(store.all_slices()).empty());
    CHECK(get(store.merged_count(open.key.range)) == 1);
}

TEST_CASE("Harvests, page sizes, files, seen items and draft bases are remembered") {
    auto store = open_in_memory();
    const cache::HarvestRecord record{"acme",
                                      {at("2024-11-05T00:00:00Z"), at("2024-11-06T00:00:00Z")},
                                      at("2024-11-07T00:00:00Z"),
                                      at("2024-11-07T00:01:00Z"),
                                      9,
                                      1000,
                                      77,
                                      true};
    ok(store.save_harvest({}));
    ok(store.save_harvest(record));
    CHECK(get(store.last_harvests(1)) == std::vector{record});

    CHECK_FALSE(get(store.page_size("Merged")));
    ok(store.save_page_size("Merged", 50));
    ok(store.save_page_size("Merged", 25));
    CHECK(get(store.page_size("Merged")) == 25);

    RepositoryFile file{"acme/perf", "triage/1.md", std::string(40, 'a'), "",
                        "main",      "# Text\n",    std::string(40, 'b')};
    ok(store.save_files("acme/perf", {{file}}, {}, at("2024-11-07T00:00:00Z")));
    CHECK(get(store.files("acme/perf")) == std::vector{file});
    ok(store.save_files("acme/perf", {}, {{file.path}}, at("2024-11-08T00:00:00Z")));
    CHECK(get(store.files("acme/perf")).empty());

    const Day first = parse_day("2024-11-06").value(), second = parse_day("2024-11-13").value();
    const std::vector<cache::SeenItem> seen = {
        {first, "https://b", true, "fcp"}, {first, "https://a", false}, {first, "https://b", true}};
    ok(store.save_seen("acme", first, seen));
    ok(store.save_seen("other", first, std::vector<cache::SeenItem>{{first, "https://c", true}}));
    CHECK(get(store.seen_before("acme", second)) == seen);
    CHECK(get(store.seen_before("acme", first)).empty());
    CHECK(get(store.seen_before("acme", second, second)).empty());
}
