#include "cli/parser.h"

#include "catch.h"
#include "cli/reference.h"

using namespace harvester;
using namespace harvester::cli;
using Catch::Matchers::Contains;

TEST_CASE("Global options are taken before and after the command") {
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"--cache", "x.db", "status"},
          std::vector<std::string>{"status", "--cache", "x.db"}}) {
        const auto line = parse_command_line(arguments);
        REQUIRE(line);
        CHECK(line->global.cache == "x.db");
        CHECK(std::holds_alternative<commands::StatusOptions>(line->command));
    }
}

TEST_CASE("Parts are a list separated by commas") {
    const auto line = parse_command_line({"render", "--part", "merged,fcp", "--layout", "flat"});
    REQUIRE(line);
    CHECK(std::get<commands::RenderOptions>(line->command).parts ==
          std::vector<std::string>{"merged", "fcp"});
    CHECK(std::get<commands::RenderOptions>(line->command).layout == Layout::flat);
}

TEST_CASE("An unknown word is refused by name, with the nearest one and the way to the help") {
    struct Row {
        std::vector<std::string> arguments;
        const char* message;
    };
    for (const Row& row :
         {Row{{"render", "--colour"},
              "--colour: harvester render has no such option; see harvester render --help"},
          Row{{"render", "--layuot", "flat"},
              "--layuot: harvester render has no such option; did you mean --layout? See harvester render "
              "--help"},
          Row{{"--bogus"}, "--bogus: harvester has no such option; see harvester --help"},
          Row{{"--ofline", "status"},
              "--ofline: harvester status has no such option; did you mean --offline? See harvester status "
              "--help"},
          Row{{"drft"}, "drft: harvester has no such command; did you mean draft? See harvester --help"},
          Row{{"status", "extra"},
              "extra: harvester status takes no such argument; see harvester status --help"},
          Row{{"--max-wait", "-1", "status"},
              "--max-wait: \"-1\" isn't a number from 0 on; see harvester status --help"}}) {
        const auto line = parse_command_line(row.arguments);
        REQUIRE_FALSE(line);
        CHECK(line.error().code == ExitCode::usage);
        CHECK(line.error().message == row.message);
    }
}

namespace {

std::string printed(const std::vector<std::string>& arguments, int columns = 80) {
    const auto line = parse_command_line(arguments, columns);
    REQUIRE(line);
    REQUIRE(std::holds_alternative<PrintAndStop>(line->command));
    return std::get<PrintAndStop>(line->command).text;
}

}  // namespace

TEST_CASE("No argument, help and --help print the same help") {
    CHECK(printed({}) == printed({"--help"}));
    CHECK(printed({"help"}) == printed({"--help"}));
    CHECK(printed({"help", "stats"}) == printed({"stats", "--help"}));
    CHECK(printed({"-V"}) == printed({"--version"}));
}

TEST_CASE("Every command has an example and shows where the global options and exit codes are") {
    for (const CommandReference& command : program_reference().commands) {
        INFO(command.name);
        CHECK_FALSE(command.examples.empty());
        CHECK_THAT(printed({command.name, "--help"}),
                   Contains("\"harvester --help\" shows the global options and the exit codes."));
    }
    CHECK_THAT(printed({"--help"}), Contains("Exit codes:") && Contains("--max-wait"));
}

TEST_CASE("Help keeps to the width of the terminal") {
    for (const int columns : {0, 50, 80, 100, 300})
        for (const CommandReference& command : program_reference().commands) {
            const std::size_t most = columns < 50    ? 50
                                     : columns > 100 ? 100
                                                     : static_cast<std::size_t>(columns);
            const std::string text = printed({command.name, "--help"}, columns);
            const auto examples = text.find("Examples:");  // commands stay whole, to be copied
            for (std::size_t at = 0; at < examples && at < text.size();) {
                const auto end = text.find('\n', at);
                INFO(command.name << " at " << columns << ": " << text.substr(at, end - at));
                CHECK(end - at <= most);
                at = end + 1;
            }
        }
}

TEST_CASE("Lists of names are completed also after a comma") {
    const ProgramReference program = program_reference();
    CHECK_THAT(bash_completion(program),
               Contains("--measures) list=\"\"; [[ $word == *,* ]]") && Contains("time_to_merge_p90"));
    CHECK_THAT(zsh_completion(program), Contains("_sequence compadd - merged"));
    CHECK_THAT(fish_completion(program), Contains("(__fish_append , repo"));
}

TEST_CASE("The man page has its sections, and option values whole") {
    const std::string page = man_page(program_reference());
    for (const char* title :
         {"DESCRIPTION", "GLOBAL OPTIONS", "COMMANDS", "EXIT STATUS", "ENVIRONMENT", "FILES"})
        CHECK_THAT(page, Contains(std::string(".SH ") + title + "\n"));
    CHECK_THAT(page, Contains("NAME[:ORDER]"));
}
