// Whole issues written into the working folder, for tests/golden/newsletter_check.py to look at.
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "catch.h"
#include "markdown/code_span.h"
#include "markdown/inline_text.h"
#include "profile/calendar.h"
#include "profile/profile.h"
#include "render/render.h"
#include "render/selection.h"
#include "render/triage.h"
#include "world.h"

using namespace harvester;

namespace {

const profile::Profile& twir() {
    static const profile::Profile profile = profile::load_profile("").value();
    return profile;
}

void write(const std::string& name, const std::string& text) {
    std::ofstream("rendered/" + name, std::ios::binary) << text;
}

// Titles as the worst of strangers would write them; the same at every run.
std::vector<std::string> hostile_titles() {
    std::vector<std::string> out = {"Vec<T> and <script>alert(1)</script>",
                                    "](https://evil.example) [x",
                                    "--> <h1>out</h1> <!--",
                                    "*bold* **very** _thin_ __init__",
                                    "`a` ` b",
                                    "``",
                                    "`` ` ``",
                                    "&lt;b&gt; &#42; &copy;",
                                    "\\",
                                    "\\`a\\`",
                                    "![image](https://evil.example/x.png)",
                                    "<https://evil.example>",
                                    "[merged] [x][merged] [merged]: https://evil.example",
                                    "`-->` in code",
                                    "`<!--` in code",
                                    "a `]: x` b",
                                    "# heading",
                                    "> quote",
                                    "1. one",
                                    "- [ ] task",
                                    "\xE2\x80\xAE"
                                    "desrever",
                                    "line\nbreak",
                                    "tab\there",
                                    "\xFF\xFE bytes",
                                    "https://evil.example/*a*",
                                    "| a | b |",
                                    "*",
                                    "a * b * c",
                                    "f*::g*",
                                    "{: .class }",
                                    "`x`{: .class }",
                                    "$x^2$ ~~gone~~",
                                    "@rust-lang/all #1",
                                    "klzzwxh:0001",
                                    "<!DOCTYPE x>",
                                    "<?php x ?>",
                                    "</ul></li>",
                                    "&",
                                    "<",
                                    ">",
                                    "]",
                                    "["};
    const std::vector<std::string> pieces = {"-->", "<b>",     "</b>", "<!--", "&amp;",  "`",  "``", "`x`",
                                             "*",   "**",      "_",    "__",   "_a_",    "[",  "]",  "](",
                                             "![",  "<a@b.c>", "\\",   "word", " ",      "{",  "}",  ":",
                                             "]:",  "(",       ")",    "#",    "&#x41;", "\"", "'",  "a_b"};
    std::mt19937 random(573);
    for (int i = 0; i < 3000; ++i) {
        std::string title = "t";
        for (auto length = random() % 12; length-- > 0;) title += pieces[random() % pieces.size()];
        out.push_back(title);
    }
    return out;
}

// What a page must show of a title: its text without the backticks of its code.
std::string shown(const std::string& raw) {
    const std::string line = markdown::one_line(raw);
    const std::string safe = markdown::escape_inline(raw);
    std::string out;
    std::size_t at = 0;
    std::vector<std::string> kept;
    for (const auto& span : markdown::code_spans(safe)) kept.emplace_back(span.content(safe));
    auto next = kept.begin();
    for (const auto& span : markdown::code_spans(line, markdown::Source::raw)) {
        if (next == kept.end() || span.content(line) != *next) continue;
        std::string content = *next++;
        content.erase(0, content.find_first_not_of(' '));
        while (content.ends_with(' ')) content.pop_back();
        out += line.substr(at, span.begin - at) + content;
        at = span.end;
    }
    return out + line.substr(at);
}

}  // namespace

TEST_CASE("Write rendered issues for the newsletter's check", "[.][rendered]") {
    std::filesystem::create_directory("rendered");
    for (const std::string& date : test::world_dates()) {
        const auto world = test::read_world(date);
        for (const Layout layout : {Layout::flat, Layout::sections}) {
            render::Report report;
            report.issue = profile::edition_of(twir(), *parse_day(date)).value();
            report.layout = layout;
            render::Section section{layout == Layout::flat ? "" : "Compiler", {}};
            for (const Item& item : world.items)
                (item.number % 3 == 0 ? section.picks : section.others)
                    .push_back(render::entry_of(item, "", twir().web));
            report.part("merged") = {"merged", static_cast<std::int64_t>(world.items.size()), {section}};
            if (const auto* file = render::newest_report(world.files, report.issue.date, twir().form.triage))
                report.part("triage").text = render::triage_text(*file, twir().web, twir().form.triage);
            for (const profile::PartPolicy& part : twir().form.parts)
                if (part.kind != profile::PartKind::merged)
                    report.part(part.name).sections =
                        render::select_items(part, world.items, report.issue, layout, {}, twir());
            write(date + (layout == Layout::flat ? "-flat.md" : "-sections.md"),
                  render::render(report, twir().form, {{}, true}));
        }
    }
    render::Report hostile;
    hostile.issue = profile::edition_of(twir(), *parse_day("2025-12-17")).value();
    std::vector<render::Entry> entries;
    nlohmann::json texts = nlohmann::json::array();
    for (const std::string& title : hostile_titles()) {
        entries.push_back({"", markdown::escape_inline(title),
                           "https://github.com/rust-lang/rust/pull/" + std::to_string(entries.size() + 1)});
        texts.push_back(shown(title).empty() ? entries.back().url : shown(title));
    }
    hostile.part("merged").sections = {{"Compiler", entries, entries}, {"Cargo", {}, entries}};
    std::filesystem::create_directory("rendered/hostile");
    write("hostile/issue.md", render::render(hostile, twir().form, {{"merged"}, true}));
    write("hostile/titles.json", texts.dump(0, ' ', false, nlohmann::json::error_handler_t::replace));
}
