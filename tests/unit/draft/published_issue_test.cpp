#include "draft/published_issue.h"

#include "catch.h"

using namespace harvester;

namespace {

profile::Profile newsletter() {
    auto profile = profile::parse_profile(R"toml(
name = "tea"
title = "This Week in Tea"
organisation = "teapot"
web = "https://example.org"
[issue]
weekday = "Wednesday"
first_date = "2022-01-05"
first_number = 1
window_first = -8
window_last = -1
[titles]
steps = ["trim"]
untitled = "(no title)"
[editorial.published]
headings = ['^Updates from Tea']
sections = ['^(Water|Leaves)$']
former_owners = ["samovar"]
)toml",
                                          "tea.toml", "");
    if (!profile) FAIL(profile.error().message);
    return *profile;
}

std::vector<std::string> urls(const std::string& text) {
    std::vector<std::string> out;
    for (const auto& item : draft::read_published_issue(newsletter(), text, "x.md").items)
        out.push_back(item.url);
    return out;
}

}  // namespace

TEST_CASE("the list is what comes below its heading and its sections") {
    const auto issue = draft::read_published_issue(newsletter(), R"(
## News
* [not this](https://example.org/teapot/kettle/pull/9)
## Updates from Tea Project
* [plain](https://example.org/teapot/kettle/pull/1)
#### Water
- [`x`](https://example.org/teapot/kettle/pull/2/files). [and](https://example.org/samovar/lid/pull/3#c)
  continued [here](https://example.org/teapot/kettle/pull/4)
### Triage
* [not this](https://example.org/teapot/kettle/pull/8)
#### Leaves
* [again](https://example.org/teapot/kettle/pull/5) [twice](https://example.org/teapot/kettle/pull/5)
## Other
* [not this](https://example.org/teapot/kettle/pull/7)
)",
                                                   "x.md");
    REQUIRE(issue.items.size() == 5);
    CHECK(issue.items[0] == draft::PublishedItem{"https://example.org/teapot/kettle/pull/1", "teapot/kettle",
                                                 1, "", 5, "plain"});
    CHECK(issue.items[1].title == "`x`");
    CHECK(issue.items[3].title.empty());  // a further link of a line
    CHECK(issue.items[1].url == "https://example.org/teapot/kettle/pull/2");
    CHECK(issue.items[1].heading == "Water");
    CHECK(issue.items[2].repository == "teapot/lid");
    CHECK(issue.items[3].number == 4);
    CHECK(issue.items[4].heading == "Leaves");
    CHECK(issue.oddities.empty());
}

TEST_CASE("What is in a comment isn't printed, nor what follows its end in the same line") {
    CHECK(urls("## Updates from Tea\n<!-- left out:\n* [a](https://example.org/teapot/kettle/pull/1)\n--> * "
               "[b](https://example.org/teapot/kettle/pull/2)\n"
               "* <!-- [c](https://example.org/teapot/kettle/pull/3) --> "
               "[d](https://example.org/teapot/kettle/pull/4)") ==
          std::vector<std::string>{"https://example.org/teapot/kettle/pull/4"});
}

TEST_CASE("links of others, of issues and of other hosts are no items") {
    CHECK(urls("# Updates from Tea\n* [a](https://example.org/coffee/kettle/pull/1) "
               "[b](https://example.org/teapot/kettle/issues/2)"
               " [c](https://example.com/teapot/kettle/pull/3) [d](http://example.org/teapot/kettle/pull/3) "
               "[e](https://example.org/)")
              .empty());
}

TEST_CASE("odd places are reported with file and line") {
    const auto odd =
        draft::read_published_issue(newsletter(),
                                    "# Updates from Tea\r\n* [a](https://example.org/teapot/kettle/pull/x)\n"
                                    "* [b](https://example.org/teapot/kettle/pull/99999999999999999999)\n",
                                    "x.md");
    CHECK(odd.items.empty());
    CHECK(odd.oddities ==
          std::vector<std::string>{"x.md:2: a link to a pull request without its number; it is skipped",
                                   "x.md:3: a link to a pull request without its number; it is skipped"});
    const auto none = draft::read_published_issue(newsletter(), std::string("\xff\0](", 4), "y.md");
    CHECK(none.oddities ==
          std::vector<std::string>{"y.md:1: there is no heading of the list here; the file is skipped"});
}
