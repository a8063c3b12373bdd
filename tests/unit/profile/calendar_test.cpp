#include "profile/calendar.h"

#include "catch.h"

using namespace harvester;
using Catch::Matchers::Contains;

namespace {
Day day(const char* text) {
    return *parse_day(text);
}
const profile::Profile& twir() {
    static const profile::Profile profile = profile::load_profile("").value();
    return profile;
}
}  // namespace

TEST_CASE("Issue 573 appeared on 2024-11-13 and reports eight days, both ends inclusive") {
    const auto issue = profile::edition_of(twir(), day("2024-11-13"));
    REQUIRE(issue);
    CHECK(issue->number == 573);
    CHECK(format_day(issue->window.first) == "2024-11-05");
    CHECK(format_day(issue->window.last) == "2024-11-12");
}

TEST_CASE("A Thursday is no issue, and the message names the issues around it") {
    const auto issue = profile::edition_of(twir(), day("2024-11-14"));
    REQUIRE_FALSE(issue);
    CHECK(issue.error().code == ExitCode::usage);
    CHECK_THAT(issue.error().message, Contains("2024-11-13") && Contains("2024-11-20"));
}

TEST_CASE("The next issue is the coming Wednesday, today's included") {
    CHECK(profile::next_edition(twir(), day("2024-11-13")).number == 573);
    CHECK(profile::next_edition(twir(), day("2024-11-14")).number == 574);
    CHECK(profile::next_edition(twir(), day("2024-11-19")).number == 574);
}

namespace {

profile::Profile newsletter(const std::string& issue) {
    auto made = profile::parse_profile("organisation = 'acme'\n[issue]\n" + issue, "acme.toml", "");
    INFO((made ? "" : made.error().message));
    REQUIRE(made);
    return std::move(*made);
}

}  // namespace

TEST_CASE("A newsletter of every two weeks reports the days since the issue before") {
    const auto acme =
        newsletter("every = 'two weeks'\nweekday = 'Friday'\nfirst_date = '2026-01-02'\nfirst_number = 7\n");
    const Edition issue = profile::next_edition(acme, day("2026-01-03"));
    CHECK(format_day(issue.date) == "2026-01-16");
    CHECK(issue.number == 8);
    CHECK(issue.window.range() == Range{day("2026-01-02"), day("2026-01-16")});
    CHECK(profile::previous_edition(acme, issue).number == 7);
    CHECK_FALSE(profile::edition_of(acme, day("2026-01-09")));
    CHECK(profile::edition_of(acme, day("2025-12-19"))->number == 6);
}

TEST_CASE("A monthly newsletter appears on its day of each month") {
    const auto acme = newsletter("every = 'month'\nfirst_date = '2026-01-05'\n");
    const Edition issue = profile::next_edition(acme, day("2026-03-05"));
    CHECK(issue.number == 3);
    CHECK(issue.window.range() == Range{day("2026-02-05"), day("2026-03-05")});
    CHECK(format_day(profile::next_edition(acme, day("2026-03-06")).date) == "2026-04-05");
    CHECK(profile::edition_of(acme, day("2025-12-05"))->number == 0);
}

TEST_CASE("A weekday is enough: the numbers then count from the first such day of 2024") {
    const auto acme = profile::parse_profile(
        "extends = 'plain'\norganisation = 'acme'\n[issue]\nweekday = 'Monday'\n", "acme.toml", "");
    REQUIRE(acme);
    CHECK(profile::edition_of(*acme, day("2024-01-08"))->number == 2);
}
