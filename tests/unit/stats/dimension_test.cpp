#include "stats/dimension.h"

#include <algorithm>
#include <limits>
#include <random>

#include "made_up.h"
#include "stats/blocks.h"
#include "stats/keys.h"
#include "stats/percentiles.h"

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
    std::vector<std::uint32_t> values = {40, 10, 30, 20};
    CHECK(Percentiles(values)(0) == 10);
    CHECK(Percentiles(values)(0.5) == 25);
    CHECK(Percentiles(values)(0.9) == Approx(37));
    CHECK(Percentiles(values)(1) == 40);
    values = {7};
    CHECK(Percentiles(values)(0.99) == 7);
}

TEST_CASE("Percentiles asked one after the other are those asked alone, in whatever order") {
    std::mt19937_64 random(3);
    for (std::size_t count = 1; count < 130; ++count) {
        std::vector<std::uint32_t> values(count);
        for (auto& value : values) value = static_cast<std::uint32_t>(random() % 50);
        std::vector<std::uint32_t> sorted = values;
        std::sort(sorted.begin(), sorted.end());
        Percentiles of(values);
        for (const double rank : {0.99, 0.9, 0.75, 0.5, 0.9, 0.0, 1.0, 0.5}) {
            const double place = rank * static_cast<double>(count - 1);
            const auto below = static_cast<std::size_t>(place);
            const auto low = static_cast<double>(sorted[below]);
            const auto high = static_cast<double>(sorted[std::min(below + 1, count - 1)]);
            INFO(count << " values, rank " << rank);
            CHECK(of(rank) == Approx(low + (place - static_cast<double>(below)) * (high - low)));
        }
    }
}

TEST_CASE("Keys are numbered in the order of first sight, and a damaged file's cost no memory") {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max(),
                           least = std::numeric_limits<std::int64_t>::min();
    KeyNumbers numbers;
    const std::vector<std::int64_t> keys = {7, -1, most, 0, least, -2, 5'000'000, 1};
    for (int round = 0; round < 2; ++round)
        for (std::uint32_t i = 0; i < keys.size(); ++i) CHECK(numbers.number(keys[i]) == i);
    CHECK(numbers.keys() == keys);
}

TEST_CASE("Pairs of numbers are numbered in the order of first sight, however long the lists are") {
    PairNumbers numbers;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs = {{0, 0}, {0, 1}, {1, 0}, {3, 70'000}};
    for (std::uint32_t i = 0; i < 70; ++i) pairs.emplace_back(5 + i, 100'000);  // more than has a place each
    pairs.insert(pairs.end(), {{90, 99'999}, {90, 99'998}, {90, 100'000}, {2, 2}});
    for (int round = 0; round < 2; ++round)
        for (std::uint32_t i = 0; i < pairs.size(); ++i)
            CHECK(numbers.number(pairs[i].first, pairs[i].second) == i);
}

TEST_CASE("Keys are asked for in runs without wide gaps, whatever keys a damaged file has") {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max(),
                           least = std::numeric_limits<std::int64_t>::min();
    const std::vector<std::int64_t> keys = {least, -3, -1, 0, 8, 17, 18, most};
    std::vector<std::size_t> lengths;
    for (std::span<const std::int64_t> left = keys; !left.empty();) {
        lengths.push_back(close_run(left, [](std::int64_t key) { return key; }).size());
        left = left.subspan(lengths.back());
    }
    CHECK(lengths == std::vector<std::size_t>{1, 4, 2, 1});
}

TEST_CASE("A list in blocks holds what was put into it, across the blocks' borders") {
    Blocks<std::uint32_t> list;
    CHECK(list.size() == 0);
    for (std::uint32_t i = 0; i < 100'000; ++i) list.push_back(i * 3);
    list[20'000] = 1;
    CHECK(list.size() == 100'000);
    std::uint32_t different = 0;
    for (std::uint32_t i = 0; i < 100'000; ++i) different += list[i] != i * 3;
    CHECK(different == 1);
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
