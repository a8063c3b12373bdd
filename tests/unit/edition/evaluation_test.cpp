#include "edition/evaluation.h"

#include "catch.h"

using namespace harvester;
using edition::PastEdition;
using edition::touched_lines;

namespace {

profile::Profile plain() {
    auto profile = profile::parse_profile(R"toml(
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
steps = ["trim", "drop_type"]
[[titles.rule]]
drop_types = ["fix"]
)toml",
                                          "tea.toml", "");
    if (!profile) FAIL(profile.error().message);
    return *profile;
}

Decision decision(std::int64_t number, const std::string& section, const std::string& title,
                  Verdict verdict) {
    Decision out;
    out.item.repository = "teapot/kettle";
    out.item.number = number;
    out.item.title = title;
    out.section = section;
    out.title = title;
    out.verdict = verdict;
    return out;
}

draft::PublishedItem printed(std::int64_t number, const std::string& heading, const std::string& title) {
    return {"", "teapot/kettle", number, heading, 0, title};
}

}  // namespace

TEST_CASE("Lines are deleted, added, retyped or moved until the list is the printed one") {
    PastEdition past;
    past.printed = {printed(2, "Water", "two"),   printed(1, "Water", "one"),
                    printed(3, "Water", "three"), printed(4, "Leaves", "four"),
                    printed(5, "Leaves", "five"), printed(99, "Leaves", "unknown")};
    const std::vector<Decision> decided = {
        decision(1, "Water", "one", Verdict::picked),  decision(2, "Water", "two", Verdict::picked),
        decision(3, "Water", "drei", Verdict::picked), decision(4, "Water", "four", Verdict::picked),
        decision(5, "Leaves", "five", Verdict::left),  decision(6, "Water", "six", Verdict::picked),
        decision(7, "Water", "seven", Verdict::left)};
    const auto lines = touched_lines(plain(), decided, past, {}, false);
    CHECK(lines.deleted == 1);  // 6
    CHECK(lines.added == 1);    // 5; the cache knows nothing of 99
    CHECK(lines.retyped == 1);  // 3
    CHECK(lines.moved == 2);    // 4 is in the other section, 1 and 2 are swapped
    CHECK(lines.sum() == 5);
    const std::vector<std::string> others = {"garden"}, own = {"kettle"};
    CHECK(touched_lines(plain(), decided, past, others, false).sum() == 0);
    CHECK(touched_lines(plain(), decided, past, own, false).sum() == 5);
}

TEST_CASE("With habits a change that repeats is typed once") {
    PastEdition past;
    std::vector<Decision> decided;
    for (std::int64_t i = 1; i <= 4; ++i) {
        const std::string name = "pot " + std::to_string(i);
        past.printed.push_back(printed(i, "", "perf: " + name));
        decided.push_back(decision(i, "", "perf: " + name, Verdict::picked));
        past.printed.back().title = name;
    }
    past.context.issue.date = *parse_day("2025-12-17");
    CHECK(touched_lines(plain(), decided, past, {}, false).retyped == 4);
    CHECK(touched_lines(plain(), decided, past, {}, true).retyped == 1);
}
