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
