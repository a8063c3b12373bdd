#include "draft/draft_merge.h"

#include "base/files.h"
#include "catch.h"
#include "profile/profile.h"

using namespace harvester;
using Catch::Matchers::Contains;

namespace {

const std::string draft_text =
    "Title\r\n## Updates from the Rust Project\r\n\r\n<!-- Rust updates go here -->\r\n\r\n### [Approved "
    "RFCs](u)\r\n\r\n"
    "<!-- Use either\r\n* [Item title](Item URL)\r\n-->\r\n\r\n## Jobs\r\n\r\nodd \xC3\xA4 bytes\t\r\nlast "
    "line "
    "without end";

std::vector<render::PartText> rendered(const std::string& more = "") {
    return {{"merged", "## Updates from the Rust Project\n\n* [a](https://github.com/o/r/pull/1)\n" + more},
            {"approved", "### [Approved RFCs](u)\n\n* *None.*\n"}};
}

profile::PublishPolicy policy() {
    return profile::load_profile("")->publish;
}

}  // namespace

TEST_CASE("Parts are merged each below its heading, and every other byte stays") {
    const auto first =
        draft::merge_draft({.name = "d.md", .text = draft_text, .rendered = rendered()}, policy());
    REQUIRE(first);
    CHECK(first->text ==
          "Title\r\n## Updates from the Rust Project\r\n\r\n* [a](https://github.com/o/r/pull/1)\r\n\r\n### "
          "[Approved RFCs](u)\r\n\r\n"
          "* *None.*\r\n\r\n## Jobs\r\n\r\nodd \xC3\xA4 bytes\t\r\nlast line without end");
    REQUIRE(first->parts.size() == 2);
    CHECK(first->parts[0].links == 1);
    REQUIRE(first->parts[0].added.size() == 1);
    CHECK(first->parts[0].added[0].key == "o/r#1");
    const auto again = draft::merge_draft(
        {.name = "d.md", .text = first->text, .rendered = rendered(), .lines = first->lines}, policy());
    REQUIRE(again);
    CHECK(again->text == first->text);
    const auto grown = draft::merge_draft({.name = "d.md",
                                           .text = first->text,
                                           .rendered = rendered("* [b](https://github.com/o/r/pull/2)\n"),
                                           .lines = first->lines},
                                          policy());
    REQUIRE(grown);
    CHECK_THAT(grown->text, Contains("pull/1)\r\n* [b](https://github.com/o/r/pull/2)\r\n\r\n###"));
}

TEST_CASE("An empty part is filled in the file's own line ends") {
    const std::string text = "## Updates from the Rust Project\r\n### [Approved RFCs](u)\r\n";
    const auto merge = draft::merge_draft({.name = "d.md", .text = text, .rendered = rendered()}, policy());
    REQUIRE(merge);
    CHECK_THAT(merge->text, Contains("pull/1)"));
    for (std::size_t at = merge->text.find('\n'); at != std::string::npos;
         at = merge->text.find('\n', at + 1))
        CHECK(merge->text[at - 1] == '\r');
}

TEST_CASE("A heading that ends the file with a lone carriage return keeps it when its part is filled") {
    const std::string text = "## Updates from the Rust Project\n* own\n### [Approved RFCs](u)\r";
    const auto merge = draft::merge_draft({.name = "d.md", .text = text, .rendered = rendered()}, policy());
    REQUIRE(merge);
    CHECK_THAT(merge->text, Contains("### [Approved RFCs](u)\r\r\n"));
}

TEST_CASE("Conflicts are reported with the line of the whole file") {
    const auto first =
        draft::merge_draft({.name = "d.md", .text = draft_text, .rendered = rendered()}, policy());
    std::string edited = first->text;
    edited.replace(edited.find("[a]"), 3, "[mine]");
    auto changed = rendered();
    changed[0].text.replace(changed[0].text.find("[a]"), 3, "[theirs]");
    const auto merge = draft::merge_draft(
        {.name = "d.md", .text = edited, .rendered = changed, .lines = first->lines}, policy());
    REQUIRE(merge);
    CHECK(merge->text == edited);
    REQUIRE(merge->notes.size() == 1);
    CHECK_THAT(merge->notes[0], Catch::StartsWith("d.md:4: "));
}

TEST_CASE("A part that the draft doesn't have is reported, a part to start over must be there") {
    const std::string text = "## Updates from the Rust Project\n";
    const auto merge = draft::merge_draft({.name = "d.md", .text = text, .rendered = rendered()}, policy());
    REQUIRE(merge);
    REQUIRE(merge->notes.size() == 1);
    CHECK_THAT(merge->notes[0], Contains("Approved RFCs"));
    CHECK(draft::merge_draft({.name = "d.md", .text = text, .rendered = rendered(), .reset = {"approved"}},
                             policy())
              .error()
              .code == ExitCode::file);
    const auto unknown = draft::merge_draft(
        {.name = "d.md", .text = text, .rendered = rendered(), .reset = {"aproved"}}, policy());
    CHECK(unknown.error().code == ExitCode::usage);
    CHECK_THAT(unknown.error().message, Contains("approved"));
}

TEST_CASE("The newsletter's template takes all parts, and its other lines stay") {
    const auto text = read_file(std::string(SHARED_FOLDER) + "/published/DRAFT_TEMPLATE");
    if (!text) return;
    const std::vector<render::PartText> parts = {
        {"testing",
         "## Calls for Testing\nAn important step for RFC implementation is for people to experiment with "
         "the\n"
         "implementation and give feedback, especially before stabilization.\n\n*No calls for testing.*\n"},
        {"merged", "## Updates from the Rust Project\n\n* [a](https://github.com/o/r/pull/1)\n"},
        {"triage", "### Rust Compiler Performance Triage\n\nA calm week.\n"},
        {"approved", "### [Approved RFCs](u)\n\n* *None.*\n"},
        {"fcp",
         "### Final Comment Period\n\n#### Tracking Issues & PRs\n\n##### [Rust](u)\n* "
         "[b](https://github.com/o/r/pull/2)\n"},
        {"rfcs", "### [New and Updated RFCs](u)\n* [c](https://github.com/o/r/pull/3)\n"}};
    const auto merge = draft::merge_draft({.name = "d.md", .text = *text, .rendered = parts}, policy());
    REQUIRE(merge);
    for (const char* gone : {"Rust updates go here", "Perf results go here", "Use either",
                             "Either remove the group", "### [Rustup]"})
        CHECK_THAT(merge->text, !Contains(gone));
    for (const char* there : {"\n\n* [a](https://github.com/o/r/pull/1)\n\n### Rust Compiler",
                              "\n\nA calm week.\n\n### [Approved",
                              "##### [Rust](u)\n* [b](https://github.com/o/r/pull/2)\n\n#### [New and "
                              "Updated RFCs](https://github.com/rust-lang/rfcs/pulls)\n"
                              "* [c](https://github.com/o/r/pull/3)\n\n<!-- Sample commit message"})
        CHECK_THAT(merge->text, Contains(there));
    const auto again = draft::merge_draft(
        {.name = "d.md", .text = merge->text, .rendered = parts, .lines = merge->lines}, policy());
    CHECK(again->text == merge->text);
}

TEST_CASE("A draft that can't be merged without harm is refused by name and place") {
    struct Bad {
        std::string text, words;
    };
    const std::string heading = "## Updates from the Rust Project\n";
    for (const Bad& bad :
         {Bad{"\xFF\xFE#\0", "UTF-16"}, Bad{heading + "\xE9t\xE9\n", "d.md:2: it isn't UTF-8"},
          Bad{heading + "<<<<<<< HEAD\n* a\n=======\n* b\n>>>>>>> theirs\n", "d.md:2: a conflict"},
          Bad{heading + "\n<!-- Rust updates go here\n\n### Approved RFCs\n", "d.md:3: a comment opens"}}) {
        const auto merge =
            draft::merge_draft({.name = "d.md", .text = bad.text, .rendered = rendered()}, policy());
        REQUIRE_FALSE(merge);
        CHECK(merge.error().code == ExitCode::file);
        CHECK_THAT(merge.error().message, Contains(bad.words));
    }
}

TEST_CASE("A run gives an account by name, at most ten of a kind") {
    std::string more;
    for (int i = 2; i < 15; ++i)
        more += "* [t" + std::to_string(i) + "](https://github.com/o/r/pull/" + std::to_string(i) + ")\n";
    const auto merge =
        draft::merge_draft({.name = "d.md", .text = draft_text, .rendered = rendered(more)}, policy());
    REQUIRE(merge);
    const auto account = draft::account_of(*merge);
    REQUIRE(account.size() == 11);
    CHECK(account[0] == "added: * [a](https://github.com/o/r/pull/1)");
    CHECK(account[10] == "added: and 4 more");
}
