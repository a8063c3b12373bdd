#include "editorial/decide.h"

#include <algorithm>
#include <random>

#include "catch.h"
#include "profile/calendar.h"

using namespace harvester;

namespace {

constexpr const char* small_profile = R"toml(
name = "tea"
title = "This Week in Tea"
organisation = "teapot"
web = "https://example.org"
[issue]
weekday = "Wednesday"
first_date = "2022-01-05"
first_number = 1
window_first = -8
window_last = -1
[titles]
steps = ["trim"]
untitled = "(no title)"
[editorial]
previous_run = "08:00"
[[editorial.drop]]
name = "robot"
reason = "A robot made it."
author_kinds = ["bot"]
[[editorial.drop]]
name = "spill"
reason = "Spills are wiped up elsewhere."
repositories = ["teapot/kettle"]
titles = ['(?i)^spill']
[[editorial.drop]]
name = "old branch"
reason = "It went into an old branch."
base_branches = ["old-*"]
[[editorial.section]]
name = "Water"
labels = ["T-water"]
[[editorial.section]]
name = "Leaves"
labels = ["T-leaves*"]
wanted = 2
[[editorial.repository]]
names = ["teapot/kettle"]
section = "Water"
by_label = true
sections = {threshold = 0.0}
flat = {threshold = 0.0, wanted = 1}
[[editorial.repository]]
names = ["teapot/garden*"]
section = "Leaves"
[[editorial.cue]]
name = "steep"
title = '(?i)\bsteep'
section = "Leaves"
weight = 2
[[editorial.block]]
name = "garden first"
repositories = ["teapot/garden*"]
[[editorial.block]]
name = "rest"
[editorial.score]
features = ["repository", "type", "lead", "words", "labels", "patterns"]
[[editorial.score.pattern]]
name = "hot"
title = '(?i)\bhot\b'
[editorial.score.given]
"label=given" = 0.25
)toml";

profile::Profile tea() {
    auto profile = profile::parse_profile(small_profile, "tea.toml", "");
    if (!profile) FAIL(profile.error().message);
    return *profile;
}

Item merged(std::string repository, std::int64_t number, std::string title) {
    Item item;
    item.repository = std::move(repository);
    item.number = number;
    item.url = "https://example.org/" + item.repository + "/pull/" + std::to_string(number);
    item.id = item.url;
    item.title = std::move(title);
    item.state = ItemState::merged;
    item.author = {"mint", ActorKind::user};
    item.merged_at = *parse_instant("2024-11-07T12:00:00Z");
    return item;
}

editorial::DecideContext context(const profile::Profile& profile) {
    editorial::DecideContext context;
    context.issue = *profile::edition_of(profile, *parse_day("2024-11-13"));
    return context;
}

editorial::Weights weights() {
    return *editorial::Weights::parse("(bias)\t0.5\nw=boil\t1\nw=dust\t-2\ntitle:hot\t0.75\n", "weights.tsv");
}

std::vector<Decision> decide(const std::vector<Item>& items) {
    const auto profile = tea();
    return editorial::decide(profile, weights(), items, context(profile));
}

}  // namespace

TEST_CASE("decisions that aren't to be explained are the same without what a list doesn't show") {
    const auto profile = tea();
    Item robot = merged("teapot/kettle", 3, "boil faster");
    robot.author.kind = ActorKind::bot;
    const std::vector<Item> items = {merged("teapot/kettle", 1, "Boil: dust boil."),
                                     merged("teapot/garden", 2, "dust"), robot};
    auto brief = context(profile);
    brief.explained = false;
    auto whole = editorial::decide(profile, weights(), items, context(profile));
    const auto decisions = editorial::decide(profile, weights(), items, brief);
    REQUIRE(decisions.size() == whole.size());
    for (std::size_t i = 0; i < whole.size(); ++i) {
        CHECK_FALSE(whole[i].score_parts.empty());
        CHECK_FALSE(whole[i].title_steps.empty());
        CHECK(decisions[i].score_parts.empty());
        CHECK(decisions[i].title_steps.empty());
        CHECK(decisions[i].item == whole[i].item);
        CHECK(decisions[i].verdict == whole[i].verdict);
        CHECK(decisions[i].rule == whole[i].rule);
        CHECK(decisions[i].reason == whole[i].reason);
        const bool shown = whole[i].verdict == Verdict::picked || whole[i].verdict == Verdict::left;
        CHECK(decisions[i].score == (shown ? whole[i].score : 0));
        CHECK(decisions[i].title == (shown ? whole[i].title : ""));
        CHECK(decisions[i].section == (shown ? whole[i].section : ""));
    }
    CHECK(std::ranges::count(whole, Verdict::dropped, &Decision::verdict) == 1);
}

TEST_CASE("a rule drops what meets all of its conditions and says why") {
    Item robot = merged("teapot/kettle", 1, "boil faster");
    robot.author.kind = ActorKind::bot;
    Item old = merged("teapot/kettle", 2, "boil faster");
    old.base_branch = "old-1.0";
    const auto decisions = decide(
        {robot, old, merged("teapot/kettle", 3, "Spill less"), merged("teapot/garden", 4, "Spill less")});
    REQUIRE(decisions.size() == 4);
    CHECK(decisions[0].item.number == 4);  // the rule is the kettle's
    CHECK(decisions[0].verdict == Verdict::picked);
    CHECK(decisions[1].rule == "robot");
    CHECK(decisions[2].rule == "old branch");
    CHECK(decisions[3].rule == "spill");
    CHECK(decisions[3].reason == "Spills are wiped up elsewhere.");
    CHECK(decisions[3].section == "Water");
}

TEST_CASE("a repository that the profile doesn't name is outside") {
    const auto decisions = decide({merged("teapot/cellar", 1, "boil")});
    CHECK(decisions[0].verdict == Verdict::outside);
    CHECK(decisions[0].reason == "The profile reports nothing from teapot/cellar.");
}

TEST_CASE("the label names the section, the cue helps out, the repository's own comes last") {
    Item leaves = merged("teapot/kettle", 1, "a");
    leaves.labels = {"T-leaves-green", "unknown label"};
    Item both = merged("teapot/kettle", 2, "steep longer");
    both.labels = {"T-leaves", "T-water"};
    Item none = merged("teapot/kettle", 3, "b");
    none.labels = {"T-nobody"};
    const auto decisions = decide({leaves, both, none});
    REQUIRE(decisions.size() == 3);
    CHECK(decisions[0].item.number == 3);
    CHECK(decisions[0].section == "Water");
    CHECK(decisions[0].section_reason ==
          "no label names a section and the title gives no cue; Water is the fallback");
    CHECK(decisions[1].section_reason == "the label T-leaves-green names Leaves");
    CHECK(decisions[2].section_reason ==
          "several labels name sections: T-water, T-leaves; the title speaks for Leaves (steep)");
}

TEST_CASE("the score is the sum of its parts, biggest first") {
    Item item = merged("teapot/kettle", 1, "boil hot water");
    item.labels = {"given"};
    const auto decision = decide({item})[0];
    CHECK(decision.score == Approx(2.5));
    REQUIRE(decision.score_parts.size() == 4);
    CHECK(decision.score_parts[0] == ScorePart{"w=boil", 1});
    CHECK(decision.score_parts[3] == ScorePart{"label=given", 0.25});
}

TEST_CASE("a candidate below the threshold is left and keeps its place for --all") {
    const auto decisions =
        decide({merged("teapot/kettle", 1, "dust"), merged("teapot/kettle", 2, "dust boil")});
    CHECK(decisions[0].item.number == 2);
    CHECK(decisions[0].verdict == Verdict::left);
    CHECK(decisions[0].reason == "Its score -0.50 is below 0.00.");
    CHECK(decisions[1].item.number == 1);
}

TEST_CASE("no more lines than wanted, and the best of them") {
    const auto decisions = decide({merged("teapot/garden", 1, "a"), merged("teapot/garden", 2, "z boil"),
                                   merged("teapot/garden", 3, "b hot")});
    CHECK(decisions[0].item.number == 3);  // by title
    CHECK(decisions[1].item.number == 2);
    CHECK(decisions[2].verdict == Verdict::left);
    CHECK(decisions[2].rule == "wanted of section");
}

TEST_CASE("layout flat has its own blocks and wanted lengths") {
    const auto profile = tea();
    auto flat = context(profile);
    flat.layout = Layout::flat;
    const std::vector<Item> items = {merged("teapot/kettle", 1, "a boil"), merged("teapot/kettle", 2, "b"),
                                     merged("teapot/garden", 3, "c")};
    const auto decisions = editorial::decide(profile, weights(), items, flat);
    CHECK(decisions[0].item.number == 3);
    CHECK(decisions[0].section.empty());
    CHECK(decisions[1].item.number == 1);
    CHECK(decisions[2].rule == "wanted of repository");
}

TEST_CASE("nothing is printed twice") {
    const auto profile = tea();
    auto known = context(profile);
    Item early = merged("teapot/kettle", 1, "a");
    early.merged_at = *parse_instant("2024-11-05T07:59:59Z");
    Item late = merged("teapot/kettle", 2, "b");
    late.merged_at = *parse_instant("2024-11-05T08:00:00Z");
    const std::vector<Item> items = {early, late, merged("teapot/kettle", 3, "c")};
    known.seen = {items[2].url};

    auto decisions = editorial::decide(profile, weights(), items, known);
    CHECK(decisions[0].item.number == 2);
    CHECK(decisions[1].verdict == Verdict::left);
    CHECK(decisions[1].rule == "previous run");
    CHECK(decisions[2].rule == "seen before");

    known.previous_harvest_known = true;  // then the clock decides nothing
    decisions = editorial::decide(profile, weights(), items, known);
    CHECK(decisions[1].verdict == Verdict::picked);
    CHECK(decisions[2].verdict == Verdict::printed);
}

TEST_CASE("the order of the input doesn't change the decisions") {
    std::vector<Item> items;
    for (int i = 0; i < 60; ++i)
        items.push_back(
            merged(i % 3 != 0 ? "teapot/kettle" : "teapot/garden", i, i % 2 != 0 ? "boil" : "dust"));
    const auto keys = [](const std::vector<Decision>& decisions) {
        std::vector<std::string> out;
        for (const Decision& d : decisions) out.push_back(d.item.url + d.section + d.rule + d.title);
        return out;
    };
    const auto expected = keys(decide(items));
    std::mt19937 shuffle(7);
    for (int i = 0; i < 10; ++i) {
        std::shuffle(items.begin(), items.end(), shuffle);
        CHECK(keys(decide(items)) == expected);
    }
}

TEST_CASE("strange titles are decided like others") {
    const std::vector<std::string> titles = {"",
                                             " ",
                                             std::string(10000, 'x'),
                                             std::string(3000, '`'),
                                             "\xff\xfe",
                                             "\u202egnp.exe",
                                             "\u05e9\u05dc\u05d5\u05dd",
                                             "\U0001F980 crab",
                                             std::string("a\0b", 3),
                                             "feat(: x",
                                             "fix():",
                                             "::",
                                             "a::"};
    std::vector<Item> items;
    for (const std::string& title : titles)
        items.push_back(merged("teapot/kettle", static_cast<std::int64_t>(items.size()), title));
    const auto decisions = decide(items);
    REQUIRE(decisions.size() == titles.size());
    for (const Decision& decision : decisions) CHECK_FALSE(decision.title.empty());
}
