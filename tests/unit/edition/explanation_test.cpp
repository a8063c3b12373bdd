#include "edition/explanation.h"

#include "catch.h"

using namespace harvester;

namespace {

profile::Profile newsletter() {
    profile::Profile profile;
    profile.organisation = "teapot";
    profile.web = "https://example.org";
    return profile;
}

}  // namespace

TEST_CASE("an item is named by short name, full name or URL") {
    const edition::ItemName lid{"teapot/lid", 7};
    for (const char* text :
         {"lid#7", "teapot/lid#7", "https://example.org/teapot/lid/pull/7",
          "https://example.org/teapot/lid/pull/7/files#x", "https://example.org/teapot/lid/issues/7"}) {
        INFO(text);
        const auto name = edition::parse_item_name(newsletter(), text);
        REQUIRE(name);
        CHECK(*name == lid);
    }
}

TEST_CASE("what names no item is told with the right forms") {
    for (const char* text :
         {"", "lid", "#7", "lid#", "lid#x", "lid#0", "lid#-7", "lid#99999999999999999999", "a/b/c#7",
          "https://example.com/teapot/lid/pull/7", "https://example.org/teapot/lid"}) {
        INFO(text);
        const auto name = edition::parse_item_name(newsletter(), text);
        REQUIRE_FALSE(name);
        CHECK(name.error().code == ExitCode::usage);
        CHECK(name.error().message.find(
                  "write NAME#1, teapot/NAME#1 or https://example.org/teapot/NAME/pull/1") !=
              std::string::npos);
    }
}

TEST_CASE("a decision is found whatever the case of its repository") {
    std::vector<Decision> decisions(2);
    decisions[0].item.repository = decisions[1].item.repository = "teapot/Lid";
    decisions[0].item.number = 6;
    decisions[1].item.number = 7;
    CHECK(edition::find_decision(decisions, {"teapot/lid", 7}) == &decisions[1]);
    CHECK(edition::find_decision(decisions, {"teapot/lid", 8}) == nullptr);
    CHECK(edition::find_decision(decisions, {"teapot/li", 7}) == nullptr);
}

TEST_CASE(
    "an explanation has the rule, the section's reason, the score's biggest parts and the title's steps") {
    Decision decision;
    decision.item.repository = "teapot/lid";
    decision.item.number = 7;
    decision.item.url = "https://example.org/teapot/lid/pull/7";
    decision.item.title = "Fix\x1b[31m lid\nnow";
    decision.item.labels = {"T-lid", "hot"};
    decision.verdict = Verdict::left;
    decision.rule = "score";
    decision.reason = "Its score -0.50 is below 0.00.";
    decision.section = "Lids";
    decision.section_reason = "the label T-lid names Lids";
    decision.score = -0.5;
    decision.score_parts = {{"w=now", -1}, {"lead=fix", 0.5}};
    decision.title = "fix lid now";
    decision.title_steps = {{"trim", "Fix lid now"}};
    decision.sort_key = "fix lid now";
    const std::string text = edition::explanation(decision, 1);
    CHECK(text ==
          "item      teapot/lid#7  https://example.org/teapot/lid/pull/7\n"
          "by        ghost\n"
          "labels    T-lid, hot\n"
          "verdict   a candidate that is not listed (--all shows it)\n"
          "rule      score\n"
          "reason    Its score -0.50 is below 0.00.\n"
          "section   Lids\n"
          "because   the label T-lid names Lids\n"
          "score     -0.50\n"
          "          -1.00  w=now\n"
          "          and 1 smaller parts\n"
          "on GitHub Fix\xEF\xBF\xBD[31m lid now\n"
          "          trim: Fix lid now\n"
          "title     fix lid now\n"
          "order by  fix lid now\n");
    decision.verdict = Verdict::outside;
    CHECK(edition::explanation(decision, 1).find("score  ") == std::string::npos);
}
