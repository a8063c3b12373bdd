#include "review/interface.h"

#include "catch.h"

using namespace harvester::review;

TEST_CASE("A decision is read with all its members") {
    const auto request =
        read_decision_request(R"({"changes":[{"item":"merged/o/r#1","action":"title","value":"x"}]})");
    REQUIRE(request);
    REQUIRE(request->changes.size() == 1);
    CHECK(request->changes[0].item == "merged/o/r#1");
    CHECK(request->changes[0].action == "title");
    CHECK(request->changes[0].value == "x");
    CHECK(read_decision_request(R"({"undo":true})")->undo);
}

TEST_CASE("Deep nesting is refused before it is read") {
    CHECK_FALSE(read_decision_request(std::string(1'000'000, '[')));
    CHECK_FALSE(read_decision_request(R"({"changes":)" + std::string(1'000, '[')));
}

TEST_CASE("Replies are JSON whatever bytes a title has") {
    Week week;
    week.sections.push_back({"merged/x", "merged", "x", "", true, {Row{}}});
    week.sections[0].rows[0].raw = "\xff\x00\"</script>";
    const std::string json = to_json(week);
    CHECK(json.find("\xEF\xBF\xBD") != std::string::npos);
    CHECK(json.find('\xff') == std::string::npos);
    CHECK(json.find("\"additions\":null") != std::string::npos);
}
