#include "github/governor.h"

#include "catch.h"
#include "github/page_sizes.h"

using namespace harvester;
using namespace harvester::github;

namespace {

const Moment start = *parse_instant("2024-11-05T08:00:00Z");
constexpr Milliseconds second{1000};

}  // namespace

TEST_CASE("A burst starts at once, up to the cap of requests in flight") {
    Governor governor({4, 60, second}, start);
    for (int i = 0; i < 4; ++i) {
        REQUIRE(governor.next_start(start, false) == start);
        governor.started(start, false);
    }
    CHECK_FALSE(governor.next_start(start, false));
    governor.ended(start + second, second);
    CHECK(governor.next_start(start + second, false) == start + second);
}

TEST_CASE("A cap of one is strictly serial") {
    Governor governor({1, 60, second}, start);
    governor.started(start, false);
    CHECK_FALSE(governor.next_start(start, false));
    governor.ended(start + second, second);
    CHECK(governor.next_start(start + second, false));
}

TEST_CASE("A long run spends no more server time than the minute has") {
    Governor governor({4, 60, second}, start);
    Moment now = start;
    const Milliseconds each{950};
    std::vector<Moment> ends;
    double spent = 0;
    // An hour of four requests at a time, each of 950 ms.
    while (now < start + std::chrono::hours{1}) {
        if (const auto next = governor.next_start(now, false);
            next && (ends.empty() || *next <= ends.front())) {
            now = *next;
            governor.started(now, false);
            ends.push_back(now + each);
        } else {
            now = ends.front();
            ends.erase(ends.begin());
            governor.ended(now, each);
            spent += 0.95;
        }
    }
    CHECK(spent <= 3600 + 60 + 4);
    CHECK(spent >= 3600);
}

TEST_CASE("After a surprisingly slow answer the bucket fills before the next request") {
    Governor governor({4, 60, second}, start);
    governor.started(start, false);
    const Moment end = start + Milliseconds{90'000};
    governor.ended(end, Milliseconds{90'000});
    const auto next = governor.next_start(end, false);
    REQUIRE(next);
    CHECK(*next - end >= Milliseconds{30'000});
    CHECK(*next - end <= Milliseconds{30'100});
}

TEST_CASE("Mutations go alone and a second apart") {
    Governor governor({4, 60, second}, start);
    governor.started(start, false);
    CHECK_FALSE(governor.next_start(start, true));
    governor.ended(start, Milliseconds{0});
    REQUIRE(governor.next_start(start, true) == start);
    governor.started(start, true);
    CHECK_FALSE(governor.next_start(start, false));
    governor.ended(start + Milliseconds{300}, Milliseconds{300});
    CHECK(governor.next_start(start + Milliseconds{300}, true) == start + second);
    CHECK(governor.next_start(start + Milliseconds{300}, false) == start + Milliseconds{300});
}

TEST_CASE("Pages halve to five, then to one, and recover after successes in a row") {
    PageSizes sizes;
    CHECK(sizes.current("Hens") == 100);
    std::vector<int> seen;
    for (int i = 0; i < 7; ++i) {
        sizes.shrink("Hens", sizes.current("Hens"));
        seen.push_back(sizes.current("Hens"));
    }
    CHECK(seen == std::vector<int>{50, 25, 12, 6, 5, 1, 1});
    CHECK(sizes.current("Geese") == 100);
    int successes = 0;
    for (; sizes.current("Hens") < 100; ++successes) sizes.succeeded("Hens", sizes.current("Hens"));
    CHECK(successes == 3 * 12);  // 1 2 3 4 6 9 13 19 28 42 63 94 100
    sizes.succeeded("Hens", 100);
    CHECK(sizes.current("Hens") == 100);
}

TEST_CASE("Requests of one size that fail together halve once, and small ones that succeed prove nothing") {
    PageSizes sizes;
    for (int i = 0; i < 3; ++i) sizes.shrink("Hens", 100);
    CHECK(sizes.current("Hens") == 50);
    for (int i = 0; i < 9; ++i) sizes.succeeded("Hens", 10);
    CHECK(sizes.current("Hens") == 50);
    sizes.set("Hens", 1000);
    CHECK(sizes.current("Hens") == 100);
    sizes.set("Hens", 0);
    CHECK(sizes.current("Hens") == 1);
}
