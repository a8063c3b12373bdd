#include "made_up.h"

using namespace harvester;
using namespace made_up;
using cache::Scope;
using cache::Slice;
using cache::SliceState;

namespace {

const Range week{at("2024-11-05T00:00:00Z"), at("2024-11-13T00:00:00Z")};

Slice complete_slice(std::int64_t count, Range range = week) {
    return {{"merged", range, ""}, SliceState::complete, count, count, "", at("2024-11-13T08:00:00Z")};
}

}  // namespace

TEST_CASE("An item comes back from the cache as it went in") {
    auto store = open_in_memory();
    Item item = merged_item(1, "2024-11-06T10:00:00Z");
    item.title = "Quote ' \" `\xF0\x9F\xA6\x80` and \xE2\x80\xAE";
    item.base_branch = "main";
    item.size = ChangeSize{10, 20, 3};
    item.paths = std::vector<ChangedPath>{{"a.rs", true}, {"b/c.rs", false}};
    item.label_events = {{"A-rocket", at("2024-11-05T01:00:00Z"), true},
                         {"A-rocket", at("2024-11-05T02:00:00Z"), false}};
    item.text_changed_at = at("2024-11-06T09:00:00Z");
    get(store.commit_page(complete_slice(1), {{item}}));
    CHECK(get(store.merged(week)) == std::vector{item});
    CHECK(get(store.find_item("acme/anvil", 1)) == item);
    CHECK(get(store.merged_count(week)) == 1);
}

TEST_CASE("A title with a NUL byte is kept whole") {
    auto store = open_in_memory();
    Item item = merged_item(1, "2024-11-06T10:00:00Z");
    item.title = std::string("be\0fore", 7);
    get(store.commit_page(complete_slice(1), {{item}}));
    CHECK(get(store.merged(week)).at(0).title == item.title);
}

TEST_CASE("The window's ends are half-open") {
    auto store = open_in_memory();
    const std::vector items = {merged_item(1, "2024-11-04T23:59:59Z"), merged_item(2, "2024-11-05T00:00:00Z"),
                               merged_item(3, "2024-11-12T23:59:59Z"),
                               merged_item(4, "2024-11-13T00:00:00Z")};
    get(store.commit_page(complete_slice(4), items));
    const auto merged = get(store.merged(week));
    REQUIRE(merged.size() == 2);
    CHECK(merged[0].number == 2);
    CHECK(merged[1].number == 3);
}

TEST_CASE("A transfer, a new title and new labels update the item that has the same id") {
    auto store = open_in_memory();
    Item item = merged_item(1, "2024-11-06T10:00:00Z");
    get(store.commit_page(complete_slice(1), {{item}}));
    item.repository = "acme/hammer";
    item.number = 77;
    item.title = "Another title";
    item.labels = {"T-canyon"};
    get(store.commit_page(complete_slice(1), {{item}}));
    CHECK(get(store.merged(week)) == std::vector{item});
    CHECK_FALSE(get(store.find_item("acme/anvil", 1)));
}

TEST_CASE("What a later search did not ask for is kept") {
    auto store = open_in_memory();
    Item rich = merged_item(1, "2024-11-06T10:00:00Z");
    rich.size = ChangeSize{1, 2, 3};
    rich.paths = std::vector<ChangedPath>{{"text/0001.md", true}};
    rich.base_branch = "main";
    get(store.commit_page(complete_slice(1), {{rich}}));
    Item poor = rich;
    poor.size.reset();
    poor.paths.reset();
    poor.base_branch.reset();
    get(store.commit_page(complete_slice(1), {{poor}}));
    CHECK(get(store.merged(week)) == std::vector{rich});
}

TEST_CASE("A reopened item loses its closing time") {
    auto store = open_in_memory();
    Item item = merged_item(1, "2024-11-06T10:00:00Z");
    item.kind = ItemKind::issue;
    item.merged_at.reset();
    item.state = ItemState::closed;
    get(store.commit_page(complete_slice(1), {{item}}));
    item.state = ItemState::open;
    item.closed_at.reset();
    get(store.commit_page(complete_slice(1), {{item}}));
    CHECK(get(store.find_item("acme/anvil", 1)) == item);
}

TEST_CASE(
    "An item that a complete slice leaves out is reported, and once marked gone left out of reads until it "
    "comes back") {
    auto store = open_in_memory();
    const Scope scope{Scope::Axis::merged, "acme", ""};
    const auto one = merged_item(1, "2024-11-06T10:00:00Z"), two = merged_item(2, "2024-11-06T11:00:00Z");
    CHECK(get(store.commit_page(complete_slice(2), std::vector{one, two}, scope)).empty());
    CHECK(get(store.commit_page(complete_slice(1), std::vector{one}, scope)) ==
          std::vector<std::string>{"PR_2"});
    CHECK(get(store.merged(week)) == std::vector{one, two});
    const std::vector<std::string> gone{"PR_2", "PR_unknown"};
    REQUIRE(store.mark_gone(gone, at("2024-11-20T00:00:00Z")));
    CHECK(get(store.merged(week)) == std::vector{one});
    CHECK(get(store.find_item("acme/anvil", 2)) == two);
    CHECK(get(store.facts()).gone == 1);
    get(store.commit_page(complete_slice(2), std::vector{one, two}, scope));
    CHECK(get(store.merged(week)) == std::vector{one, two});
}

TEST_CASE("Items of other owners and outside the slice are never missed") {
    auto store = open_in_memory();
    auto foreign = merged_item(1, "2024-11-06T10:00:00Z");
    foreign.repository = "acmetoo/anvil";
    const auto outside = merged_item(2, "2024-12-06T10:00:00Z");
    get(store.commit_page(complete_slice(2), std::vector{foreign, outside}));
    CHECK(get(store.commit_page(complete_slice(0), {}, Scope{Scope::Axis::merged, "acme", ""})).empty());
}

TEST_CASE("Items that arrived with earlier pages of a slice are not missed when its last page completes it") {
    auto store = open_in_memory();
    const Scope scope{Scope::Axis::merged, "acme", ""};
    const auto one = merged_item(1, "2024-11-06T10:00:00Z"), two = merged_item(2, "2024-11-06T11:00:00Z"),
               three = merged_item(3, "2024-11-06T12:00:00Z");
    get(store.commit_page(complete_slice(3), std::vector{one, two, three}, scope));
    Slice slice = complete_slice(2);
    slice.state = SliceState::open;
    slice.cursor = "cursor:1";
    slice.received = 1;
    get(store.commit_page(slice, {{one}}));
    CHECK(get(store.members(slice.key)) == std::vector<std::string>{"PR_1"});
    CHECK(get(store.commit_page(complete_slice(2), {{two}}, scope)) == std::vector{three.id});
    CHECK(get(store.members(slice.key)).empty());
}

TEST_CASE("Items are found by a label put on within a range") {
    auto store = open_in_memory();
    auto inside = merged_item(1, "2024-11-06T10:00:00Z"), removed = merged_item(2, "2024-11-06T10:00:00Z"),
         before = merged_item(3, "2024-11-06T10:00:00Z");
    inside.label_events = {{"comment", at("2024-11-07T00:00:00Z"), true},
                           {"other", at("2024-11-08T00:00:00Z"), true}};
    removed.label_events = {{"comment", at("2024-11-07T00:00:00Z"), false}};
    before.label_events = {{"comment", at("2024-11-04T00:00:00Z"), true}};
    get(store.commit_page(complete_slice(3), std::vector{inside, removed, before}));
    const std::vector<std::string> labels = {"comment", "no such label"};
    CHECK(get(store.labelled(labels, week)) == std::vector{inside});
}

TEST_CASE("Pull requests of a repository are found by creation, merge or new text") {
    auto store = open_in_memory();
    auto created = merged_item(1, "2024-12-06T10:00:00Z"), merged = merged_item(2, "2024-11-06T10:00:00Z"),
         changed = merged_item(3, "2024-12-06T10:00:00Z"), none = merged_item(4, "2024-12-06T10:00:00Z"),
         elsewhere = merged_item(5, "2024-11-06T10:00:00Z");
    created.created_at = at("2024-11-05T00:00:00Z");
    changed.text_changed_at = at("2024-11-12T23:59:59Z");
    elsewhere.repository = "acme/other";
    get(store.commit_page(complete_slice(5), std::vector{created, merged, changed, none, elsewhere}));
    CHECK(get(store.pull_requests("acme/anvil", week)) == std::vector{created, merged, changed});
}

TEST_CASE("A page that cannot be written leaves neither items nor ledger behind") {
    auto store = open_in_memory();
    Slice impossible = complete_slice(1);
    impossible.key.range.to = impossible.key.range.from;  // refused by the schema
    REQUIRE_FALSE(store.commit_page(impossible, std::vector{merged_item(1, "2024-11-06T10:00:00Z")}));
    CHECK(get(store.merged(week)).empty());
    CHECK(get(store.all_slices()).empty());
    // The label rows of the lost page are gone too; the store goes on.
    get(store.commit_page(complete_slice(1), std::vector{merged_item(1, "2024-11-06T10:00:00Z")}));
    CHECK(get(store.merged(week)).at(0).labels.size() == 2);
}
