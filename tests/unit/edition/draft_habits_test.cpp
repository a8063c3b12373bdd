#include "edition/draft_habits.h"

#include "catch.h"
#include "profile/profile.h"

using namespace harvester;

namespace {

Decision picked(std::int64_t number, const char* raw, const char* title) {
    Decision decision;
    decision.item.repository = "rust-lang/cargo";
    decision.item.number = number;
    decision.item.title = raw;
    decision.item.url = "https://github.com/rust-lang/cargo/pull/" + std::to_string(number);
    decision.section = "Cargo";
    decision.title = title;
    decision.verdict = Verdict::picked;
    return decision;
}

std::string line(std::int64_t number, const std::string& title) {
    return "* [" + title + "](https://github.com/rust-lang/cargo/pull/" + std::to_string(number) + ")";
}

}  // namespace

TEST_CASE("A title that was retyped in the draft becomes a habit for the others") {
    const auto profile = profile::load_profile("");
    REQUIRE(profile);
    const std::vector<DraftLine> written = {{"rust-lang/cargo#1", line(1, "perf: brew tea"), "", "Cargo"},
                                            {"rust-lang/cargo#2", line(2, "perf: pour tea"), "", "Cargo"}};
    std::vector<std::string> notes;
    const auto shown = [&](const std::string& body) {
        edition::Assembly assembly;
        assembly.report.issue.date = *parse_day("2025-12-17");
        assembly.report.layout = Layout::sections;
        assembly.decisions = {picked(1, "perf: Brew tea", "perf: brew tea"),
                              picked(2, "perf: Pour tea", "perf: pour tea"),
                              picked(3, "Wash cups", "wash cups")};
        render::Section& cargo =
            assembly.report.part("merged").sections.emplace_back(render::Section{"Cargo", {}});
        for (const Decision& decision : assembly.decisions)
            cargo.picks.push_back({"", decision.title, decision.item.url});
        notes = edition::follow_habits(*profile, body, written, assembly);
        CHECK(assembly.report.parts[0].sections[0].picks[1].title == assembly.decisions[1].title);
        CHECK(assembly.report.parts[0].sections[0].picks[2].title == "wash cups");
        return assembly.decisions[1].title;
    };
    CHECK(shown("#### Cargo\n" + line(1, "brew tea") + "\r\n" + line(2, "perf: pour tea") + "\n") ==
          "pour tea");
    CHECK(notes == std::vector<std::string>{"2 titles drop `perf:` in Cargo, as you did"});
    CHECK(shown("#### Cargo\n" + line(1, "perf: brew tea") + "\n" + line(3, "wash cups")) ==
          "perf: pour tea");
    CHECK(notes.empty());
    CHECK(shown("no list\n* [other](https://example.org)\n") == "perf: pour tea");
}
