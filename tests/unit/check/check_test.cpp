#include "check/check.h"

#include <set>

#include "base/files.h"
#include "catch.h"
#include "markdown/text_lines.h"

using namespace harvester;

namespace {

// A draft in which "@@RULE" at the end of a line tells what is wrong with it; several may stand there.
struct Planted {
    std::string text;
    std::multiset<std::pair<std::size_t, std::string>> faults;

    explicit Planted(const std::string& marked) {
        std::size_t number = 0;
        for (const markdown::Line& line : markdown::split_lines(marked)) {
            ++number;
            std::string_view rest = line.text;
            for (auto at = rest.rfind("@@"); at != std::string_view::npos; at = rest.rfind("@@")) {
                faults.emplace(number, rest.substr(at + 2));
                rest = rest.substr(0, at);
            }
            text += rest;
            text += '\n';
        }
    }
};

std::multiset<std::pair<std::size_t, std::string>> found(const check::CheckInput& input,
                                                         const profile::Profile& profile) {
    std::multiset<std::pair<std::size_t, std::string>> result;
    for (const check::Finding& finding : check::check_issue(input, profile))
        result.emplace(finding.line, finding.rule);
    return result;
}

std::optional<Item> known(const std::string& url) {
    Item item;
    item.kind = ItemKind::pull_request;
    item.state = ItemState::merged;
    item.merged_at = parse_instant("2025-12-12T00:00:00Z");
    if (url.ends_with("/21")) item.state = ItemState::open;
    if (url.ends_with("/22")) item.merged_at = parse_instant("2025-11-12T00:00:00Z");
    const auto entered =
        parse_instant(url.ends_with("/33") ? "2025-12-08T23:59:59Z" : "2025-12-09T00:00:00Z");
    item.label_events = std::vector<LabelEvent>{{"final-comment-period", *entered, true},
                                                {"final-comment-period", *entered + Seconds{60}, false}};
    return item;
}

check::CheckInput input_of(const std::string& text) {
    check::CheckInput input;
    input.name = "draft/2025-12-17-this-week-in-rust.md";
    input.text = text;
    return input;
}

const char* const rest = R"(
### Rust Compiler Performance Triage

A calm week.

### [Approved RFCs](https://github.com/rust-lang/rfcs/commits/master)

* *No RFCs were approved this week.*

### Final Comment Period

#### Tracking Issues & PRs

##### [Rust](https://github.com/rust-lang/rust/issues)
* [a](https://github.com/rust-lang/rust/issues/900)

#### [New and Updated RFCs](https://github.com/rust-lang/rfcs/pulls)

* [b](https://github.com/rust-lang/rfcs/pull/901)

## Upcoming Events
)";

const char* const head = R"(Title: This Week in Rust 630
Number: 630
Date: 2025-12-17

## Updates from the Rust Project

482 pull requests were [merged in the last week][merged]

[merged]: https://github.com/search?q=is%3Apr+org%3Arust-lang+is%3Amerged+merged%3A2025-12-09..2025-12-16

)";

}  // namespace

TEST_CASE("Nothing is found in a draft as it should be") {
    const auto profile = *profile::load_profile("");
    const std::string text = std::string(head) +
                             "#### Compiler\n* [`Vec<T>` and \\<T> and <br> and "
                             "`a``b`](https://github.com/rust-lang/rust/pull/1)\n"
                             "* perf: [a](https://github.com/rust-lang/rust/pull/2) and [b "
                             "(#7)](https://github.com/rust-lang/rust/pull/3)\n"
                             "* [a [b] c](https://github.com/rust-lang/rust/pull/4)\n\n#### Rust-Analyzer\n"
                             "* [\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x94\xA7 "
                             "fix](https://github.com/rust-lang/rust-analyzer/pull/5)\n" +
                             rest;
    auto input = input_of(text);
    input.find_item = known;
    input.merged_count = [](const Edition&) { return 482; };
    for (const auto& [line, rule] : found(input, profile)) {
        INFO(line << " " << rule);
        CHECK(false);
    }
}

TEST_CASE("All of 40 planted faults are found, each in its line, and nothing else") {
    const Planted planted(R"(Title: This Week in Rust 629@@issue-date
Number: 631@@issue-date
Date: 2025-12-10@@issue-date

## Updates from the Rust Project

481 pull requests were [merged in the last week][merged]@@count

[merged]: https://github.com/search?q=is%3Apr+org%3Arust-lang+is%3Amerged+merged%3A2025-12-08..2025-12-16@@window

#### Library
* [odd `tick](https://github.com/rust-lang/rust/pull/1)@@odd-backticks
* [empty `` code](https://github.com/rust-lang/rust/pull/2)@@empty-code
* [use Vec<T>](https://github.com/rust-lang/rust/pull/3)@@html
* [<script>x</script>](https://github.com/rust-lang/rust/pull/4)@@html@@html
* [not closed](https://github.com/rust-lang/rust/pull/5@@link-broken
* [odd ] bracket](https://github.com/rust-lang/rust/pull/6)@@link-broken
* [gap] (https://github.com/rust-lang/rust/pull/7)@@link-broken@@no-link
* [no address]()@@link-empty
* [](https://github.com/rust-lang/rust/pull/8)@@link-empty
* [plain](http://github.com/rust-lang/rust/pull/9)@@link-foreign
* [elsewhere](https://github.example/rust-lang/rust/pull/10)@@link-foreign
* [other owner](https://github.com/someone/rust/pull/11)@@link-foreign
* [rust#13](https://github.com/rust-lang/rust/pull/12)@@link-mismatch
* [cargo#14](https://github.com/rust-lang/rust/pull/14)@@link-mismatch
* [middle](https://github.com/rust-lang/rust/pull/15/files)@@link-suffix
* [once](https://github.com/rust-lang/rust/pull/16)
* [again](https://github.com/rust-lang/rust/pull/16)@@duplicate
* [last week](https://github.com/rust-lang/rust/pull/20)@@printed-before
* [open](https://github.com/rust-lang/rust/pull/21)@@not-merged
* [long ago](https://github.com/rust-lang/rust/pull/22)@@not-in-window
* no link at all@@no-link
*[no space](https://github.com/rust-lang/rust/pull/23)@@item-space
* @@empty-item@@trailing-space
* [white space](https://github.com/rust-lang/rust/pull/24) @@trailing-space
* [turned )"
                          "\xE2\x80\xAE"
                          R"(around](https://github.com/rust-lang/rust/pull/25)@@control-character
* [broken )"
                          "\xFF"
                          R"(](https://github.com/rust-lang/rust/pull/26)@@encoding

#### Compiler@@section-order
* [a](https://github.com/rust-lang/rust/pull/27)

#### Kompiler@@section-unknown
* [b](https://github.com/rust-lang/rust/pull/28)

##### Cargo@@section-level
* [c](https://github.com/rust-lang/rust-clippy/pull/29)@@link-mismatch

####Rustdoc@@heading-space

#### Clippy@@section-empty

#### Library@@section-twice@@section-order
* [d](https://github.com/rust-lang/rust/pull/30)

### Rust Compiler Performance Triage@@section-empty

### Final Comment Period

* [e](https://github.com/rust-lang/rust/pull/31)
* [entered last week](https://github.com/rust-lang/rust/pull/33)@@not-in-window
* [a wrong number](https://github.com/rust-lang/rust/pull/34)@@link-dead

#### [New and Updated RFCs](https://github.com/rust-lang/rfcs/pulls)

* [f](https://github.com/rust-lang/rfcs/pull/32)

## Upcoming Events@@section-missing)");
    CHECK(planted.faults.size() >= 40);
    const auto profile = *profile::load_profile("");
    auto input = input_of(planted.text);
    input.find_item = known;
    input.merged_count = [](const Edition&) { return 482; };
    input.missing = {"rust-lang/rust#34"};
    input.previous = "## Updates from the Rust Project\n* [x](https://github.com/rust-lang/rust/pull/20)\n";
    const auto result = found(input, profile);
    for (const auto& [line, rule] : planted.faults) {
        INFO(line << " " << rule);
        CHECK(result.count({line, rule}) == planted.faults.count({line, rule}));
    }
    for (const auto& [line, rule] : result) {
        INFO(line << " " << rule);
        CHECK(planted.faults.contains({line, rule}));
    }
}

TEST_CASE("What has one right answer is mended, the rest stays, and other bytes too") {
    const auto profile = *profile::load_profile("");
    std::string text =
        std::string(head) +
        "#### Compiler\n*[a](http://github.com/rust-lang/rust/pull/1/files) \t\r\n* [b "
        "\xE2\x80\xAE](https://github.com/rust-lang/rust/pull/2)\n"
        "* [c](https://github.com/rust-lang/rust/pull/3)\n* [c](https://github.com/rust-lang/rust/pull/3)\n* "
        "[odd `](https://github.com/rust-lang/rust/pull/4)\n" +
        rest;
    text.replace(text.find("482"), 3, "999");
    text.replace(text.find("..2025-12-16"), 12, "..2025-12-18");
    auto input = input_of(text);
    input.merged_count = [](const Edition&) { return 482; };
    CHECK(check::mend_issue(input, profile) ==
          std::string(head) +
              "#### Compiler\n* [a](https://github.com/rust-lang/rust/pull/1)\r\n* [b "
              "](https://github.com/rust-lang/rust/pull/2)\n"
              "* [c](https://github.com/rust-lang/rust/pull/3)\n* [odd "
              "`](https://github.com/rust-lang/rust/pull/4)\n" +
              rest);
}

TEST_CASE("A file without the date of an issue is told so, and any bytes are checked") {
    const auto profile = *profile::load_profile("");
    check::CheckInput input;
    input.name = "notes.md";
    const std::string bytes("\xFF\x00](\n* [`<a\n#### \n<!--", 20);
    input.text = bytes;
    const auto result = found(input, profile);
    CHECK(result.contains({1, "issue-date"}));
}

TEST_CASE("Published issues since 2024 have few findings, each of a known kind") {
    const auto profile = *profile::load_profile("");
    const std::filesystem::path folder = std::string(SHARED_FOLDER) + "/published";
    if (!std::filesystem::exists(folder)) return;
    int issues = 0;
    int findings = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with("2024-") && !name.starts_with("2025-")) continue;
        const std::string text = *read_file(entry.path());
        check::CheckInput input;
        input.name = name;
        input.text = text;
        for (const check::Finding& finding : check::check_issue(input, profile)) {
            INFO(name << ":" << finding.line << " " << finding.rule);
            // Slips of an editor that were printed; nothing of the links or of the code that editors write
            // daily.
            const std::set<std::string> slips = {"duplicate",       "section-empty",  "section-level",
                                                 "section-missing", "section-order",  "section-twice",
                                                 "section-unknown", "trailing-space", "window"};
            CHECK(slips.contains(finding.rule));
            ++findings;
        }
        ++issues;
    }
    CHECK(issues > 100);
    CHECK(findings < issues / 3);
}
