#include "base/child_program.h"
#include "catch.h"

using namespace harvester;

namespace {

constexpr Milliseconds patience{20'000};

}  // namespace

TEST_CASE("The output of a program is read, its arguments reach it as they are, and a failure gives none") {
    CHECK(output_of({"printf", "%s", "two words; $HOME"}, patience, 100) == "two words; $HOME");
    CHECK_FALSE(output_of({"false"}, patience, 100));
    CHECK_FALSE(output_of({"no-such-program-anywhere"}, patience, 100));
}

TEST_CASE("A program that writes more than is wanted gives nothing") {
    CHECK(output_of({"printf", "12345"}, patience, 5) == "12345");
    CHECK_FALSE(output_of({"printf", "123456"}, patience, 5));
}
