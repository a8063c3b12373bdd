#include "profile/profile.h"

#include "catch.h"
#include "queries/embedded.h"

using namespace harvester;
using Catch::Matchers::Contains;

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
