#include "review/arrange.h"

#include "catch.h"

using namespace harvester;
using review::Decided;

namespace {

const std::string url = "https://github.com/o/r/pull/";
std::string line(int number, const std::string& title = "title") {
    return "* [" + title + "](" + url + std::to_string(number) + ")\n";
}
std::string id(int number) {
    return review::row_id("merged", url + std::to_string(number));
}

profile::PublishPolicy policy() {
    profile::PublishPolicy policy;
    profile::DraftPart merged;
    merged.name = "merged";
    merged.headings = {"Updates"};
    merged.required = true;
    policy.parts = {merged};
    return policy;
}

const std::string before = "# Letter\n\n## Updates\n\n9 were merged\n\n#### Compiler\n\n" + line(1) +
                           line(2) + line(3) + "\n#### Clippy\n\n" + line(7) +
                           "\n## Events\n\n* [other](https://example.com)\n";

std::string arranged(const std::string& text, const review::Decisions& decisions) {
    const auto known = policy();
    const auto by_id = [](const std::string& a, const std::string& b) { return a < b; };
    const auto result = review::arrange(
        {text, known, decisions, {"Compiler", "Library", "Clippy"}, "#### ", by_id}, "draft.md");
    REQUIRE(result);
    return *result;
}

std::string replaced(std::string text, const std::string& old, const std::string& fresh) {
    const auto at = text.find(old);
    REQUIRE(at != std::string::npos);
    return text.replace(at, old.size(), fresh);
}

Decided listed(bool is) {
    Decided decided;
    decided.listed = is;
    return decided;
}
Decided titled(const std::string& title) {
    Decided decided;
    decided.title = title;
    return decided;
}
Decided in_section(const std::string& heading) {
    Decided decided;
    decided.section = heading;
    return decided;
}
Decided ordered(int order) {
    Decided decided;
    decided.order = order;
    return decided;
}

}  // namespace

TEST_CASE("Without decisions no byte of a draft changes") {
    CHECK(arranged(before, {}) == before);
    const std::string returns = "## Updates\r\n\r\n* [a](https://github.com/o/r/pull/1)";
    CHECK(arranged(returns, {{id(2), listed(false)}}) == returns);
}

TEST_CASE("A rejected line goes, and a heading without lines with it") {
    CHECK(arranged(before, {{id(2), listed(false)}}) == replaced(before, line(2), ""));
    CHECK(arranged(before, {{id(7), listed(false)}}) ==
          replaced(before, "#### Clippy\n\n" + line(7) + "\n", ""));
}

TEST_CASE("A new title replaces the old one and keeps the rest of the line") {
    const std::string marked = replaced(before, line(2), "- **new** [old `x]`](" + url + "2) (thanks!)\n");
    CHECK(arranged(marked, {{id(2), titled("mine")}}) == replaced(marked, "old `x]`", "mine"));
}

TEST_CASE("A line moves to another section in the program's order") {
    CHECK(arranged(before, {{id(2), in_section("Clippy")}}) ==
          replaced(replaced(before, line(2), ""), line(7), line(2) + line(7)));
}

TEST_CASE("A section that gets its first line gets its heading at its place in the order") {
    CHECK(arranged(before, {{id(2), in_section("Library")}}) ==
          replaced(replaced(before, line(2), ""), "#### Clippy\n",
                   "#### Library\n\n" + line(2) + "\n#### Clippy\n"));
    const std::string without = replaced(before, "#### Clippy\n\n" + line(7) + "\n", "");
    CHECK(arranged(without, {{id(2), in_section("Clippy")}}) ==
          replaced(replaced(without, line(2), ""), line(3), line(3) + "\n#### Clippy\n\n" + line(2)));
}

TEST_CASE(
    "A decided order is the order of the list, and lines without one stay behind the line before them") {
    CHECK(arranged(before, {{id(1), ordered(2)}, {id(2), ordered(0)}, {id(3), ordered(1)}}) ==
          replaced(before, line(1) + line(2) + line(3), line(2) + line(3) + line(1)));
    CHECK(arranged(before, {{id(1), ordered(1)}, {id(3), ordered(0)}}) ==
          replaced(before, line(1) + line(2) + line(3), line(3) + line(1) + line(2)));
}

TEST_CASE("Lines outside the program's parts and in comments are never touched") {
    const std::string other = review::row_id("merged", "https://example.com");
    const std::string commented =
        replaced(before, line(3), line(3) + "\n<!-- left out:\n" + line(4) + "-->\n");
    CHECK(arranged(commented, {{other, listed(false)}, {id(4), listed(false)}}) == commented);
}
