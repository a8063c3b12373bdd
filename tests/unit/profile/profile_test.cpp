#include "profile/profile.h"

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

TEST_CASE("A key that nobody knows is told with file, line and key") {
    const std::string text = std::string(queries::embedded("twir.toml")) + "\n[misspelt]\nx = 1\n";
    const auto profile = profile::parse_profile(text, "mine.toml", "");
    REQUIRE_FALSE(profile);
    CHECK(profile.error().code == ExitCode::usage);
    CHECK_THAT(profile.error().message, Contains("mine.toml:") && Contains("misspelt"));
}

TEST_CASE("A file that isn't TOML is told with file and line") {
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
        {"reading = \"merged\"", "reading = \"all\"", "must be \"merged\", \"labelled\" or \"paths\""},
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
