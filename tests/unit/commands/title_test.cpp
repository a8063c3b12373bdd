#include <sstream>

#include "catch.h"
#include "commands/title.h"

using namespace harvester;
using namespace harvester::commands;
using Catch::Matchers::Contains;

namespace {

struct Ran {
    Result<ExitCode> code;
    std::string out;
};

Ran run(const TitleOptions& options, const std::string& input = "") {
    std::istringstream in(input);
    std::ostringstream out, err;
    Streams streams{in, out, err};
    VirtualClock clock{Instant{}};
    cli::Context context{{}, streams, clock, [](const char*) { return std::nullopt; }, "."};
    auto code = run_title(options, context);
    return {std::move(code), out.str()};
}

}  // namespace

TEST_CASE("Titles from arguments are printed a line each") {
    TitleOptions options;
    options.titles = {"Brew tea_pot.", "", "Two\nlines"};
    CHECK(run(options).out == "brew `tea_pot`\n(no title)\ntwo lines\n");
}

TEST_CASE("Every line of stdin gives one line, an empty one and one without an end too") {
    CHECK(run({}, "Brew\n\r\n\nBoil").out == "brew\n(no title)\n(no title)\nboil\n");
    CHECK(run({}, "").out.empty());
}

TEST_CASE("Objects carry their own repository and section; the options fill what they lack") {
    TitleOptions options;
    options.jsonl = true;
    options.repository = "rust-lang/rust-clippy";
    options.layout = Layout::flat;
    const Ran ran = run(
        options, "{\"raw\": \"Brew\"}\n{\"repo\": \"cargo\", \"raw\": \"Brew\", \"section\": \"Nowhere\"}\n");
    REQUIRE(ran.code);
    CHECK(ran.out == "clippy: brew\ncargo: brew\n");
}

TEST_CASE("A broken object is refused with its line; what came before is printed") {
    TitleOptions options;
    options.jsonl = true;
    for (const std::string line : {"{\"raw\": ", "[]", "{}", "{\"raw\": 1}", "", "\xFF"}) {
        const Ran ran = run(options, "{\"raw\": \"Brew\"}\n" + line + "\n");
        REQUIRE_FALSE(ran.code);
        CHECK(ran.code.error().code == ExitCode::usage);
        CHECK_THAT(ran.code.error().message, Contains("stdin:2"));
        CHECK(ran.out == "brew\n");
    }
}

TEST_CASE("A section that the newsletter doesn't have is refused by name, with those it has") {
    TitleOptions options;
    options.section = "Clipy";
    options.titles = {"Brew"};
    const Ran ran = run(options);
    REQUIRE_FALSE(ran.code);
    CHECK(ran.code.error().code == ExitCode::usage);
    CHECK_THAT(ran.code.error().message, Contains("Clipy") && Contains("Rustdoc"));
}
