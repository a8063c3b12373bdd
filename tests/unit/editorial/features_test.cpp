#include "editorial/features.h"

#include <algorithm>

#include "catch.h"

using namespace harvester;
using profile::FeatureKind;

namespace {

std::vector<std::string> of(const std::string& title, std::vector<FeatureKind> kinds) {
    Item item;
    item.repository = "teapot/lid";
    item.title = title;
    return editorial::features({std::move(kinds), {}, {}, {}, {}}, item, Layout::sections);
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("commit type and scope are read from the lead-in") {
    const std::vector<FeatureKind> kinds = {FeatureKind::type, FeatureKind::scope};
    CHECK(of("feat: pour", kinds) == Names{"type=feat"});
    CHECK(of("Fix(Spout)!: drip", kinds) == Names{"has scope", "scope=spout", "type=fix"});
    CHECK(of("pour: a::b", kinds) == Names{"type=pour"});
    CHECK(of("a::b is hot", kinds) == Names{"type=none"});
    CHECK(of("two words: rest", kinds) == Names{"type=none"});
    CHECK(of("fix(open", kinds) == Names{"type=none"});
    CHECK(of("", kinds) == Names{"type=none"});
}

TEST_CASE("the first word leads, code leads as code") {
    CHECK(of("fix: Pour water", {FeatureKind::lead}) == Names{"lead=pour"});
    CHECK(of("`pour` water", {FeatureKind::lead}) == Names{"lead=`code`"});
    CHECK(of("12", {FeatureKind::lead}) == Names{"lead=none"});
}

TEST_CASE("words are those outside code, in lower case, each once") {
    CHECK(of("Pour `hot` tea_cup a::b don't pour", {FeatureKind::words}) == Names{"w=don't", "w=pour"});
    CHECK(of("pour hot tea", {FeatureKind::pairs}) == Names{"b=hot tea", "b=pour hot"});
}

TEST_CASE("code, length, labels, size and paths have their features") {
    CHECK(of("use `x`", {FeatureKind::code}) == Names{"has code"});
    CHECK(of("use tea_cup", {FeatureKind::code}) == Names{"has name"});
    CHECK(of("use tea", {FeatureKind::length}) == Names{"length<15"});
    CHECK(of(std::string(500, 'x'), {FeatureKind::length}) == Names{"length120+"});
    Item item;
    item.repository = "teapot/lid";
    item.labels = {"T-lid", "tab\there"};
    item.size = ChangeSize{40, 15, 3};
    item.paths = std::vector<ChangedPath>{{"src/a"}, {"src/b"}, {"README"}};
    CHECK(editorial::features(
              {{FeatureKind::labels, FeatureKind::size, FeatureKind::paths, FeatureKind::repository},
               {},
               {},
               {},
               {}},
              item, Layout::sections) == Names{"files<5", "label=T-lid", "label=tab here", "lines<200",
                                               "path=README", "path=src", "repo=teapot/lid"});
    item.size.reset();
    item.paths.reset();
    CHECK(editorial::features({{FeatureKind::size, FeatureKind::paths}, {}, {}, {}, {}}, item, Layout::flat)
              .empty());
}

TEST_CASE("features by repository carry its name, features by layout the layout's") {
    Item item;
    item.repository = "teapot/lid";
    item.title = "feat: pour";
    const profile::ScorePolicy policy = {
        {FeatureKind::type}, {FeatureKind::lead}, {FeatureKind::words}, {}, {}};
    CHECK(editorial::features(policy, item, Layout::sections) ==
          Names{"lid|lead=pour", "sections|w=pour", "type=feat"});
    CHECK(editorial::features(policy, item, Layout::flat) ==
          Names{"flat|w=pour", "lid|lead=pour", "type=feat"});
}

TEST_CASE("no title makes a feature that the weights file couldn't hold") {
    const std::vector<FeatureKind> all = {FeatureKind::repository, FeatureKind::type,  FeatureKind::scope,
                                          FeatureKind::lead,       FeatureKind::words, FeatureKind::pairs,
                                          FeatureKind::length,     FeatureKind::code,  FeatureKind::labels};
    for (const std::string& title :
         {std::string("fix(\t\n): \r"), std::string(10000, 'y'), std::string("\xff(\xfe): \x80"),
          std::string("\0:", 2), std::string("\u202ea(\u202e): b"), std::string(5000, '`')})
        for (const std::string& feature : of(title, all))
            CHECK(std::none_of(feature.begin(), feature.end(),
                               [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
}
