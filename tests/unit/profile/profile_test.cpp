#include "profile/profile_text.h"

#include <algorithm>

#include "catch.h"
#include "queries/embedded.h"

using namespace harvester;
using Catch::Matchers::Contains;

namespace {

// The embedded profile with the first `from` replaced.
Result<profile::Profile> parse_with(const std::string& from, const std::string& to) {
    std::string text(queries::embedded("twir.toml"));
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return profile::parse_profile(text.replace(at, from.size(), to), "mine.toml", "");
}

}  // namespace

TEST_CASE("The embedded profile is read whole") {
    const auto profile = profile::load_profile("");
    INFO((profile ? std::string() : profile.error().message));
    REQUIRE(profile);
    CHECK(profile->weekday == 3);
}

TEST_CASE("All problems of a profile are found in one reading, each with line, column and key") {
    const std::string text = R"(name = "acme"
organization = "acme"
web = "http://github.com"
weights = 3

[issue]
weekday = "Fryday"
first_date = "2026-02-30"
first_number = -1

[[harvest.search]]
name = "merged"
reading = "merge"
text = "is:pr is:merged {place} merged:{range} sort:created-asc"

[[editorial.drop]]
name = "everything"
reason = "It has no condition."

[[editorial.section]]
name = "Fixes"
label = ["bug"]

[[editorial.repository]]
names = ["acme/*"]
section = "Fixed"

[[editorial.cue]]
name = "crash"
title = '(crash'
section = "Fixes"
)";
    std::vector<std::string> found;
    for (const auto& problem : profile::read_profile(text, "mine.toml").problems)
        found.push_back(problem.sentence());
    CHECK(found ==
          std::vector<std::string>{
              "mine.toml:1:1: organisation: is missing here; name an organisation, users or repositories",
              "mine.toml:2:1: organization: no such key; did you mean \"organisation\"?",
              "mine.toml:3:7: web: must start with https://",
              "mine.toml:4:11: weights: must be a string",
              "mine.toml:7:11: issue.weekday: \"Fryday\" must be one of Sunday, Monday, Tuesday, Wednesday, "
              "Thursday, Friday, "
              "Saturday; did you mean \"Friday\"?",
              "mine.toml:8:14: issue.first_date: must be a day, \"2024-11-13\"",
              "mine.toml:9:16: issue.first_number: must be from 0 to 1000000",
              "mine.toml:13:11: harvest.search[1].reading: \"merge\" must be one of merged, labelled, paths; "
              "did you mean "
              "\"merged\"?",
              "mine.toml:14:8: harvest.search[1].text: must hold is:public, so that nothing private gets "
              "into a draft",
              "mine.toml:17:8: editorial.drop[1].name: the rule has no condition and would drop everything; "
              "give it one",
              "mine.toml:22:1: editorial.section[1].label: no such key; did you mean \"labels\"?",
              "mine.toml:26:11: editorial.repository[1].section: \"Fixed\" must be one of Fixes; did you "
              "mean \"Fixes\"?",
              "mine.toml:30:9: editorial.cue[1].title: the pattern '(crash' is not a regular expression of "
              "RE2: missing ): "
              "(crash",
          });
}

TEST_CASE("A profile that extends another one overrides keys, entries by name, and drops entries") {
    const auto reading = profile::read_profile(R"(extends = "twir"
title = "Mine"
[[editorial.drop]]
name = "typo"
remove = true
[[editorial.section]]
name = "Cargo"
wanted = 3
[[editorial.section]]
name = "Last"
)",
                                               "mine.toml");
    CHECK(reading.problems.empty());
    const profile::Profile& mine = reading.profile;
    CHECK(mine.name == "mine");  // not the other newsletter's memory
    CHECK(mine.title == "Mine");
    CHECK(mine.organisation == "rust-lang");
    const auto& rules = mine.editorial.drop;
    CHECK(std::none_of(rules.begin(), rules.end(), [](const auto& rule) { return rule.name == "typo"; }));
    CHECK(rules.size() > 10);
    CHECK(mine.editorial.sections.back().name == "Last");
    CHECK(mine.editorial.sections[3].name == "Cargo");
    CHECK(mine.editorial.sections[3].wanted == 3U);
    CHECK(mine.editorial.sections[3].labels == std::vector<std::string>{"T-cargo"});
    const auto weights = profile::find_weights(reading);
    REQUIRE(weights);
    CHECK(weights->size() > 1000);
}

TEST_CASE("What a profile cannot extend or remove is a problem with its place") {
    const auto first = [](const std::string& text) {
        const auto problems = profile::read_profile(text, "mine.toml").problems;
        return problems.empty() ? std::string() : problems.front().sentence();
    };
    CHECK_THAT(first("extends = \"twirr\"\n"),
               Contains("mine.toml:1:11: extends: there is no profile \"twirr\""));
    CHECK_THAT(first("extends = \"twir\"\n[[editorial.drop]]\nname = \"x\"\nremove = true\n"),
               Contains("mine.toml:") && Contains("drop"));
}

TEST_CASE("A key that nobody knows is reported with file, line and key") {
    const std::string text = std::string(queries::embedded("twir.toml")) + "\n[misspelt]\nx = 1\n";
    const auto profile = profile::parse_profile(text, "mine.toml", "");
    REQUIRE_FALSE(profile);
    CHECK(profile.error().code == ExitCode::usage);
    CHECK_THAT(profile.error().message, Contains("mine.toml:") && Contains("misspelt"));
}

TEST_CASE("A file that isn't TOML is reported with file and line") {
    const auto profile = profile::parse_profile("name = \n", "mine.toml", "");
    REQUIRE_FALSE(profile);
    CHECK_THAT(profile.error().message, Contains("mine.toml:1"));
}

TEST_CASE("What a search must not be is refused with file, line, key and what it must be") {
    struct Row {
        const char *from, *to, *told;
    };
    const Row rows[] = {
        {"merged:{range}", "closed:{range}", "must hold one of merged:{range}"},
        {"merged:{range}", "merged:{range} merged:{range}", "once"},
        {"is:pr is:public is:merged", "is:public is:merged", "is:pr or is:issue"},
        {"is:pr is:public is:merged {place}", "is:pr is:public is:merged", "must hold {place} once"},
        {"is:pr is:public is:merged", "is:pr is:public is:merged repo:a/b", "must not name org:"},
        {"{place} merged:{range} sort:created-asc", "{place} merged:{range}", "must hold sort:created-asc"},
        {"is:pr is:public is:merged", "is:pr is:merged", "must hold is:public"},
        {"is:pr is:public is:merged", "is:pr is:public OR is:merged", "must not hold AND, OR or NOT"},
        {"is:pr is:public is:merged", "is:pr is:public {labels} is:merged", "must hold {labels} once when"},
        {"labels = [\"call-for-testing\"]", "labels = [\"a\\\"b\"]", "must not be empty nor hold quotes"},
        {"repository = \"rust-lang/rfcs\"", "repository = \"rfcs\"", "must be OWNER/NAME"},
        {"repository = \"rust-lang/rfcs\"", "repository = \"a/b/c\"", "must be OWNER/NAME"},
        {"overlap_hours = 72", "overlap_hours = 745", "must be from 0 to 744"},
        {"name = \"merged\"", "name = \"a:b\"", "must not be empty nor hold a colon"},
        {"name = \"merged RFCs\"", "name = \"merged\"", "is another search's name"},
        {"reading = \"merged\"", "reading = \"all\"", "must be one of merged, labelled, paths"},
        {"expected_per_day = 70", "expected_per_day = -1", "must be 0 or more"},
        {"folders = [\"triage\", \"triage/{year}\"]", "folders = []", "must be one or two folders"},
        {"file = \"{date}.md\"", "file = \"report.md\"", "must hold {date} once"},
        {"days = 7\nopen_pull", "days = 0\nopen_pull", "must be from 1 to 366"},
    };
    for (const Row& row : rows) {
        INFO(row.from << " -> " << row.to);
        const auto profile = parse_with(row.from, row.to);
        REQUIRE_FALSE(profile);
        CHECK(profile.error().code == ExitCode::usage);
        CHECK_THAT(profile.error().message, Contains("mine.toml:") && Contains(row.told));
    }
}

TEST_CASE("A pattern that RE2 cannot read is refused with what is wrong with it") {
    const auto profile = parse_with("titles = ['(?i)^rollup of", "titles = ['(?i)^(rollup of");
    REQUIRE_FALSE(profile);
    CHECK(profile.error().code == ExitCode::usage);
    CHECK_THAT(profile.error().message, Contains("mine.toml:") && Contains("titles"));
}

TEST_CASE("A pattern that reads well and is too large to run is refused as well") {
    const auto profile =
        parse_with("titles = ['(?i)^rollup of", "titles = ['((a{1000}){1000}){1000}', '(?i)^rollup of");
    REQUIRE_FALSE(profile);
    CHECK(profile.error().code == ExitCode::usage);
    CHECK_THAT(profile.error().message, Contains("mine.toml:") && Contains("titles"));
}

TEST_CASE("Patterns are found together, each by its number, in whatever bytes") {
    const auto table = profile::TomlTable::parse("titles = ['^a', 'b$', '(?i)AB', '\\x{FFFD}']", "mine.toml");
    const profile::PatternSet patterns = profile::read_patterns(table, "titles");
    CHECK(patterns.size() == 4);
    CHECK(patterns.all_in("ab") == std::vector<std::size_t>{0, 1, 2});
    CHECK(patterns.all_in("x aB") == std::vector<std::size_t>{2});
    CHECK(patterns.any_in("cb"));
    CHECK_FALSE(patterns.any_in("c\xff\n"));
    CHECK(patterns.all_in("").empty());
    CHECK_FALSE(profile::PatternSet().any_in("a"));
    CHECK(profile::read_patterns(table, "absent").empty());
}

TEST_CASE("A profile to start from has no problems and is about thirty lines") {
    const std::string text = profile::new_profile("acme", "Friday", *parse_day("2026-03-06"));
    CHECK(profile::read_profile(text, "acme.toml").problems.empty());
    CHECK(std::count(text.begin(), text.end(), '\n') < 40);
    CHECK_THAT(text, Contains("organisation = \"acme\"") && Contains("first_date = \"2026-03-06\""));
}

TEST_CASE("Each profile that comes with the program reads well once it has a place") {
    for (const char* name : {"twir", "plain", "rust-analyzer-changelog", "release-notes"}) {
        INFO(name);
        const auto reading = profile::read_profile(
            "extends = \"" + std::string(name) + "\"\norganisation = \"acme\"\n", "mine.toml");
        CHECK(reading.problems.empty());
    }
}

TEST_CASE("What is in force is shown with the place where it is written") {
    const auto reading = profile::read_profile(
        "extends = \"plain\"\norganisation = \"acme\"\n[issue]\nevery = \"month\"\n", "mine.toml");
    const std::string own = profile::profile_text(reading, "mine.toml", false);
    CHECK_THAT(own, Contains("every = 'month'") && Contains("# mine.toml:4:9") && !Contains("plain.toml:"));
    const std::string all = profile::profile_text(reading, "mine.toml", true);
    CHECK_THAT(all, Contains("[[editorial.section]]\nname = 'Breaking changes'") &&
                        Contains("# built-in plain.toml:") && Contains("# default"));
    // What is shown is a profile that says the same.
    const auto again = profile::read_profile(all, "mine.toml");
    CHECK(again.problems.empty());
    CHECK(profile::profile_text(again, "mine.toml", false).size() > own.size());
}

TEST_CASE("A newsletter of several places asks each of them, and the statistics want all") {
    const auto profile = profile::parse_profile(
        "organisation = 'acme'\nusers = ['ferris']\nrepositories = ['other/thing']\n", "mine.toml", "");
    REQUIRE(profile);
    const auto& searches = profile->harvest.searches;
    REQUIRE(searches.size() == 3);
    CHECK(searches[0].place == "org:acme");
    CHECK(searches[1].place == "user:ferris");
    CHECK(searches[1].name == "merged in ferris");
    CHECK(searches[2].repository == "other/thing");
    CHECK(profile->stats.search == "merged");
    CHECK(profile->stats.further_searches ==
          std::vector<std::string>{"merged in ferris", "merged in other/thing"});
    CHECK(profile->takes("Acme/rocket"));
    CHECK(profile->takes("other/thing"));
    CHECK_FALSE(profile->takes("other/else"));
}
