#include "draft/merge.h"

#include "catch.h"
#include "markdown/item_url.h"

using namespace harvester;
using draft::MergeInput;
using draft::MergeResult;
using draft::PartBase;

namespace {

const profile::DraftPart merged_part{
    "merged", {"Updates from the Rust Project"}, {"<!-- Rust updates go here"}, {}, false, true};

std::string item(const std::string& title, int number) {
    return "* [" + title + "](https://github.com/o/r/pull/" + std::to_string(number) + ")\n";
}

MergeResult merge(const std::optional<PartBase>& base, const std::string& theirs, const std::string& rendered,
                  const std::string& line_end = "\n", const std::string& newer = "") {
    MergeInput input{merged_part, base, theirs, rendered, line_end, {}, false};
    if (!newer.empty()) input.newer = [&](const std::string& key) { return key == newer; };
    return draft::merge_part(input);
}

PartBase wrote(const std::string& text) {
    return {text, {}, {}};
}

struct Row {
    const char* what;
    std::string base;
    std::string theirs;
    std::string rendered;
    std::string result;
};

const std::string count_403 =
    "\n403 pull requests were [merged in the last week][merged]\n\n[merged]: "
    "https://x/?q=2024-11-05..2024-11-12\n\n";
const std::string count_410 =
    "\n410 pull requests were [merged in the last week][merged]\n\n[merged]: "
    "https://x/?q=2024-11-05..2024-11-12\n\n";
const std::string A = item("a", 1), B = item("b", 2), C = item("c", 3), D = item("d", 4);

}  // namespace

TEST_CASE("Of base, theirs and new, the merge keeps every edit and brings every new line to its place") {
    const std::vector<Row> rows = {
        {"nothing changed", A + B, A + B, A + B, A + B},
        {"untouched draft takes the new text", A + B, A + B, A + C, A + C},
        {"a deleted line stays deleted", A + B + C, A + C, A + B + C, A + C},
        {"a deleted line stays deleted when its title changes", A + B + C, A + C, A + item("B2", 2) + C,
         A + C},
        {"a changed title stays changed", A + B, item("mine", 1) + B, A + B, item("mine", 1) + B},
        {"a changed title stays when the harvest changes it too", A + B, item("mine", 1) + B,
         item("new", 1) + B, item("mine", 1) + B},
        {"an untouched title is refreshed", A + B, A + B, item("new", 1) + B, item("new", 1) + B},
        {"the editor's order stays", A + B + C, C + A + B, A + B + C + D, C + D + A + B},
        {"an own line stays", A + B, A + "* own line\n" + B, A + B, A + "* own line\n" + B},
        {"a new line goes behind its predecessor", A + C, A + C, A + B + C, A + B + C},
        {"a new first line goes first", B + C, B + "x\n" + C, A + B + C, A + B + "x\n" + C},
        {"a line that vanished and was untouched goes", A + B + C, A + B + C + "* own\n", A + C,
         A + C + "* own\n"},
        {"a line that vanished and was changed stays", A + B, A + item("mine", 2), A, A + item("mine", 2)},
        {"two lines made one stand for both", A + B + C,
         "* [a](https://github.com/o/r/pull/1), [b](https://github.com/o/r/pull/2)\n" + C, A + B + C + D,
         "* [a](https://github.com/o/r/pull/1), [b](https://github.com/o/r/pull/2)\n" + C + D},
        {"a link that the editor brought isn't brought again", A,
         A + "* see [it](https://github.com/o/r/pull/2#issue-1)\n", A + B,
         A + "* see [it](https://github.com/o/r/pull/2#issue-1)\n"},
        {"a link in prose counts too", A, A + "\nSee [it](https://github.com/o/r/pull/2).\n", A + B,
         A + "\nSee [it](https://github.com/o/r/pull/2).\n"},
        {"the count is refreshed", count_403 + A, count_403 + A + "* own\n", count_410 + A,
         count_410 + A + "* own\n"},
        {"an edited count stays", count_403 + A, "\nSome pull requests were merged\n\n" + A,
         count_410 + A + B, "\nSome pull requests were merged\n\n" + A + B},
        {"prose between lists stays", "#### X\n" + A + "\n#### Y\n" + B,
         "#### X\n" + A + "\nRead this.\n\n#### Y\n" + B, "#### X\n" + A + C + "\n#### Y\n" + B + D,
         "#### X\n" + A + C + "\nRead this.\n\n#### Y\n" + B + D},
        {"a new section comes in order", "#### X\n" + A + "\n#### Z\n" + C,
         "#### X\n" + A + "* own\n\n#### Z\n" + C, "#### X\n" + A + "\n#### Y\n" + B + "\n#### Z\n" + C,
         "#### X\n" + A + "* own\n\n#### Y\n" + B + "\n#### Z\n" + C},
        {"an empty section goes", "#### X\n" + A + "\n#### Y\n" + B + "\n#### Z\n" + C,
         "* own\n\n#### X\n" + A + "\n#### Y\n" + B + "\n#### Z\n" + C, "#### X\n" + A + "\n#### Z\n" + C,
         "* own\n\n#### X\n" + A + "\n#### Z\n" + C},
        {"a section with an own line stays", "#### X\n" + A + "\n#### Y\n" + B,
         "#### X\n" + A + "\n#### Y\n" + B + "* own\n", "#### X\n" + A, "#### X\n" + A + "\n#### Y\n* own\n"},
        {"a renamed section takes its new lines", "#### X\n" + A + "\n#### Y\n" + B,
         "#### X\n" + A + "\n#### Why\n" + B, "#### X\n" + A + "\n#### Y\n" + B + C,
         "#### X\n" + A + "\n#### Why\n" + B + C},
        {"a deleted section stays deleted", "#### X\n" + A + "\n#### Y\n" + B, "#### X\n" + A,
         "#### X\n" + A + "\n#### Y\n" + B + C, "#### X\n" + A},
        {"an untouched line follows to another section", "#### X\n" + A + B + "\n#### Y\n" + C,
         "#### X\n" + A + B + "\n#### Y\n" + C + "* own\n", "#### X\n" + A + "\n#### Y\n" + B + C,
         "#### X\n" + A + "\n#### Y\n" + B + C + "* own\n"},
        {"a line that the editor moved doesn't follow", "#### X\n" + A + B + "\n#### Y\n" + C,
         "#### X\n" + B + A + "\n#### Y\n" + C, "#### X\n" + A + "\n#### Y\n" + B + C,
         "#### X\n" + B + A + "\n#### Y\n" + C},
        {"a line lifted out of the comment isn't repeated in it", A + "\n<!-- left out\n" + B + C + "-->\n",
         A + B + "\n<!-- left out\n" + C + "-->\n", A + "\n<!-- left out\n" + B + C + D + "-->\n",
         A + B + "\n<!-- left out\n" + C + D + "-->\n"},
        {"a candidate that becomes a pick leaves the comment", A + "\n<!-- left out\n" + B + C + "-->\n",
         A + "* own\n\n<!-- left out\n" + B + C + "-->\n", A + B + "\n<!-- left out\n" + C + "-->\n",
         A + B + "* own\n\n<!-- left out\n" + C + "-->\n"},
        {"a deleted comment stays deleted", A + "\n<!-- left out\n" + B + "-->\n", A,
         A + "\n<!-- left out\n" + B + C + "-->\n", A},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        const MergeResult result = merge(wrote(row.base), row.theirs, row.rendered);
        CHECK(result.body == row.result);
        CHECK(merge(result.base, result.body, row.rendered).body == result.body);
    }
}

TEST_CASE("The template's placeholder gives way to the first text") {
    const auto result = merge(std::nullopt, "\n<!-- Rust updates go here -->\n\n", count_403 + A);
    CHECK(result.body == count_403 + A + "\n");
    CHECK(result.added.size() == 1);
}

TEST_CASE("Without a base nothing that may have been removed comes back, but what is newer comes") {
    const auto result = merge(std::nullopt, A + "* own\n" + C, A + B + C + D, "\n", "o/r#4");
    CHECK(result.body == A + "* own\n" + C + D);
    CHECK(merge(result.base, result.body, A + B + C + D).body == result.body);
}

TEST_CASE("What was removed stays out after it vanished from the harvest and came again") {
    auto result = merge(wrote(A + B), A, A);
    CHECK(result.base.removed == std::vector<std::string>{"o/r#2"});
    CHECK(merge(result.base, result.body, A + B).body == A);
}

TEST_CASE("Conflicts are told with the line where they stand") {
    const auto result = merge(wrote(A + B), A + item("mine", 2), A + item("new", 2));
    REQUIRE(result.notes.size() == 1);
    CHECK(result.notes[0].line == 2);
    CHECK_THAT(result.notes[0].message, Catch::Contains("[new]"));
}

TEST_CASE("Line ends, tabs, odd bytes and a missing final line break stay, and added lines take them over") {
    const std::string theirs =
        "* [a](https://github.com/o/r/pull/1)\r\n\xFF\xFE odd\tbytes \r\n* "
        "[c](https://github.com/o/r/pull/3)";
    CHECK(merge(wrote(A + C), theirs, A + C + D, "\r\n").body ==
          theirs + "\r\n* [d](https://github.com/o/r/pull/4)");
}

TEST_CASE("A lone carriage return at the end of a file isn't taken for its line break") {
    const std::string theirs = A + "own words\r";
    CHECK(merge(wrote(A), theirs, A).body == theirs);
    // It stays a part of its line when something comes below it; a final line break there was none.
    CHECK(merge(wrote(A), A + "own words\r", A + B).body == A + "own words\r\r\n" + B.substr(0, B.size() - 1));
    const std::string returned = A.substr(0, A.size() - 1) + "\r";
    CHECK(merge(wrote(A), returned, A + B).body == returned + "\r\n" + B.substr(0, B.size() - 1));
}

TEST_CASE("Starting a part over takes the rendered text and keeps the blank lines around") {
    const std::string rendered = A + B;
    const MergeInput input{merged_part, wrote(A), "\n* own\n\n\n", rendered, "\n", {}, true};
    CHECK(draft::merge_part(input).body == "\n" + A + B + "\n\n");
}

TEST_CASE("A part that is one text is taken as a whole or left as a whole") {
    const profile::DraftPart whole{"triage", {"Triage"}, {"<!-- Perf"}, {}, true, false};
    const auto run = [&](const std::optional<std::string>& base, const std::string& theirs,
                         const std::string& rendered) {
        MergeInput input{whole, std::nullopt, theirs, rendered, "\n", {}, false};
        if (base) input.base = PartBase{*base, {}, {}};
        return draft::merge_part(input);
    };
    CHECK(run(std::nullopt, "\n<!-- Perf results go here -->\n\n", "\nreport\n").body == "\nreport\n\n");
    CHECK(
        run("\n<!-- Perf results go here -->\n", "\n<!-- Perf results go here -->\n\n", "\nreport\n").body ==
        "\nreport\n\n");
    CHECK(run("\nold\n", "\nold\n\n", "\nreport\n").body == "\nreport\n\n");
    CHECK(run("\nold\n", "\nedited\n\n", "\nreport\n").body == "\nedited\n\n");
    CHECK(run("\nold\n", "\nedited\n\n", "\nreport\n").notes.size() == 1);
    CHECK(run("\nold\n", "\nold\n\n", "\n<!-- Perf results go here -->\n").body == "\nold\n\n");
    CHECK(run("\nold\n", "\n\n", "\nreport\n").body == "\n\n");
    CHECK(run(std::nullopt, "\nby hand\n\n", "\nreport\n").body == "\nby hand\n\n");
}
