#include "editorial/title_habits.h"

#include "catch.h"
#include "profile/profile.h"

using namespace harvester;
using editorial::TitleHabits;
using editorial::TitleLine;

namespace {

const Day edition = *parse_day("2025-12-17");

const profile::TitlePolicy& policy() {
    static const profile::TitlePolicy titles =
        profile::load_title_policy(profile::TomlTable::parse(R"toml(
[titles]
steps = ["trim", "lower_first", "rewrite_lead", "drop_type", "rewrite_scope", "add_prefix"]
[[titles.rule]]
drop_types = ["fix", "feat"]
drop_scoped = ["fix", "feat"]
scope_word = "code"
scope_kebab = "bare"
[[titles.rule]]
layout = "flat"
repository = "kettle"
prefix = "kettle: "
[[titles.rule]]
section = "Cups"
leads = { cup = "" }
)toml",
                                                             "titles.toml"));
    return titles;
}

std::string shown(const TitleHabits& habits, const std::string& repository, const std::string& section,
                  const std::string& raw) {
    const editorial::TitleInput input{repository, section, raw, Layout::sections, edition};
    profile::TitleSettings settings = editorial::title_settings(policy(), input);
    habits.apply(policy(), input, settings);
    return editorial::format_title(policy(), settings, raw).markdown;
}

TitleHabits habits_of(const std::vector<TitleLine>& lines) {
    return {policy(), Layout::sections, edition, lines};
}

TitleLine line(const std::string& raw, const std::string& text, bool retyped) {
    return {"teapot/kettle", "Water", raw, text, retyped};
}

}  // namespace

TEST_CASE("A type that the editor drops is dropped from the titles like it") {
    const auto habits = habits_of({line("perf: Boil", "Boil", true)});
    CHECK(shown(habits, "teapot/kettle", "Water", "perf: Pour") == "Pour");
    CHECK(shown(habits, "teapot/kettle", "Water", "ci: Pour") == "ci: Pour");      // another type
    CHECK(shown(habits, "teapot/garden", "Water", "perf: Pour") == "perf: Pour");  // another repository
}

TEST_CASE("A type that the editor puts back stays") {
    const auto habits = habits_of({line("fix: Boil", "fix: Boil", true)});
    CHECK(shown(habits, "teapot/kettle", "Water", "fix: Pour") == "fix: Pour");
    CHECK(shown(habits, "teapot/kettle", "Water", "feat: Pour") == "Pour");
}

TEST_CASE("Scopes take each form that the editor gives them, by their kind") {
    for (const auto& [text, expected] : std::initializer_list<std::pair<const char*, const char*>>{
             {"lid: Close", "cup: Fill"},
             {"Close", "Fill"},
             {"kettle lid: Close", "kettle cup: Fill"},
             {"`fix(lid)`: Close", "`feat(cup)`: Fill"}}) {
        INFO(text);
        const auto habits = habits_of({line("fix(lid): Close", text, true)});
        CHECK(shown(habits, "teapot/kettle", "Water", "feat(cup): Fill") == expected);
        CHECK(shown(habits, "teapot/kettle", "Water", "feat(tea-cup): Fill") == "tea-cup: Fill");
    }
}

TEST_CASE("A lead-in of a section and a prefix can be habits too") {
    const auto lead = habits_of({{"teapot/kettle", "Cups", "cup: Fill", "cup: Fill", true}});
    CHECK(shown(lead, "teapot/kettle", "Cups", "cup: Wash") == "cup: Wash");
    const auto prefix = habits_of({line("Boil", "kettle: boil", true)});
    CHECK(shown(prefix, "teapot/kettle", "Water", "Pour") == "kettle: pour");
    CHECK(shown(prefix, "teapot/kettle", "Water", "fix: Pour") == "kettle: Pour");
}

TEST_CASE("Lines that the editor left as they were above count against a habit") {
    const TitleLine left = line("perf: Pour", "perf: Pour", false);
    const TitleLine retyped = line("perf: Boil", "Boil", true);
    CHECK(habits_of({left, retyped}).empty());
    CHECK_FALSE(habits_of({left, retyped, retyped}).empty());
    CHECK_FALSE(
        habits_of({retyped, left, left}).empty());  // below the last retyped line nobody has looked yet
}

TEST_CASE("A line that follows a habit already is no vote of the editor's") {
    const TitleLine followed = line("perf: Pour", "Pour", false);
    const TitleLine back = line("perf: Boil", "perf: Boil", true);
    CHECK(habits_of({followed, followed, back}).empty());
}

TEST_CASE("Words that no setting gives are no habit") {
    CHECK(habits_of({line("perf: Boil", "boil much faster", true)}).empty());
    CHECK(habits_of({line("Boil", "simmer", true)}).empty());
    CHECK(habits_of({}).empty());
}

TEST_CASE("The notes say how many titles follow which habit") {
    const auto habits = habits_of({line("fix: Boil", "fix: Boil", true), line("perf: Stir", "Stir", true)});
    std::vector<Decision> picks(3);
    const char* const titles[] = {"fix: Pour", "fix: Fill", "Wash"};
    for (std::size_t i = 0; i < picks.size(); ++i) {
        picks[i].item.repository = "teapot/kettle";
        picks[i].item.title = titles[i];
        picks[i].section = "Water";
        picks[i].verdict = Verdict::picked;
    }
    CHECK(habits.notes(policy(), Layout::sections, edition, picks) ==
          std::vector<std::string>{"2 titles follow your `fix:` in Water"});
    CHECK(TitleHabits{}.notes(policy(), Layout::sections, edition, picks).empty());
}
