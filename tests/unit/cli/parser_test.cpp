#include "cli/parser.h"

#include "catch.h"

using namespace harvester;
using namespace harvester::cli;
using Catch::Matchers::Contains;

TEST_CASE("Global options are taken before and after the command") {
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"--cache", "x.db", "status"}, std::vector<std::string>{"status", "--cache", "x.db"}}) {
        const auto line = parse_command_line(arguments);
        REQUIRE(line);
        CHECK(line->global.cache == "x.db");
        CHECK(std::holds_alternative<commands::StatusOptions>(line->command));
    }
}

TEST_CASE("Parts are a list separated by commas") {
    const auto line = parse_command_line({"render", "--part", "merged,fcp", "--layout", "flat"});
    REQUIRE(line);
    CHECK(std::get<commands::RenderOptions>(line->command).parts == std::vector<std::string>{"merged", "fcp"});
    CHECK(std::get<commands::RenderOptions>(line->command).layout == Layout::flat);
}

TEST_CASE("An unknown option is refused by name and with the way to the help") {
    const auto line = parse_command_line({"render", "--colour"});
    REQUIRE_FALSE(line);
    CHECK(line.error().code == ExitCode::usage);
    CHECK_THAT(line.error().message, Contains("--colour") && Contains("harvester render --help"));
}
