#include "editorial/sort_key.h"

#include "catch.h"

using namespace harvester;

namespace {

std::string key(std::string_view title) {
    const std::vector<std::string> words = {"enum", "struct"};
    return editorial::sort_key(title, words);
}

}  // namespace

TEST_CASE("Titles sort by the format of the editors' tool") {
    for (const auto& [title, expected] : std::initializer_list<std::pair<const char*, const char*>>{
             {"  Brew the tea. ", "brew the tea"},
             {"Wait...", "wait"},
             {"fix(tea): Brew it", "`fix(tea)`: Brew it"},
             {"fix: Brew it", "fix: brew it"},
             {"Tea pot: Brew: It", "tea pot: brew: it"},
             {"ICE in tea", "ICE in tea"},
             {"Use tea_pot tea::lid now", "use `tea_pot tea::lid` now"},
             {"Use `tea` `pot lid` now", "use `tea pot lid` now"},
             {"tea_pot: lid_of it", "`tea_pot`: `lid_of` it"},
             {"Escape tea\\_pot", "escape tea\\_pot"},
             {"Vec<Tea> and #[tea]", "`Vec<Tea>` and `#[tea]`"},
             {"Call brew(tea) (twice)", "call `brew(tea)` (twice)"},
             {"Support enum tea", "support `enum` tea"},
             {"`", "``"},
             {"", ""}}) {
        INFO(title);
        CHECK(key(title) == expected);
    }
}

TEST_CASE("Code sorts before all letters") {
    CHECK(key("fix(tea): Brew") < key("Add tea"));
    CHECK(key("Add tea") < key("fix: Brew"));
    CHECK(key("ICE") < key("Add tea"));
}
