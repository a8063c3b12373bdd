#include "profile/title_policy.h"

#include "catch.h"

using namespace harvester;
using Catch::Matchers::Contains;

namespace {

// What the reader says against a profile; empty when it takes it.
std::string complaint(const std::string& toml) {
    const auto root = profile::TomlTable::parse(toml, "mine.toml");
    profile::load_title_policy(root);
    const auto problems = root.problems();
    return problems.empty() ? "" : problems.front().sentence();
}

}  // namespace

TEST_CASE("A step that doesn't exist is refused with its place and the steps there are") {
    const std::string message = complaint("[titles]\nsteps = [\"trim\", \"polish\"]\n");
    CHECK_THAT(message, Contains("mine.toml:2") && Contains("titles.steps") && Contains("\"polish\"") &&
                            Contains("lower_first"));
}

TEST_CASE("Misspelt settings of titles are refused") {
    CHECK_THAT(complaint("[[titles.rule]]\nprefx = \"tea: \"\n"), Contains("prefx"));
    CHECK_THAT(complaint("[[titles.rule]]\nlayout = \"round\"\n"),
               Contains("mine.toml:2") && Contains("layout"));
    CHECK_THAT(complaint("[[titles.rule]]\nscope_word = \"loud\"\n"),
               Contains("scope_word") && Contains("joined"));
    CHECK_THAT(complaint("[[titles.rule]]\nsince = \"2024-02-30\"\n"), Contains("since"));
    CHECK_THAT(complaint("[titles]\nmax_length = 3\n"), Contains("max_length"));
}

TEST_CASE("A profile without titles prints them as they come, made safe") {
    CHECK(complaint("").empty());
}
