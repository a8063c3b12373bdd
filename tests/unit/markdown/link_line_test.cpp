#include "markdown/link_line.h"

#include "catch.h"

using namespace harvester::markdown;

TEST_CASE("The parts of a list line put together again are the line") {
    for (const std::string line : {
             "* [a](https://e.org/1)",
             "  - [disposition: close] [[RFC] a `]` b [c]](https://e.org/1) and more",
             "*   **new** [a \\] b](https://e.org/1?q=(x)).",
             "+ [a ] b](https://e.org/1)",
         }) {
        const auto parts = parse_link_line(line);
        REQUIRE(parts);
        std::string whole;
        for (const auto part :
             {parts->indent, parts->bullet, parts->prefix, std::string_view("["), parts->title,
              std::string_view("]("), parts->url, std::string_view(")"), parts->tail})
            whole += part;
        CHECK(whole == line);
    }
}

TEST_CASE("The title of a link line may hold brackets, code and escapes") {
    const auto title = [](std::string_view line) {
        const auto parts = parse_link_line(line);
        return parts ? std::string(parts->title) : "(none)";
    };
    CHECK(title("* [disposition: merge] [[RFC] Thread spawn hook](https://e.org/1)") ==
          "[RFC] Thread spawn hook");
    CHECK(title("* [a `](` b](https://e.org/1)") == "a `](` b");
    CHECK(title("* [a \\] b](https://e.org/1)") == "a \\] b");
    CHECK(title("* [a ] b](https://e.org/1)") == "a ] b");
    CHECK(title("* [a](https://e.org/1) by [b](https://e.org/2)") == "a");
    CHECK(parse_link_line("* [a](https://e.org/1) by [b](https://e.org/2)")->tail ==
          " by [b](https://e.org/2)");
}

TEST_CASE("A line without a link, or that is no list item, is none") {
    for (const char* line :
         {"", "*", "* ", "* text", "[a](https://e.org)", "*[a](https://e.org)", "* [a](https://e.org",
          "* [a] (https://e.org)", "* ](x) [", "**bold** [a](https://e.org)"})
        CHECK_FALSE(parse_link_line(line));
}

TEST_CASE("A URL cannot end its link, and an empty title is replaced by the URL") {
    CHECK(link_line("* ", "", "a", "https://e.org/x)y z\"\xC3") == "* [a](https://e.org/x%29y%20z%22%C3)");
    CHECK(link_line("* ", "[new] ", "", "https://e.org/1") == "* [new] [https://e.org/1](https://e.org/1)");
    CHECK(link_destination("https://e.org/?q=is%3Apr+a_b") == "https://e.org/?q=is%3Apr+a_b");
}
