#include "edition/draft_memory.h"

#include "catch.h"

using namespace harvester;

namespace {

const Instant last_commit = parse_instant("2025-12-12T12:00:00Z").value();
const Instant before = last_commit - Seconds{60};
const Instant after = last_commit + Seconds{60};

Item item(int number, Instant created) {
    Item made;
    made.id = "I_" + std::to_string(number);
    made.repository = "teapot/lid";
    made.number = number;
    made.title = "Item " + std::to_string(number);
    made.url = "https://github.com/teapot/lid/pull/" + std::to_string(number);
    made.created_at = made.updated_at = created;
    return made;
}

render::Entry entry(const Item& item) {
    return {"", item.title, item.url};
}

cache::Store with(const std::vector<Item>& items) {
    auto store = cache::Store::open(":memory:", cache::OpenMode::read_write);
    REQUIRE(store);
    cache::Slice slice;
    slice.key = {"made up", {before, after}, ""};
    slice.asked_at = after;
    REQUIRE(store->commit_page(slice, items));
    return std::move(*store);
}

profile::FormPolicy policy() {
    profile::FormPolicy made;
    const auto add = [&](const char* name, profile::PartKind kind, std::vector<std::string> labels) {
        profile::PartPolicy& part = made.parts.emplace_back();
        part.name = name;
        part.kind = kind;
        part.labels = std::move(labels);
    };
    add("merged", profile::PartKind::merged, {});
    add("approved", profile::PartKind::approved, {});
    add("rfcs", profile::PartKind::proposed, {});
    add("fcp", profile::PartKind::labelled, {"last-call"});
    add("testing", profile::PartKind::labelled, {"try-it"});
    return made;
}

std::string key(int number) {
    return "teapot/lid#" + std::to_string(number);
}

}  // namespace

TEST_CASE("A merged or approved item is newer than the draft when it was merged after its last commit") {
    std::vector<Item> items{item(1, before), item(2, before), item(3, after)};
    items[0].merged_at = before;
    items[1].merged_at = after;
    items[2].merged_at = last_commit;  // no doubt is decided against what an editor may have done
    render::Report report;
    report.part("merged").sections = {{"Heat", {entry(items[0]), entry(items[1])}, {entry(items[2])}}};
    report.part("approved").sections = {{"", {entry(items[1]), entry(items[0])}}};
    const auto newer = edition::newer_than(report, with(items), policy(), last_commit);
    for (const char* part : {"merged", "approved"}) {
        CHECK_FALSE(newer(part, key(1)));
        CHECK(newer(part, key(2)));
    }
    CHECK_FALSE(newer("merged", key(3)));
    CHECK_FALSE(newer("rfcs", key(2)));
}

TEST_CASE("A new proposal is newer when it was opened or its text changed after the last commit") {
    std::vector<Item> items{item(1, before), item(2, after), item(3, before)};
    items[2].text_changed_at = after;
    render::Report report;
    report.part("rfcs").sections = {{"", {entry(items[0]), entry(items[1]), entry(items[2])}}};
    const auto newer = edition::newer_than(report, with(items), policy(), last_commit);
    CHECK_FALSE(newer("rfcs", key(1)));
    CHECK(newer("rfcs", key(2)));
    CHECK(newer("rfcs", key(3)));
}

TEST_CASE("Of an item that goes by a label that label's day counts, and no other label's") {
    std::vector<Item> items{item(1, before), item(2, before), item(3, before), item(4, before)};
    items[0].label_events = std::vector<LabelEvent>{{"last-call", before, true}, {"unrelated", after, true}};
    items[1].label_events = std::vector<LabelEvent>{{"last-call", before, true}, {"last-call", after, true}};
    items[2].label_events = std::vector<LabelEvent>{{"last-call", before, true}, {"last-call", after, false}};
    items[3].label_events = std::vector<LabelEvent>{{"try-it", after, true}};
    render::Report report;
    report.part("fcp").sections = {{"rust", {entry(items[0]), entry(items[1]), entry(items[2])}}};
    report.part("testing").sections = {{"rust", {entry(items[3]), entry(items[1])}}};
    const auto newer = edition::newer_than(report, with(items), policy(), last_commit);
    CHECK_FALSE(newer("fcp", key(1)));
    CHECK(newer("fcp", key(2)));
    CHECK_FALSE(newer("fcp", key(3)));
    CHECK(newer("testing", key(4)));
    CHECK_FALSE(newer("testing", key(2)));
}

TEST_CASE("A link that the cache doesn't know, or that names no item, isn't newer") {
    render::Report report;
    report.part("merged").sections = {
        {"Heat", {entry(item(9, after)), {"", "elsewhere", "https://example.org/x"}}, {}}};
    const auto newer = edition::newer_than(report, with({}), policy(), last_commit);
    CHECK_FALSE(newer("merged", key(9)));
    CHECK_FALSE(newer("merged", "url:https://example.org/x"));
}

TEST_CASE("The lines of a draft come back, and so do those that format 1 knew") {
    auto store = with({});
    profile::PublishPolicy parts;
    parts.parts = {{"merged", {"Updates"}, {}, {}, false, true},
                   {"fcp", {"Last calls"}, {}, {}, false, false}};
    const draft::DraftLines lines{
        {"merged",
         {{"teapot/lid#1", "* [a](u)", {}, {}, DraftLine::Place::list, DraftLine::Decision::none}}}};
    REQUIRE(cache::Drafts(store).write("a", lines, before));
    CHECK(edition::load_lines(store, parts, "a").value() == lines);
    CHECK(edition::load_lines(store, parts, "b").value().empty());
}

TEST_CASE("A part may still show what was merged in the window, and proposals that are open") {
    std::vector<Item> items{item(1, before), item(2, before)};
    items[1].state = ItemState::closed;
    const auto store = with(items);
    edition::Assembly assembly;
    assembly.decisions.resize(1);
    assembly.decisions[0].item = items[0];
    const auto forms = policy();
    const auto still = edition::still_there(assembly, store, forms);
    CHECK(still("merged", key(1)));
    CHECK(still("approved", key(1)));
    CHECK_FALSE(still("merged", key(2)));
    CHECK(still("rfcs", key(1)));
    CHECK_FALSE(still("rfcs", key(2)));
    CHECK_FALSE(still("rfcs", "nonsense"));
    CHECK_FALSE(still("fcp", key(1)));
}
