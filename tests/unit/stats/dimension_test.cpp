#include "stats/dimension.h"

#include "made_up.h"
#include "stats/aggregate.h"

using namespace harvester;
using namespace harvester::stats;
using made_up::at;

namespace {

std::string key(Dimension dimension, const char* moment) {
    const IssueRhythm rhythm{parse_day("2022-01-05").value(), -1};
    return time_key(dimension, time_code(dimension, at(moment), rhythm));
}

}  // namespace

TEST_CASE("ISO weeks belong to the year of their Thursday") {
    CHECK(key(Dimension::week, "2021-01-03T23:59:59Z") == "2020-W53");
    CHECK(key(Dimension::week, "2021-01-04T00:00:00Z") == "2021-W01");
    CHECK(key(Dimension::week, "2024-12-30T00:00:00Z") == "2025-W01");
    CHECK(key(Dimension::week, "2026-12-31T00:00:00Z") == "2026-W53");
}

TEST_CASE("An issue's week ends with the last day of its window, also before the first issue") {
    CHECK(key(Dimension::issue, "2024-11-05T23:59:59Z") == "2024-11-06");
    CHECK(key(Dimension::issue, "2024-11-06T00:00:00Z") == "2024-11-13");
    CHECK(key(Dimension::issue, "2024-11-12T23:59:59Z") == "2024-11-13");
    CHECK(key(Dimension::issue, "2015-06-09T12:00:00Z") == "2015-06-10");
    CHECK(key(Dimension::issue, "2015-06-10T12:00:00Z") == "2015-06-17");
}

TEST_CASE("Moments are grouped in UTC") {
    CHECK(key(Dimension::day, "2024-02-29T23:59:59Z") == "2024-02-29");
    CHECK(key(Dimension::month, "2024-12-31T23:59:59Z") == "2024-12");
    CHECK(key(Dimension::month, "2025-01-01T00:00:00Z") == "2025-01");
    CHECK(key(Dimension::year, "2024-12-31T23:59:59Z") == "2024");
    CHECK(key(Dimension::weekday, "2024-11-13T12:00:00Z") == "Wednesday");
    CHECK(key(Dimension::hour, "2024-11-13T07:59:59Z") == "07");
}

TEST_CASE("Percentiles are linear between neighbours") {
    const std::vector<std::int64_t> values = {10, 20, 30, 40}, one = {7};
    CHECK(percentile(values, 0) == 10);
    CHECK(percentile(values, 0.5) == 25);
    CHECK(percentile(values, 0.9) == Approx(37));
    CHECK(percentile(values, 1) == 40);
    CHECK(percentile(one, 0.99) == 7);
}

TEST_CASE("Groupings, measures and orders are refused by the option's name and with what there is") {
    using Catch::Matchers::Contains;
    const auto by = parse_by({"repo", "planet"});
    REQUIRE_FALSE(by);
    CHECK(by.error().code == ExitCode::usage);
    CHECK_THAT(by.error().message, Contains("--by planet") && Contains("weekday"));
    CHECK_FALSE(parse_by({"repo", "repo"}));
    CHECK_FALSE(parse_by({"repo", "day", "hour"}));
    CHECK_THAT(parse_measures({"speed"}, {}).error().message,
               Contains("--measures speed") && Contains("time_to_merge_p90"));
    CHECK(parse_measures({"all"}, {})->size() == measure_count);
    CHECK_THAT(parse_sort("merged:up").error().message, Contains("--sort merged:up") && Contains("asc"));
    CHECK_THAT(parse_sort("speed").error().message, Contains("--sort speed") && Contains("key"));
    CHECK((*parse_sort("authors"))->descending);
    CHECK_FALSE((*parse_sort("key"))->descending);
    CHECK_FALSE((*parse_sort("authors:asc"))->descending);
}
