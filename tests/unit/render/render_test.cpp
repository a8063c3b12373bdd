#include "render/render.h"

#include <filesystem>
#include <regex>

#include "catch.h"
#include "corpus.h"
#include "markdown/link_line.h"
#include "profile/calendar.h"
#include "profile/profile.h"
#include "render/template.h"

using namespace harvester;
using Catch::Matchers::Contains;

namespace {

const profile::Profile& twir() {
    static const profile::Profile profile = profile::load_profile("").value();
    return profile;
}

render::Report report_of(const char* date, Layout layout) {
    render::Report report;
    report.issue = profile::edition_of(twir(), *parse_day(date)).value();
    report.layout = layout;
    return report;
}

// Small and whole: every part has something in one group and nothing in another.
render::Report made_up(const char* date, Layout layout) {
    render::Report report = report_of(date, layout);
    const std::string sections = layout == Layout::sections ? "Compiler" : "";
    report.part("merged") = {"merged",
                             403,
                             {{sections,
                               {{"", "add a `thing`", "https://github.com/rust-lang/rust/pull/1"}},
                               {{"", "use `-->` twice", "https://github.com/rust-lang/rust/pull/2"}}}}};
    if (layout == Layout::sections)
        report.part("merged").sections.push_back(
            {"Cargo", {}, {{"", "left out --&gt;", "https://github.com/rust-lang/cargo/pull/3"}}});
    report.part("triage").text = "A quiet week.\n\n[Full report here](https://example.org/report.md)";
    report.part("approved").sections = {{"", {{"", "A thing", "https://github.com/rust-lang/rfcs/pull/4"}}}};
    report.part("fcp").sections = {
        {"rust", {{"", "Track `this`", "https://github.com/rust-lang/rust/issues/5"}}},
        {"cargo",
         {{"[disposition: close] ", "Close {list} this", "https://github.com/rust-lang/cargo/pull/6"}}}};
    report.part("rfcs").sections = {
        {"", {{"[updated] ", "Newer thing", "https://github.com/rust-lang/rfcs/pull/7"}}}};
    report.part("testing").sections = {
        {"rustup", {{"", "Try me", "https://github.com/rust-lang/rustup/issues/8"}}}};
    return report;
}

}  // namespace

TEST_CASE("A whole issue in each form is as its golden file says, byte for byte") {
    const std::filesystem::path folder = std::filesystem::path(SOURCE_FOLDER) / "tests/golden/forms";
    struct Row {
        const char *date, *file;
        Layout layout;
    };
    for (const auto& [date, file, layout] :
         {Row{"2024-11-13", "2024-11.md", Layout::flat}, Row{"2025-12-17", "2025-12.md", Layout::sections},
          Row{"2026-08-12", "2026-08.md", Layout::sections}}) {
        INFO(file);
        CHECK(render::render(made_up(date, layout), twir().form, {{}, true}) ==
              test::file_text(folder / file));
    }
}

TEST_CASE("Each form is chosen by layout and date") {
    CHECK(twir().form.form(Layout::flat, *parse_day("2026-08-12")).name == "2024-11");
    CHECK(twir().form.form(Layout::sections, *parse_day("2025-12-17")).name == "2025-12");
    CHECK(twir().form.form(Layout::sections, *parse_day("2026-08-12")).name == "2026-08");
    CHECK(twir().form.form(Layout::sections, *parse_day("2020-01-01")).name == "2025-12");
}

TEST_CASE("An empty week has the newsletter's own sentences and keeps the placeholder of the triage report") {
    const auto text = render::render(report_of("2026-08-12", Layout::sections), twir().form);
    CHECK_THAT(text, Contains("### Rust Compiler Performance Triage\n\n<!-- Perf results go here -->\n"));
    CHECK_THAT(text, Contains("* *No RFCs were approved this week.*\n"));
    CHECK_THAT(
        text,
        Contains(
            "#### Tracking Issues & PRs\n\n*No Items entered Final Comment Period this week for\n[Rust]("));
    CHECK_THAT(text, Contains("\n* *No New or Updated RFCs were created this week.*\n"));
    CHECK_THAT(text, !Contains("\n\n\n") && !Contains("####\n"));
}

TEST_CASE("When every group has an item the sentence on empty groups is not there") {
    render::Report report = report_of("2026-08-12", Layout::sections);
    for (const auto& group : twir().form.form(Layout::sections, report.issue.date).part("fcp").groups)
        report.part("fcp").sections.push_back({group.key, {{"", "a", "https://github.com/a/b/pull/1"}}});
    const auto text = render::render(report, twir().form, {{"fcp"}, false});
    CHECK_THAT(text, !Contains("No Items") && Contains("pull/1)\n\nLet us know"));
}

TEST_CASE("Only the parts that are asked for are written, in the order of an issue") {
    const auto parts = render::render_parts(made_up("2026-08-12", Layout::sections), twir().form,
                                            {{"fcp", "testing"}, false});
    REQUIRE(parts.size() == 2);
    CHECK(parts[0].part == "testing");
    CHECK(parts[1].part == "fcp");
    CHECK(parts[1].text.starts_with("### Final Comment Period\n"));
}

TEST_CASE("A title that looks like a name of the form or a reference of the draft stays a title") {
    render::Report report = made_up("2026-08-12", Layout::sections);
    report.part("approved").sections = {
        {"", {{"", "{items} [merged] {none}", "https://github.com/rust-lang/rfcs/pull/4"}}}};
    CHECK_THAT(render::render(report, twir().form, {{"approved"}, false}),
               Contains("* [{items} \\[merged\\] {none}](https://github.com/rust-lang/rfcs/pull/4)\n"));
}

namespace {

profile::Profile made_profile(const std::string& parts) {
    auto made = profile::parse_profile("organisation = 'x'\n" + parts, "plain.toml", "");
    INFO((made ? "" : made.error().message));
    REQUIRE(made);
    return std::move(*made);
}

}  // namespace

TEST_CASE("A profile that names only its organisation lists merged pull requests") {
    const auto plain = made_profile("");
    render::Report report = report_of("2026-08-12", Layout::sections);
    CHECK(render::render(report, plain.form).empty());
    report.part("merged").sections = {{"", {{"", "a", "https://x.org/1"}}}};
    CHECK(render::render(report, plain.form) == "* [a](https://x.org/1)\n");
}

TEST_CASE("A part's own line, heading and text for nothing are printed as the profile says") {
    const auto own = made_profile(R"toml(
[[part]]
name = "news"
blocks = ["## News of {from} to {to}", "{list}", "### Thanks\n{newcomers}"]
heading = "### {name}!"
line = "- {title} ({author}, [#{number}]({url}))"
newcomer = "- {author} in [#{number}]({url})"
[[part]]
name = "wanted"
kind = "opened"
blocks = ["## Wanted", "{items}"]
none = "Nothing is wanted."
)toml");
    render::Report report = report_of("2026-08-12", Layout::sections);
    const render::Entry entry{"", "a `b`", "https://github.com/x/y/pull/7", "some*body", "x/y", 7};
    report.part("news").sections = {{"Fixes", {entry}}};
    report.part("news").newcomers = {entry};
    CHECK(render::render(report, own.form) ==
          "## News of 2026-08-04 to 2026-08-11\n\n### Fixes!\n"
          "- a `b` (some*body, [#7](https://github.com/x/y/pull/7))\n\n"
          "### Thanks\n- some*body in [#7](https://github.com/x/y/pull/7)\n\n## Wanted\n\nNothing is "
          "wanted.\n");
}

TEST_CASE("A block of a form loses the lines that have nothing, and itself when nothing is left") {
    CHECK(render::fill_blocks({"a\n{x}\nb", "{x}", "{x}\n{y}", "{z}"}, {{"x", ""}, {"y", "1\n2"}}) ==
          "a\nb\n\n1\n2\n\n{z}\n");
    CHECK(render::fill_blocks({"# h\n{x}", "# g", "# i\n{y}"}, {{"x", ""}, {"y", "1"}}) == "# g\n\n# i\n1\n");
    CHECK(render::fill("{a}{b} {", {{"a", "{b}"}}) == "{b}{b} {");
}

// ---- Beside the real texts, where they are ----

namespace {

// From the line that is the heading to before the next line that begins with one of `stops`.
std::string part_of_text(const std::string& text, const std::string& heading,
                         const std::vector<std::string>& stops) {
    const auto begin = ("\n" + text).find("\n" + heading);
    if (begin == std::string::npos) return {};
    auto end = text.size();
    for (const auto& stop : stops) end = std::min(end, text.find("\n" + stop, begin + 1));
    std::string out = text.substr(begin, end - begin);
    while (out.ends_with("\n\n") || out.ends_with(' ')) out.pop_back();
    if (!out.ends_with('\n')) out.push_back('\n');
    return out;
}

// The items of a text, in lists by the key of the last link that stood before them in a line without bullet.
std::vector<render::Entry> entries_below(const std::string& text, const std::string& heading) {
    std::vector<render::Entry> out;
    std::istringstream lines(text);
    bool below = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('#')) below = line == heading;
        const auto link = markdown::parse_link_line(line);
        if (below && link && link->bullet == "* ")
            out.push_back({std::string(link->prefix), std::string(link->title), std::string(link->url)});
    }
    return out;
}

}  // namespace

TEST_CASE("Issue 573 rendered from its own items is issue 573, line for line") {
    const std::string text = test::file_text(std::filesystem::path(SHARED_FOLDER) / "twir-573.md");
    if (text.empty()) return;
    render::Report report = report_of("2024-11-13", Layout::flat);
    report.part("merged") = {"merged", 403, {{"", entries_below(text, "## Updates from the Rust Project")}}};
    REQUIRE(report.part("merged").sections[0].picks.size() > 90);
    const std::string triage = "### Rust Compiler Performance Triage\n";
    report.part("triage").text = part_of_text(text, triage, {"### [Approved"}).substr(triage.size());
    const auto& form = twir().form.form(Layout::flat, report.issue.date);
    const auto groups = [&](const char* part) {
        std::vector<render::Section> out;
        for (const auto& group : form.part(part).groups) {
            const auto& heading = group.heading.empty() ? form.part(part).heading : group.heading;
            out.push_back({group.key, entries_below(text, render::fill(heading, {{"link", group.link}}))});
        }
        return out;
    };
    report.part("fcp").sections = groups("fcp");
    report.part("testing").sections = groups("testing");
    const auto proposals =
        entries_below(text, "#### [New and Updated RFCs](https://github.com/rust-lang/rfcs/pulls)");
    REQUIRE(proposals.size() == 1);
    report.part("rfcs").sections = {{"", proposals}};

    const auto parts = render::render_parts(report, twir().form);
    REQUIRE(parts.size() == 6);
    CHECK(parts[0].text == part_of_text(text, "## Calls for Testing", {"## Call for Participation"}));
    std::string project;
    for (std::size_t i = 1; i < parts.size(); ++i) project += (i > 1 ? "\n" : "") + parts[i].text;
    CHECK(project == part_of_text(text, "## Updates from the Rust Project", {"## Upcoming Events"}));
}

TEST_CASE("The form of 2026-08 is the one that was measured") {
    std::string text = test::file_text(std::filesystem::path(SHARED_FOLDER) / "editorial.md");
    if (text.empty()) return;
    // The sample has one item "[Title](URL)" in each list and shortens links to "URL"; it names a few groups
    // only.
    const auto sample = [&](const std::string& first) {
        const auto begin = text.find("```\n" + first);
        REQUIRE(begin != std::string::npos);
        return text.substr(begin + 4, text.find("\n```", begin) - begin - 3);
    };
    const render::Entry item{"", "Title", "URL"};
    render::Report report = report_of("2026-08-12", Layout::sections);
    for (const char* part : {"approved", "rfcs"}) report.part(part).sections = {{"", {item}}};
    report.part("fcp").sections = {
        {"rust", {item}}, {"compiler", {item}}, {"lang", {item}}, {"reference", {item}}, {"council", {item}}};
    report.part("testing").sections = {{"cargo", {item}}};
    std::string rendered = render::render(report, twir().form, {{"approved", "fcp", "rfcs"}, false});
    // Groups that the sample leaves out, and the links that it shortens.
    const auto drop = [&](const std::string& name) {
        const auto begin = rendered.find("##### [" + name);
        rendered.erase(begin, rendered.find("\n\n", begin) + 2 - begin);
    };
    for (const char* name : {"Compiler Team", "Language Team", "Language Reference", "Leadership Council"})
        drop(name);
    const auto shorten = [](std::string& in, const std::string& name) {
        const auto begin = in.find("[" + name + "](") + name.size() + 3;
        in.replace(begin, in.find(')', begin) - begin, "URL");
    };
    for (const char* name : {"Rust RFCs", "Cargo", "Unsafe Code Guidelines"}) shorten(rendered, name);
    std::string wanted =
        std::regex_replace(sample("### [Approved RFCs]"), std::regex("\\(URL\\) +or .*"), "(URL)");
    CHECK(rendered == wanted);

    std::string testing = render::render(report, twir().form, {{"testing"}, false});
    shorten(testing, "Rust");
    shorten(testing, "Rustup");
    CHECK(testing == sample("## Calls for Testing"));

    // The links of the groups, in the table's order.
    const auto& form = twir().form.form(Layout::sections, report.issue.date);
    std::size_t at = text.find("| group | repository |");
    std::string as_rust, as_rfcs;
    for (const auto& group : form.part("fcp").groups) {
        const std::string name = group.link.substr(1, group.link.find(']') - 1);
        at = text.find("\n| " + name + " ", at);
        INFO(name);
        REQUIRE(at != std::string::npos);
        std::string cell = text.substr(at + 1, text.find('\n', at + 1) - at - 1);
        cell = cell.substr(cell.rfind("| ", cell.size() - 3) + 2);
        const auto begin = group.link.find("?q=") + 3;
        const std::string query = group.link.substr(begin, group.link.find(')', begin) - begin);
        if (name == "Rust") as_rust = query;
        if (name == "Rust RFCs") as_rfcs = query;
        CHECK((cell == "as Rust |"        ? query == as_rust
               : cell == "as Rust RFCs |" ? query == as_rfcs
                                          : cell == "`" + query + "` |"));
    }
}
