#include "base/nearest_name.h"

#include <string>
#include <vector>

#include "catch.h"

using harvester::nearest_name;

TEST_CASE("The nearest name is the one with the fewest edits") {
    const std::vector<std::string> names{"draft", "fetch", "render", "--max-wait", "T-compiler"};
    struct Row {
        const char* typed;
        const char* meant;  // nullptr: nothing is near
    };
    for (const Row& row : {Row{"drft", "draft"}, Row{"fecth", "fetch"}, Row{"rendre", "render"},
                           Row{"--maxwait", "--max-wait"}, Row{"t-Compiler", "T-compiler"},
                           Row{"draft", "draft"}, Row{"publish", nullptr}, Row{"", nullptr}}) {
        INFO(row.typed);
        const auto near = nearest_name(row.typed, names);
        CHECK(near.has_value() == (row.meant != nullptr));
        if (row.meant && near) CHECK(*near == row.meant);
    }
    CHECK_FALSE(nearest_name(std::string(100'000, 'a'), names));
    CHECK_FALSE(nearest_name("draft", {}));
}
