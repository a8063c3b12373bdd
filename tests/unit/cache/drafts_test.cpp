#include "cache/drafts.h"

#include <filesystem>

#include "cache/open.h"
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
    // Step 1 of the schema is format 1 as the program of that time made it; its rows are as that program
    // wrote them.
    std::string path = (std::filesystem::temp_directory_path() / "harvester-format1-XXXXXX").string();
    REQUIRE(mkdtemp(path.data()) != nullptr);
    const std::filesystem::path file = std::filesystem::path(path) / "cache.db";
    {
        const auto steps = cache::schema_steps();
        const auto database = cache::open_database(file, {}, {steps.begin(), steps.begin() + 1});
        database->execute(
            "INSERT INTO draft_base (draft, part, text, written_at) VALUES ('a', 'merged', '* [b](u)\n', "
            "1765886400),"
            "('a', 'merged marks', 'removed o/r#3\n', 1765886400), ('a', 'fcp', '* [c](u)\n', 1765886400)");
    }
    auto store = get(cache::Store::open(file, cache::OpenMode::read_write));
    CHECK(std::filesystem::exists(file.string() + ".format1"));
    cache::Drafts drafts(store);
    const auto old = get(drafts.read("a")).old;
    REQUIRE(old.size() == 2);
    CHECK(old.at("merged").text == "* [b](u)\n");
    CHECK(old.at("merged").marks == "removed o/r#3\n");
    ok(drafts.write("a", {{"merged", lines}}, now));
    CHECK(get(drafts.read("a")).old.size() == 1);
    CHECK(get(drafts.read("a")).old.contains("fcp"));
    std::filesystem::remove_all(path);
}
