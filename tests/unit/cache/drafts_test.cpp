#include "cache/drafts.h"

#include <sqlite3.h>

#include "made_up.h"

using namespace harvester;
using namespace made_up;
using Place = DraftLine::Place;
using Choice = DraftLine::Decision;

namespace {

const Instant now = at("2025-12-16T12:00:00Z");

cache::Store memory() {
    return get(cache::Store::open(":memory:", cache::OpenMode::read_write));
}

const std::vector<DraftLine> lines = {
    {"heading:compiler", "#### Compiler", "", "", Place::list, Choice::none},
    {"o/r#2", "* [b](u)", "* [mine](u)", "compiler", Place::list, Choice::none},
    {"o/r#1", "", "", "compiler", Place::list, Choice::picked},
    {"o/r#3", "* [c](u)", "", "compiler", Place::comment, Choice::rejected},
    {"o/r#4", "* [d](u)", "", "", Place::nowhere, Choice::dismissed},
};

}  // namespace

TEST_CASE("The lines of a draft come back in their order, each draft's own") {
    auto store = memory();
    cache::Drafts drafts(store);
    CHECK(get(drafts.read("a")).lines.empty());
    ok(drafts.write("a", {{"merged", lines}, {"fcp", {lines[2]}}}, now));
    ok(drafts.write("b", {{"merged", {lines[0]}}}, now));
    CHECK(get(drafts.read("a")).lines == cache::DraftLines{{"merged", lines}, {"fcp", {lines[2]}}});
    CHECK(get(drafts.read("b")).lines == cache::DraftLines{{"merged", {lines[0]}}});
    CHECK(get(drafts.names()) == std::vector<std::string>{"a", "b"});
}

TEST_CASE("Writing a part replaces its lines and leaves other parts alone") {
    auto store = memory();
    cache::Drafts drafts(store);
    ok(drafts.write("a", {{"merged", lines}, {"fcp", {lines[2]}}}, now));
    ok(drafts.write("a", {{"merged", {lines[3]}}}, now));
    CHECK(get(drafts.read("a")).lines == cache::DraftLines{{"merged", {lines[3]}}, {"fcp", {lines[2]}}});
}

TEST_CASE("When one line can't be written, none is, and the old ones stay") {
    auto store = memory();
    cache::Drafts drafts(store);
    ok(drafts.write("a", {{"merged", lines}}, now));
    CHECK_FALSE(drafts.write("a", {{"fcp", {lines[0]}}, {"merged", {lines[1], lines[1]}}}, now));
    CHECK(get(drafts.read("a")).lines == cache::DraftLines{{"merged", lines}});
}

TEST_CASE("What format 1 knew of a draft is found until the draft is written again") {
    auto store = memory();
    cache::Drafts drafts(store);
    ok(store.save_draft_base("a", "merged", "* [b](u)\n", now));
    ok(store.save_draft_base("a", "merged marks", "removed o/r#3\n", now));
    ok(store.save_draft_base("a", "fcp", "* [c](u)\n", now));
    const auto old = get(drafts.read("a")).old;
    REQUIRE(old.size() == 2);
    CHECK(old.at("merged").text == "* [b](u)\n");
    CHECK(old.at("merged").marks == "removed o/r#3\n");
    ok(drafts.write("a", {{"merged", lines}}, now));
    CHECK(get(drafts.read("a")).old.size() == 1);
    CHECK(get(drafts.read("a")).old.contains("fcp"));
}
