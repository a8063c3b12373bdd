// The formats: exact bytes for the small week, and strangers' text that tries to break out of each of them.
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/utf8.h"
#include "made_up.h"
#include "stats/format/chart.h"
#include "stats/format/formats.h"
#include "stats/format/numbers.h"
#include "stats/format/text.h"

using namespace harvester;
using namespace harvester::stats;
using namespace made_up;
using Catch::Matchers::Contains;
using Json = nlohmann::json;

namespace {

std::string html_of(const std::string& markdown) {
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser* parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    for (const char* name : {"table", "autolink", "strikethrough"})
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name));
    cmark_parser_feed(parser, markdown.data(), markdown.size());
    cmark_node* document = cmark_parser_finish(parser);
    const std::unique_ptr<char, decltype(&std::free)> html(
        cmark_render_html(document, CMARK_OPT_UNSAFE, cmark_parser_get_syntax_extensions(parser)),
        &std::free);
    std::string out = html.get();
    cmark_node_free(document);
    cmark_parser_free(parser);
    return out;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t out = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++out;
    return out;
}

const std::vector<std::string> hostile_labels = {"=HYPERLINK(\"https://evil.example\")",
                                                 "+1",
                                                 "-1+2",
                                                 "@everyone",
                                                 "\tcell",
                                                 "a|b",
                                                 "`code|span",
                                                 "<script>alert(1)</script>",
                                                 "]]><b>",
                                                 "\"quoted\", and comma",
                                                 "two\nlines",
                                                 "\xE2\x80\xAEright to left",
                                                 "\x1B[31mred",
                                                 "broken \xFF byte",
                                                 "https://evil.example/x",
                                                 "日本語のラベル",
                                                 "e\xCC\x81t\xC3\xA9",
                                                 "&amp;",
                                                 "--><!--",
                                                 "**bold** _it_ [link](https://evil.example)"};

cache::Store hostile_store() {
    cache::Store store = empty_store();
    std::vector<Item> items;
    for (std::size_t i = 0; i < hostile_labels.size(); ++i)
        items.push_back(item({static_cast<int>(i) + 1,
                              "anvil",
                              "wile",
                              "2024-01-01",
                              "2024-01-02",
                              ChangeSize{1, 1, 1},
                              {hostile_labels[i]}}));
    harvest(store, days("2023-12-01", "2024-01-31"), items);
    return store;
}

Query small(std::vector<Dimension> by) {
    Query q = query(std::move(by));
    q.measures = {Measure::merged, Measure::authors, Measure::time_median};
    return q;
}

}  // namespace

TEST_CASE("The table is aligned, with bars as long as the numbers") {
    CHECK(table_text(report(week_store(), small({Dimension::repository})), 72) ==
          "Merged pull requests by repository\n"
          "acme, 2024-01-01 to 2024-01-09\n"
          "\n"
          "Repository   Merged  Authors  Median time\n"
          "───────────  ──────  ───────  ───────────\n"
          "acme/anvil        4        2      1 d 5 h  █████████████████████████████\n"
          "acme/rocket       3        2   20 h 0 min  █████████████████████▊\n"
          "───────────  ──────  ───────  ───────────\n"
          "All               7        3   20 h 0 min\n");
}

TEST_CASE("Wide characters and combining marks keep the columns of the table in line") {
    Query q = small({Dimension::label});
    const std::string text = table_text(report(hostile_store(), q), 120);
    std::istringstream lines(text);
    std::vector<std::string> all;
    for (std::string line; std::getline(lines, line);) all.push_back(line);
    const std::size_t before_bar = display_width(all[4]);  // the rule under the headings
    std::size_t bars = 0;
    for (const std::string& line : all) {
        const auto bar = line.find("█");
        if (bar == std::string::npos) continue;
        ++bars;
        CHECK(display_width(line.substr(0, bar)) == before_bar + 2);
    }
    CHECK(bars == hostile_labels.size());
    CHECK(display_width("日本語") == 6);
    CHECK(display_width("e\xCC\x81t\xC3\xA9") == 3);
}

TEST_CASE("Control and direction characters never reach the terminal") {
    const std::string text = table_text(report(hostile_store(), small({Dimension::label})), 120);
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = utf8::next(text, at);
        CHECK((c == U'\n' || !utf8::is_hostile_control(c)));
    }
}

TEST_CASE("CSV is RFC 4180, and no cell of strangers starts a formula") {
    CHECK(csv_text(report(week_store(), small({Dimension::repository}))) ==
          "repo,merged,authors,time_to_merge_median,fcp_started,fcp_open,fcp_outcomes,complete,missing\r\n"
          "acme/anvil,4,2,104400,0,0,,yes,\r\n"
          "acme/rocket,3,2,72000,0,0,,yes,\r\n");
    CHECK(for_csv("=1+1") == "'=1+1");
    CHECK(for_csv("  @x") == "'  @x");
    CHECK(for_csv("-1") == "'-1");
    CHECK(for_csv("\uFF1D1") == "'\uFF1D1");
    CHECK(for_csv("\tx") == "'\tx");
    CHECK(for_csv("a\"b,c") == "\"a\"\"b,c\"");
    CHECK(for_csv("two\nlines") == "\"two\nlines\"");
    CHECK(for_csv("=a,\"b\"") == "\"'=a,\"\"b\"\"\"");
    CHECK(for_csv("plain") == "plain");
}

TEST_CASE("CSV has the range before, the change and the percent as numbers") {
    Query q = small({});
    q.measures = {Measure::merged};
    q.range = days("2024-01-08", "2024-01-09");
    q.compare = true;
    CHECK(csv_text(report(week_store(), q)) ==
          "merged,merged_before,merged_change,merged_change_percent,fcp_started,fcp_open,fcp_outcomes,"
          "complete,missing\r\n2,0,2,,0,0,,yes,\r\n");
    q.range = days("2024-01-04", "2024-01-06");
    CHECK(csv_text(report(week_store(), q)) ==
          "merged,merged_before,merged_change,merged_change_percent,fcp_started,fcp_open,fcp_outcomes,"
          "complete,missing\r\n1,4,-3,-75,0,0,,yes,\r\n");
}

TEST_CASE("Final comment periods are in every format") {
    cache::Store store = week_store();
    Item subject = item({50, "anvil", "wile", "2023-01-01", "2023-01-02", {}});
    subject.kind = ItemKind::issue;
    subject.merged_at.reset();
    subject.closed_at.reset();
    subject.state = ItemState::open;
    subject.label_events = {{{"to-merge", at("2024-01-02"), true},
                             {"fcp", at("2024-01-02"), true},
                             {"finished-fcp", at("2024-01-08"), true}}};
    Item open = subject;
    open.id = "I_51";
    open.label_events = {{{"fcp", at("2024-01-03"), true}}};
    const auto done = store.commit_page({{"fcp", days("2023-12-01", "2024-01-31"), ""},
                                         cache::SliceState::complete,
                                         2,
                                         2,
                                         "",
                                         at("2024-02-01")},
                                        std::vector{subject, open});
    REQUIRE(done);
    const Report r = report(store, small({Dimension::repository}));
    CHECK_THAT(csv_text(r), Contains("acme/anvil,4,2,104400,2,1,merge 1,yes,\r\n"));
    CHECK_THAT(csv_text(r), Contains("acme/rocket,3,2,72000,0,0,,yes,\r\n"));
    CHECK_THAT(csv_text(report(store, small({Dimension::year}))),
               Contains("2024,7,3,72000,2,1,merge 1,yes,\r\n"));
    const std::string sentence = "Final comment periods: 2 started, 1 open at the end, over: merge 1.";
    CHECK_THAT(chart_data(r).description, Contains(sentence));
    std::string svg = chart_svg(chart_data(r), {960, true, "chart"});
    CHECK_THAT(svg, Contains(sentence));
    CHECK(Json::parse(json_text(r))["final_comment_periods"]["outcomes"] == Json({{"merge", 1}}));
    for (const std::string& text : {table_text(r, 80), markdown_text(r), html_page(std::vector{r})}) {
        CHECK_THAT(text, Contains("Final comment periods"));
        CHECK_THAT(text, Contains("Over: merge"));
    }
}

TEST_CASE("JSON is one object with what was asked, found and missing") {
    Query q = small({Dimension::repository, Dimension::weekday});
    q.compare = true;
    q.range = days("2024-01-03", "2024-01-04");
    const Json json = Json::parse(json_text(report(week_store(), q)));
    CHECK(json["format"] == "harvester-stats");
    CHECK(json["from"] == "2024-01-03T00:00:00Z");
    CHECK(json["to"] == "2024-01-05T00:00:00Z");
    CHECK(json["by"] == Json({"repo", "weekday"}));
    CHECK(json["complete"] == true);
    CHECK(json["missing"].empty());
    CHECK(json["known_since"] == "2023-12-01T00:00:00Z");
    CHECK(json["compared_with"]["from"] == "2024-01-01T00:00:00Z");
    CHECK(json["total"]["values"]["merged"] == 3);
    CHECK(json["total"]["before"]["merged"] == 2);
    CHECK(json["total"]["relative_change"]["merged"] == 0.5);
    const auto row = std::find_if(json["rows"].begin(), json["rows"].end(), [](const Json& r) {
        return r["key"] == Json({{"repo", "acme/anvil"}, {"weekday", "Wednesday"}});
    });
    REQUIRE(row != json["rows"].end());
    CHECK((*row)["values"]["merged"] == 1);
    CHECK((*row)["change"]["merged"] == 1);
    CHECK((*row)["relative_change"]["merged"].is_null());
    CHECK(json["measures"][2] == Json({{"name", "time_to_merge_median"},
                                       {"unit", "seconds"},
                                       {"meaning", "median time from opening to merge"},
                                       {"known", true}}));
}

TEST_CASE("JSON holds hostile labels as they are, but for broken bytes") {
    const Json json = Json::parse(json_text(report(hostile_store(), small({Dimension::label}))));
    std::vector<std::string> keys;
    for (const Json& row : json["rows"]) keys.push_back(row["key"]["label"]);
    for (const std::string& label : hostile_labels)
        CHECK(std::find(keys.begin(), keys.end(), utf8::scrubbed(label)) != keys.end());
}

TEST_CASE("Markdown renders as one table on GitHub, whatever the labels hold") {
    const Report r = report(hostile_store(), small({Dimension::label}));
    std::string html = html_of(markdown_text(r));
    CHECK_THAT(html, Contains("@<!-- -->everyone"));  // nobody is notified
    for (auto at = html.find("<!-- -->"); at != std::string::npos; at = html.find("<!-- -->"))
        html.erase(at, 8);
    CHECK(count(html, "<table>") == 1);
    CHECK(count(html, "<tr>") == r.rows.size() + 2);
    CHECK(count(html, "<td") == (r.rows.size() + 1) * 4);
    for (const char* tag : {"<a ", "<script", "<b>", "<em>", "<!--"}) CHECK_THAT(html, !Contains(tag));
}

TEST_CASE("Markdown by time has a chart that GitHub draws, and by names of strangers none") {
    const cache::Store store = week_store();
    CHECK_THAT(
        markdown_text(report(store, small({Dimension::week}))),
        Contains(
            "```mermaid\nxychart-beta\n    x-axis [\"2024-W01\", \"2024-W02\"]\n    y-axis \"Merged\"\n    "
            "bar [5, 2]\n```\n"));
    CHECK_THAT(markdown_text(report(store, small({Dimension::label}))), !Contains("mermaid"));
}

TEST_CASE("Numbers are written as people read them") {
    CHECK(format_value(Unit::count, 1234567) == "1,234,567");
    CHECK(format_value(Unit::count, 999) == "999");
    CHECK(format_value(Unit::count, std::nullopt) == "–");
    CHECK(format_value(Unit::seconds, 59) == "59 s");
    CHECK(format_value(Unit::seconds, 3725) == "1 h 2 min");
    CHECK(format_value(Unit::seconds, 86400 * 3.5) == "3 d 12 h");
    CHECK(format_value(Unit::seconds, 86400 * 1500.2) == "1,500 d");
    CHECK(format_value(Unit::share, 0.1234) == "12.3 %");
    CHECK(format_change(Unit::count, 400, 300) == "-100 (-25.0 %)");
    CHECK(format_change(Unit::count, 0, 3) == "+3");
    CHECK(format_change(Unit::count, 5, 5) == "0 (0.0 %)");
    CHECK(format_change(Unit::share, 0.1, 0.125) == "+2.5 pp");
    CHECK(format_change(Unit::seconds, std::nullopt, 1) == "–");
    CHECK(format_plain(0.5) == "0.5");
    CHECK(format_plain(-3) == "-3");
    CHECK(format_plain(1.0 / 3) == "0.333333");
    CHECK(format_plain(70.0000001) == "70");  // no bare point
    CHECK(format_plain(-0.0000001) == "0");
    CHECK(format_now_and_change(Unit::count, 400, 300) == "300 ▼ 25.0 %");
    CHECK(format_now_and_change(Unit::count, 0, 3) == "3 ▲ 3");
    CHECK(format_now_and_change(Unit::count, 5, 5) == "5 =");
    CHECK(format_now_and_change(Unit::share, 0.1, 0.125) == "12.5 % ▲ 2.5 pp");
    CHECK(format_now_and_change(Unit::seconds, std::nullopt, 60) == "1 min");
    CHECK(format_tick(Unit::count, 12'000) == "12k");
}

TEST_CASE("The summary of an issue says the numbers in sentences and is Markdown") {
    profile::Profile p = acme_profile();
    p.stats.summary_lines = {
        "{merged|pull request was|pull requests were} merged in {organisation} from {first} to {last}.",
        "Issue {issue} is number {number}.", "By {by_bots|bot|bots} within {time_to_merge_median}."};
    p.stats.summary_tables = {{"By *repository*", "repo", 1, {"merged"}}};
    Query q = query();
    q.range = days("2024-01-02", "2024-01-09");
    q.issue = Edition{parse_day("2024-01-10").value(),
                      529,
                      {parse_day("2024-01-02").value(), parse_day("2024-01-09").value()}};
    const cache::Store store = week_store();
    const auto text = summary_markdown(store, p, q, coverage_of(store, p, q).value());
    REQUIRE(text);
    CHECK(
        text->starts_with("6 pull requests were merged in acme from 2024-01-02 to 2024-01-09.\n"
                          "Issue 2024-01-10 is number 529.\n"
                          "By 1 bot within 1 d 1 h.\n"
                          "\n**By \\*repository\\***\n\n"
                          "| Repository | Merged |\n| --- | ---: |\n| acme/anvil | 3 |\n| **All** | **6** |\n"
                          "\n1 more group is not shown; the totals count all.\n"));
}

TEST_CASE(
    "A summary line with a number that is not known is left out, one with a wrong placeholder is refused") {
    cache::Store store = empty_store();
    harvest(store, days("2023-12-01", "2024-01-31"),
            {item({1, "anvil", "wile", "2024-01-01", "2024-01-02", {}})});
    const Report r = report(store, query());
    CHECK(fill_line("{merged} merged", r).value() == "1 merged");
    CHECK_FALSE(fill_line("{additions} added", r).value());
    CHECK_FALSE(fill_line("issue {number}", r).value());
    for (const char* line : {"{speed}", "{merged", "{merged|one}"}) {
        const auto filled = fill_line(line, r);
        REQUIRE_FALSE(filled);
        CHECK(filled.error().code == ExitCode::usage);
        CHECK_THAT(filled.error().message, Contains("stats.summary.lines") && Contains(line));
    }
}
