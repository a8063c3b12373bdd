#include "markdown/code_span.h"

#include "catch.h"

using namespace harvester::markdown;

namespace {
std::vector<std::string> contents(std::string_view text, Source source = Source::markdown) {
    std::vector<std::string> out;
    for (const auto& span : code_spans(text, source)) out.emplace_back(span.content(text));
    return out;
}
using Texts = std::vector<std::string>;
}  // namespace

TEST_CASE("A code span ends at the next run of as many backticks") {
    CHECK(contents("a `b` c `d`") == Texts{"b", "d"});
    CHECK(contents("``a`b`` c") == Texts{"a`b"});
    CHECK(contents("`a``b`") == Texts{"a``b"});
    CHECK(contents("``a` b") == Texts{});
    CHECK(contents("a ` b") == Texts{});
}

TEST_CASE("A backslash keeps a backtick from opening a span in Markdown but not in a raw title") {
    CHECK(contents("\\`a`b`") == Texts{"b"});
    CHECK(contents("\\`a`b`", Source::raw) == Texts{"a"});
    CHECK(contents("\\\\`a`") == Texts{"a"});
    CHECK(contents("`a\\`") == Texts{"a\\"});
}

// Each span takes three runs: one tick, two ticks inside it, one tick; then the same the other way round.
TEST_CASE("A line of a hundred thousand backtick runs is read in one go") {
    std::string text;
    for (int i = 0; i < 100000; ++i) text += i % 2 == 0 ? "` " : "`` ";
    CHECK(code_spans(text).size() == 33333);
}
