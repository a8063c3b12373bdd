#include "edition/explanation.h"

#include "cache/drafts.h"
#include "catch.h"
#include "profile/calendar.h"

using namespace harvester;

namespace {

const profile::Profile& twir() {
    static const profile::Profile profile = profile::load_profile("").value();
    return profile;
}

Instant at(const char* text) {
    return parse_instant(text).value();
}

Edition week() {
    return profile::edition_of(twir(), *parse_day("2025-12-17")).value();
}

Item item_of(const std::string& repository, std::int64_t number) {
    Item item;
    item.repository = "rust-lang/" + repository;
    item.number = number;
    item.url = "https://github.com/rust-lang/" + repository + "/pull/" + std::to_string(number);
    item.id = item.url;
    item.title = "Title";
    item.created_at = item.updated_at = at("2025-12-10T00:00:00Z");
    return item;
}

Decision decision_of(std::int64_t number, Verdict verdict, double score, std::string rule = "score") {
    Decision decision;
    decision.item = item_of("rust", number);
    decision.verdict = verdict;
    decision.score = score;
    decision.rule = std::move(rule);
    decision.reason = "A sentence.";
    return decision;
}

// A cache with these items, and the edition's report without any.
struct Known {
    cache::Store store = cache::Store::open(":memory:", cache::OpenMode::read_write).value();
    edition::Assembly assembly;

    explicit Known(const std::vector<Item>& items = {}) {
        assembly.report.issue = week();
        cache::Slice slice;
        slice.key = {"test", week().window.range(), ""};
        REQUIRE(store.commit_page(slice, items));
    }
    std::vector<edition::PartAnswer> ask(const std::string& name) {
        const auto answer =
            edition::explain(twir(), store, assembly, edition::parse_item_name(twir(), name).value());
        if (!answer) FAIL(answer.error().message);
        return answer->parts;
    }
};

}  // namespace

TEST_CASE("An item is named by short name, full name or URL") {
    const edition::ItemName cargo{"rust-lang/cargo", 7};
    for (const char* text : {"cargo#7", "rust-lang/cargo#7", "https://github.com/rust-lang/cargo/pull/7",
                             "https://github.com/rust-lang/cargo/pull/7/files#x",
                             "https://github.com/rust-lang/cargo/issues/7"}) {
        INFO(text);
        const auto name = edition::parse_item_name(twir(), text);
        REQUIRE(name);
        CHECK(*name == cargo);
    }
}

TEST_CASE("What names no item is refused with the right forms") {
    for (const char* text : {"", "lid", "#7", "lid#", "lid#x", "lid#0", "lid#-7", "lid#99999999999999999999",
                             "a/b/c#7", "https://example.com/rust-lang/lid/pull/7",
                             "https://github.com/rust-lang/lid", "https://github.com/rust-lang#7"}) {
        INFO(text);
        const auto name = edition::parse_item_name(twir(), text);
        REQUIRE_FALSE(name);
        CHECK(name.error().code == ExitCode::usage);
        CHECK(name.error().message.find(
                  "write NAME#1, rust-lang/NAME#1 or https://github.com/rust-lang/NAME/pull/1") !=
              std::string::npos);
    }
}

TEST_CASE("Of a candidate its rank is shown, and how many better ones are listed") {
    Known known;
    known.assembly.decisions = {decision_of(1, Verdict::picked, 3),
                                decision_of(2, Verdict::picked, 2),
                                decision_of(3, Verdict::left, 1, "wanted of repository"),
                                decision_of(4, Verdict::left, -5),
                                decision_of(5, Verdict::dropped, 0, "bot"),
                                decision_of(6, Verdict::printed, 0, "seen before")};
    using Parts = std::vector<edition::PartAnswer>;
    CHECK(known.ask("Rust#2") == Parts{{"merged", true, "it is number 2 of 4 candidates in rust-lang/rust"}});
    CHECK(known.ask("rust#3") ==
          Parts{{"merged", false,
                 "2 better ones are listed; it is number 3 of 4 candidates in rust-lang/rust"}});
    CHECK(known.ask("rust#4") ==
          Parts{{"merged", false,
                 "it is number 4 of 4 candidates in rust-lang/rust, and ones like it are seldom printed"}});
    CHECK(known.ask("rust#5") == Parts{{"merged", false, "the rule \"bot\" drops it: A sentence."}});
    CHECK(known.ask("rust#6") == Parts{{"merged", false, "A sentence."}});
}

TEST_CASE("An item is explained for every part that it is in, or could be in") {
    const std::string label = "final-comment-period";
    std::vector<Item> items;
    for (std::int64_t number = 1; number <= 4; ++number) {
        Item item = item_of(number == 3 ? "miri" : "rust", number);
        item.labels = {label};
        item.label_events = std::vector<LabelEvent>{
            {label, at(number == 2 ? "2025-12-01T00:00:00Z" : "2025-12-10T00:00:00Z"), true}};
        items.push_back(item);
    }
    Item text = item_of("rfcs", 5);
    text.paths = std::vector<ChangedPath>{{"text/5.md", true}};
    Item closed = item_of("rfcs", 6);
    closed.paths = std::vector<ChangedPath>{{"README.md", false}};
    Item elsewhere = item_of("cargo", 7);
    elsewhere.state = ItemState::merged;
    elsewhere.merged_at = at("2025-11-26T10:00:00Z");
    items.insert(items.end(), {text, closed, elsewhere});
    Known known(items);
    known.assembly.report.part("fcp").sections = {{"rust", {{"", "Title", items[0].url}}}};
    known.assembly.report.part("rfcs").sections = {{"", {{"", "Title", text.url}}}};
    using Parts = std::vector<edition::PartAnswer>;
    CHECK(known.ask("rust#1") ==
          Parts{{"fcp", true, "it got the label final-comment-period on 2025-12-10; group \"rust\""}});
    CHECK(known.ask("rust#2") == Parts{{"fcp", false,
                                        "it got the label final-comment-period on 2025-12-01, outside the "
                                        "window 2025-12-09 to 2025-12-16 of edition 2025-12-17"}});
    CHECK(known.ask("miri#3") ==
          Parts{{"fcp", false,
                 "no group of this part takes it; rust-lang/miri has none, or other labels are missing"}});
    CHECK(known.ask("rust#4") == Parts{{"fcp", false, "an earlier edition listed it for the same label"}});
    CHECK(known.ask("rfcs#5") ==
          Parts{{"approved", false, "it isn't merged"}, {"rfcs", true, "it was opened on 2025-12-10"}});
    CHECK(known.ask("rfcs#6") ==
          Parts{{"approved", false, "it isn't merged"}, {"rfcs", false, "it adds no text of a proposal"}});
    CHECK(known.ask("cargo#7") == Parts{{"merged", false,
                                         "it was merged on 2025-11-26, outside the window 2025-12-09 to "
                                         "2025-12-16 of edition 2025-12-17; ask with --issue 2025-12-03"}});
    CHECK_FALSE(edition::explain(twir(), known.store, known.assembly, {"rust-lang/rust", 99}));
}

TEST_CASE("What an editor did with the item in a draft is shown") {
    Known known({item_of("rust", 1)});
    DraftLine line;
    line.key = "rust-lang/rust#1";
    line.written = "* [Title](https://github.com/rust-lang/rust/pull/1)";
    line.place = DraftLine::Place::nowhere;
    line.decision = DraftLine::Decision::rejected;
    REQUIRE(cache::Drafts(known.store)
                .write("2025-12-17 /twir/draft.md", {{"merged", {line}}}, at("2025-12-16T10:00:00Z")));
    line.place = DraftLine::Place::list;
    line.decision = DraftLine::Decision::none;
    line.kept = "* [Better](https://github.com/rust-lang/rust/pull/1)";
    REQUIRE(cache::Drafts(known.store)
                .write("2025-12-17 o/n:b:d.md", {{"merged", {line}}}, at("2025-12-16T10:00:00Z")));
    REQUIRE(cache::Drafts(known.store)
                .write("2025-12-24 /twir/next.md", {{"merged", {line}}}, at("2025-12-16T10:00:00Z")));
    const auto answer = edition::explain(twir(), known.store, known.assembly, {"rust-lang/rust", 1});
    REQUIRE(answer);
    CHECK(answer->drafts ==
          std::vector<std::string>{
              "/twir/draft.md (merged): an editor removed it from the list; it isn't written again",
              "o/n:b:d.md (merged): listed; an editor changed its line to: * "
              "[Better](https://github.com/rust-lang/rust/pull/1)"});
}

TEST_CASE(
    "An explanation is text that a terminal can show, with the reasons in words and the biggest first") {
    edition::Explanation explanation;
    explanation.decision = decision_of(7, Verdict::left, -0.5);
    Decision& decision = *explanation.decision;
    decision.item.title = "Fix\x1b[31m lid\nnow";
    decision.item.labels = {"T-lid", "hot"};
    decision.section = "Lids";
    decision.section_reason = "the label T-lid names Lids";
    decision.score_parts = {
        {"w=now", -1}, {"sections|w=now", -0.5}, {"lead=fix", 0.5}, {"(bias)", -2}, {"length<60", -0.25}};
    decision.title = "fix lid now";
    decision.title_steps = {{"trim", "Fix lid now"}};
    decision.sort_key = "fix lid now";
    explanation.item = decision.item;
    explanation.parts = {{"merged", false, "it is number 17 of 201"}};
    explanation.drafts = {"draft.md (merged): listed"};
    CHECK(edition::explanation_text(explanation, 1) ==
          "item      rust-lang/rust#7  https://github.com/rust-lang/rust/pull/7\n"
          "by        ghost\n"
          "labels    T-lid, hot\n"
          "merged    not listed: it is number 17 of 201\n"
          "draft     draft.md (merged): listed\n"
          "section   Lids; the label T-lid names Lids\n"
          "for it    it begins with \"fix\" (+0.50)\n"
          "against   the word \"now\" (-1.50) and 1 more\n"
          "on GitHub Fix\xEF\xBF\xBD[31m lid now\n"
          "          trim: Fix lid now\n"
          "title     fix lid now\n"
          "order by  fix lid now\n");
}
