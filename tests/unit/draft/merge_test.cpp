#include "draft/merge.h"

#include <algorithm>

#include "catch.h"
#include "draft/merge_rules.h"

using namespace harvester;
using draft::MergeInput;
using draft::MergeResult;

namespace {

const profile::DraftPart merged_part{
    "merged", {"Updates from the Rust Project"}, {"<!-- Rust updates go here"}, {}, false, true};

std::string item(const std::string& title, int number) {
    return "* [" + title + "](https://github.com/o/r/pull/" + std::to_string(number) + ")\n";
}

using Lines = std::vector<DraftLine>;

MergeResult merge(const std::optional<Lines>& base, const std::string& theirs, const std::string& rendered,
                  const std::string& line_end = "\n", const std::string& newer = "") {
    MergeInput input{
        .policy = merged_part, .base = base, .theirs = theirs, .rendered = rendered, .line_end = line_end};
    if (!newer.empty()) input.newer = [&](const std::string& key) { return key == newer; };
    return draft::merge_part(input);
}

// What a run remembers that wrote `text` into an empty part.
Lines wrote(const std::string& text) {
    return merge(std::nullopt, "", text).lines;
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
        {"a deleted section comes back for a new line only", "#### X\n" + A + "\n#### Y\n" + B,
         "#### X\n" + A, "#### X\n" + A + "\n#### Y\n" + B + C, "#### X\n" + A + "\n#### Y\n" + C},
        {"a deleted section stays deleted", "#### X\n" + A + "\n#### Y\n" + B, "#### X\n" + A,
         "#### X\n" + A + "\n#### Y\n" + B, "#### X\n" + A},
        {"a line in the draft stays in its section", "#### X\n" + A + B + "\n#### Y\n" + C,
         "#### X\n" + A + B + "\n#### Y\n" + C, "#### X\n" + A + "\n#### Y\n" + B + C,
         "#### X\n" + A + B + "\n#### Y\n" + C},
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
         A + "\n<!-- left out\n" + B + "-->\n", A},
        {"a candidate deleted with its comment isn't listed when it is among the best",
         A + "\n<!-- left out\n" + B + "-->\n", A, A + B, A},
        {"a deleted line is offered in the comment only", A + B, A, A + "\n<!-- left out\n" + B + "-->\n",
         A + "\n<!-- left out\n" + B + "-->\n"},
        {"a line put into a comment stays there", A + B, A + "\n<!-- not yet\n" + B + "-->\n", A + B,
         A + "\n<!-- not yet\n" + B + "-->\n"},
        {"a candidate that was copied into the list isn't kept in the comment",
         A + "\n<!-- left out\n" + B + C + "-->\n", A + B + "\n<!-- left out\n" + B + C + "-->\n",
         A + "\n<!-- left out\n" + B + C + "-->\n", A + B + "\n<!-- left out\n" + C + "-->\n"},
        {"a line pulled out of the comment stays without --all", A + "\n<!-- left out\n" + B + C + "-->\n",
         A + B + "\n<!-- left out\n" + C + "-->\n", A, A + B},
        {"uncommented candidates stay", A + "\n<!-- left out\n" + B + C + "-->\n", A + "\n" + B + C, A,
         A + "\n" + B + C},
        {"a heading moved out of a comment with one line takes no other candidate with it",
         "#### X\n" + A + "\n<!-- left out\n#### Y\n" + B + C + "-->\n",
         "#### X\n" + A + "\n#### Y\n" + B + "\n<!-- left out\n" + C + "-->\n",
         "#### X\n" + A + "\n<!-- left out\n#### Y\n" + B + C + D + "-->\n",
         "#### X\n" + A + "\n#### Y\n" + B + "\n<!-- left out\n" + C + D + "-->\n"},
        {"prose at the head of a section stays above its first line", "#### X\n" + A,
         "#### X\nRead this.\n\n" + A, "#### X\n" + B + A, "#### X\nRead this.\n\n" + B + A},
        {"a new bullet doesn't swallow the paragraph below a heading", "#### X\n" + A, "#### X\nRead this.\n",
         "#### X\n" + A + B, "#### X\nRead this.\n\n" + B},
        {"a paragraph isn't swallowed by a new bullet above it", "#### X\n" + A,
         "#### X\n" + A + "\nRead this.\n", "#### X\n" + A + B, "#### X\n" + A + B + "\nRead this.\n"},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        const MergeResult result = merge(wrote(row.base), row.theirs, row.rendered);
        CHECK(result.body == row.result);
        CHECK(merge(result.lines, result.body, row.rendered).body == result.body);
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
    CHECK(merge(result.lines, result.body, A + B + C + D).body == result.body);
}

TEST_CASE("What was removed stays out after it vanished from the harvest and came again") {
    auto result = merge(wrote(A + B), A, A);
    CHECK(std::any_of(result.lines.begin(), result.lines.end(), [](const DraftLine& line) {
        return line.key == "o/r#2" && line.decision == DraftLine::Decision::rejected;
    }));
    CHECK(merge(result.lines, result.body, A + B).body == A);
}

TEST_CASE("Conflicts are reported with the line where they stand") {
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
    CHECK(merge(wrote(A), A + "own words\r", A + B).body ==
          A + "own words\r\r\n" + B.substr(0, B.size() - 1));
    const std::string returned = A.substr(0, A.size() - 1) + "\r";
    CHECK(merge(wrote(A), returned, A + B).body == returned + "\r\n" + B.substr(0, B.size() - 1));
}

TEST_CASE("Starting a part over takes the rendered text and keeps the blank lines around") {
    const std::string rendered = A + B;
    const MergeInput input{.policy = merged_part,
                           .base = wrote(A),
                           .theirs = "\n* own\n\n\n",
                           .rendered = rendered,
                           .reset = true};
    const MergeResult result = draft::merge_part(input);
    CHECK(result.body == "\n" + A + B + "\n\n");
    CHECK(merge(result.lines, result.body, rendered).body == result.body);
}

TEST_CASE("A part that is one text is taken as a whole or left as a whole") {
    const profile::DraftPart whole{"triage", {"Triage"}, {"<!-- Perf"}, {}, true, false};
    const auto run = [&](const std::optional<std::string>& base, const std::string& theirs,
                         const std::string& rendered) {
        MergeInput input{.policy = whole, .theirs = theirs, .rendered = rendered};
        if (base) input.base = draft::lines_of_old_base(whole, *base, "");
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

// ---- the rules ----

namespace {

MergeInput with_all(const Lines& base, const std::string& theirs, const std::string& rendered) {
    MergeInput input{.policy = merged_part, .base = base, .theirs = theirs, .rendered = rendered};
    input.left_out = "<!-- left out";
    return input;
}

MergeResult again(MergeInput input, const MergeResult& first) {
    input.base = first.lines;
    input.theirs = first.body;
    return draft::merge_part(input);
}

const DraftLine& line_of(const MergeResult& result, const std::string& key) {
    const auto found = std::find_if(result.lines.begin(), result.lines.end(),
                                    [&](const DraftLine& line) { return line.key == key; });
    REQUIRE(found != result.lines.end());
    return *found;
}

}  // namespace

TEST_CASE("Every case of file, last run and harvest has a rule") {
    using namespace draft;
    CHECK(rule_for(Place::list, Left::unknown, Place::nowhere).step == Step::keep);
    CHECK(rule_for(Place::list, Left::rejected, Place::list).step == Step::keep);
    CHECK(rule_for(Place::list, Left::in_list, Place::nowhere).step == Step::check);
    CHECK(rule_for(Place::nowhere, Left::in_list, Place::list).step == Step::pass);
    CHECK(rule_for(Place::nowhere, Left::rejected, Place::comment).step == Step::offer);
    CHECK(rule_for(Place::nowhere, Left::dismissed, Place::comment).step == Step::pass);
    CHECK(rule_for(Place::nowhere, Left::unknown, Place::list).step == Step::add);
    CHECK(rule_for(Place::comment, Left::unknown, Place::list).step == Step::keep);
}

TEST_CASE(
    "A line deleted from the list is offered in the section's comment, and not again when it goes from "
    "there") {
    const std::string rendered = "#### X\n" + A + B + "\n#### Y\n" + C;
    const std::string theirs = "#### X\n" + A + "\n#### Y\n";
    auto input = with_all(wrote(rendered), theirs, rendered);
    const MergeResult offered = draft::merge_part(input);
    CHECK(offered.body ==
          "#### X\n" + A + "\n<!-- left out\n" + B + "-->\n\n<!-- left out\n#### Y\n" + C + "-->\n");
    CHECK(offered.offered == 2);
    CHECK(line_of(offered, "o/r#2").decision == DraftLine::Decision::rejected);
    CHECK(again(input, offered).body == offered.body);
    const std::string emptied = "#### X\n" + A;
    input.theirs = emptied;
    input.base = offered.lines;
    const MergeResult dismissed = draft::merge_part(input);
    CHECK(dismissed.body == emptied);
    CHECK(line_of(dismissed, "o/r#2").decision == DraftLine::Decision::dismissed);
    CHECK(again(input, dismissed).body == emptied);
}

TEST_CASE("What was shown stays shown while GitHub has it, whatever the score says now") {
    const std::string both = A + B;
    MergeInput input{.policy = merged_part, .base = wrote(both), .theirs = both, .rendered = A};
    input.still = [](const std::string& key) { return key == "o/r#2"; };
    const MergeResult kept = draft::merge_part(input);
    CHECK(kept.body == both);
    CHECK(kept.removed.empty());
    CHECK(again(input, kept).body == both);
    input.still = {};
    const MergeResult gone = draft::merge_part(input);
    CHECK(gone.body == A);
    REQUIRE(gone.removed.size() == 1);
    CHECK(gone.removed[0].key == "o/r#2");
    CHECK_THAT(gone.removed[0].why, Catch::Contains("no longer"));
}

TEST_CASE("A line that an editor picked stays when GitHub no longer has it, and the run says so") {
    const std::string base_text = A + "\n<!-- left out\n" + B + "-->\n", theirs = A + B;
    auto input = with_all(wrote(base_text), theirs, base_text);
    const MergeResult picked = draft::merge_part(input);
    CHECK(line_of(picked, "o/r#2").decision == DraftLine::Decision::picked);
    input.rendered = A;
    const MergeResult gone = again(input, picked);
    CHECK(gone.body == theirs);
    REQUIRE(gone.kept.size() == 1);
    CHECK(gone.kept[0].key == "o/r#2");
}

TEST_CASE("An incomplete harvest only adds") {
    const std::string both = count_403 + A + B, now = count_410 + A + C;
    MergeInput input{.policy = merged_part, .base = wrote(both), .theirs = both, .rendered = now};
    input.complete = false;
    CHECK(draft::merge_part(input).body == count_410 + A + C + B);
    const std::string none = "\n* *None.*\n";
    input.base = wrote(none);
    input.theirs = none;
    input.rendered = "\n";
    CHECK(draft::merge_part(input).body == none);
    input.rendered = A;
    CHECK(draft::merge_part(input).body == "\n" + A);
}

TEST_CASE("A part that isn't complete keeps the template's placeholder beside what arrived") {
    const std::string placeholder = "\n<!-- Rust updates go here -->\n\n", rendered = "\n" + A;
    MergeInput input{.policy = merged_part, .theirs = placeholder, .rendered = rendered};
    input.complete = false;
    const MergeResult part = draft::merge_part(input);
    CHECK(part.body == "\n" + A + "\n<!-- Rust updates go here -->\n\n");
    CHECK(again(input, part).body == part.body);
    input.complete = true;
    const std::string whole = "\n" + A + B;
    input.rendered = whole;
    CHECK(again(input, part).body == "\n" + A + B + "\n");
}

TEST_CASE("The count follows the harvest in the clothes that an editor gave its line, or is reported") {
    struct Clothes {
        const char *theirs, *now;
    };
    for (const Clothes& row :
         {Clothes{"**403 pull requests** were [merged in the last week][merged].",
                  "**410 pull requests** were [merged in the last week][merged]."},
          {"In all, 403 pull requests were\n[merged in the last week][merged], a record.",
           "In all, 410 pull requests were\n[merged in the last week][merged], a record."}}) {
        const auto result =
            merge(wrote(count_403 + A), "\n" + std::string(row.theirs) + "\n\n" + A, count_410 + A);
        CHECK_THAT(result.body, Catch::StartsWith("\n" + std::string(row.now) + "\n"));
        CHECK(merge(result.lines, result.body, count_410 + A).body == result.body);
    }
    const std::string in_words =
        "\nFour hundred and three pull requests were [merged in the last week][merged]\n\n" + A;
    const auto result = merge(wrote(count_403 + A), in_words, count_410 + A);
    CHECK(result.body == in_words);
    REQUIRE(result.kept.size() == 1);
    CHECK_THAT(result.kept[0].why, Catch::Contains("410 pull requests"));
}

TEST_CASE("A picked item is listed and a rejected one goes, whatever was decided before") {
    const std::string rendered = A + B + C;
    MergeInput input{.policy = merged_part, .base = wrote(rendered), .theirs = {}, .rendered = rendered};
    const std::string theirs = A + item("mine", 3);
    input.theirs = theirs;
    input.pick = {"o/r#2"};
    input.reject = {"o/r#3"};
    const MergeResult result = draft::merge_part(input);
    CHECK(result.body == A + B);
    CHECK(line_of(result, "o/r#2").decision == DraftLine::Decision::picked);
    CHECK(line_of(result, "o/r#3").decision == DraftLine::Decision::rejected);
    input.pick = input.reject = {};
    CHECK(again(input, result).body == result.body);
}

TEST_CASE("Titles that follow the harvest and lines kept against it are reported by name") {
    const auto result = merge(wrote(A + B), A + item("mine", 2), item("better", 1) + item("other", 2) + C);
    REQUIRE(result.retitled.size() == 1);
    CHECK(result.retitled[0].line + "\n" == item("better", 1));
    REQUIRE(result.kept.size() == 1);
    CHECK_THAT(result.kept[0].why, Catch::Contains("[other]"));
    REQUIRE(result.added.size() == 1);
    CHECK(result.added[0].key == "o/r#3");
    CHECK(line_of(result, "o/r#2").kept + "\n" == item("mine", 2));
}

TEST_CASE("The base that format 1 remembered as text gives the same merge") {
    const std::string text = count_403 + "#### X\n" + A + "\n<!-- left out\n" + B + "-->\n";
    const auto old = draft::lines_of_old_base(merged_part, text, "removed o/r#3\nunwritten o/r#4\nodd\n");
    CHECK(merge(old, text, text + C).body == text);
    CHECK(merge(old, text, text + C + D + item("e", 5)).body ==
          count_403 + "#### X\n" + A + D + item("e", 5) + "\n<!-- left out\n" + B + "-->\n");
}
