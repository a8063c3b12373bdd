#include "base/time.h"

#include "catch.h"

using namespace harvester;

TEST_CASE("A day is read only when the calendar has it") {
    CHECK(format_day(*parse_day("2024-02-29")) == "2024-02-29");
    for (const char* wrong : {"2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "2024-1-01", "24-01-01",
                              "", "2024-01-01T", "1969-12-31", "2024-01-0x"})
        CHECK_FALSE(parse_day(wrong));
}

TEST_CASE("A moment is read with Z, with an offset and with a fraction") {
    const auto eight = parse_instant("2024-11-05T08:00:00Z");
    REQUIRE(eight);
    CHECK(parse_instant("2024-11-05T08:00:00.987Z") == eight);
    CHECK(parse_instant("2024-11-05T09:30:00+01:30") == eight);
    CHECK(parse_instant("2024-11-05T07:00:00-0100") == eight);
    CHECK(format_instant(*eight) == "2024-11-05T08:00:00Z");
    CHECK(format_clock(*eight) == "08:00:00 UTC");
}

TEST_CASE("A moment in any other form is refused") {
    for (const char* wrong : {"2024-11-05", "2024-11-05T08:00:00", "2024-11-05 08:00:00Z",
                              "2024-11-05T24:00:00Z", "2024-11-05T08:60:00Z", "2024-11-05T08:00:00.Z",
                              "2024-11-05T08:00:00+25:00", "2024-11-05T08:00:00Zz", "2024-02-30T08:00:00Z"})
        CHECK_FALSE(parse_instant(wrong));
}
