#include "edition/draft_habits.h"

#include "catch.h"
#include "profile/profile.h"

using namespace harvester;

namespace {

Item merged(std::int64_t number, const char* title) {
    Item item;
    item.repository = "rust-lang/cargo";
    item.number = number;
    item.title = title;
    item.url = "https://github.com/rust-lang/cargo/pull/" + std::to_string(number);
    return item;
}

std::string line(std::int64_t number, const std::string& title) {
    return "* [" + title + "](https://github.com/rust-lang/cargo/pull/" + std::to_string(number) + ")";
}

}  // namespace

TEST_CASE("A title that was retyped in the draft becomes a habit for the others") {
    const auto profile = profile::load_profile("");
    REQUIRE(profile);
    const Day edition = *parse_day("2025-12-17");
    const std::vector<Item> items = {merged(1, "perf: Brew tea"), merged(2, "perf: Pour tea"), merged(3, "Wash cups")};
    const std::vector<DraftLine> written = {{"rust-lang/cargo#1", line(1, "perf: brew tea"), "", "Cargo"},
                                            {"rust-lang/cargo#2", line(2, "perf: pour tea"), "", "Cargo"}};
    const auto shown = [&](const std::string& body) {
        const auto habits = edition::draft_habits(*profile, Layout::sections, edition, body, written, items);
        const editorial::TitleInput input{"rust-lang/cargo", "Cargo", "perf: Pour tea", Layout::sections, edition};
        profile::TitleSettings settings = editorial::title_settings(profile->titles, input);
        habits.apply(profile->titles, input, settings);
        return editorial::format_title(profile->titles, settings, input.raw).markdown;
    };
    CHECK(shown("#### Cargo\n" + line(1, "brew tea") + "\r\n" + line(2, "perf: pour tea") + "\n") == "pour tea");
    CHECK(shown("#### Cargo\n" + line(1, "perf: brew tea") + "\n" + line(3, "wash cups")) == "perf: pour tea");
    CHECK(shown("no list\n* [other](https://example.org)\n") == "perf: pour tea");
}
