#include "render/triage.h"

#include <fmt/format.h>

#include <iostream>
#include <map>
#include <regex>

#include "catch.h"
#include "corpus.h"
#include "profile/profile.h"

using namespace harvester;

namespace {

const profile::Profile& twir() {
    static const profile::Profile profile = profile::load_profile("").value();
    return profile;
}

const std::string commit(40, 'c');

RepositoryFile report(std::string text, std::string path = "triage/2025/2025-12-16.md") {
    return {"rust-lang/rustc-perf", std::move(path), commit, "", "master", std::move(text), ""};
}

std::string printed(const RepositoryFile& file) {
    return render::triage_text(file, twir().web, twir().form.triage);
}

std::string text_by(const std::string& triager) {
    return "# 2025-12-16 Triage Log\n\nA week.\n\nTriage done by **@" + triager + "**.\nRevision range: [" +
           std::string(40, 'a') + ".." + std::string(40, 'b') +
           "](https://perf.example.org/?start=" + std::string(40, 'a') +
           ")\n\n**Summary**:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n\n1 Regressions\n\n#### "
           "Regressions\n\nmore\n";
}

const std::string range =
    "Revision range: [aaaaaaaa..bbbbbbbb](https://perf.example.org/?start=" + std::string(40, 'a') + ")\n";
const std::string table = "\n**Summary**:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
const std::string blob = "https://github.com/rust-lang/rustc-perf/blob/";

}  // namespace

TEST_CASE("A report is printed in the style of its triager") {
    const std::string path = "/triage/2025/2025-12-16.md)";
    const auto head = [](const char* who) {
        return "A week.\n\nTriage done by **@" + std::string(who) + "**.\n" + range;
    };
    CHECK(printed(report(text_by("simulacrum"))) ==
          head("simulacrum") + "\n1 Regressions\n\n[Full report here](" + blob + "master" + path);
    CHECK(printed(report(text_by("pnkfelix"))) ==
          head("pnkfelix") + "\n1 Regressions\n\n[Full report here](" + blob + commit + path);
    CHECK(printed(report(text_by("Kobzol"))) ==
          head("Kobzol") + table + "\n1 Regressions\n\n[Full report here](" + blob + commit + path + ".");
    CHECK(printed(report(text_by("somebody"))) ==
          head("somebody") + table + "\n\n1 Regressions\n\n[Full report here](" + blob + commit + path);
}

TEST_CASE(
    "The link follows the branch that the repository has, and an open pull request is linked at its commit") {
    RepositoryFile file = report(text_by("simulacrum"));
    file.branch = "main";
    CHECK(printed(file).ends_with("/blob/main/triage/2025/2025-12-16.md)"));
    file.pull_request = "https://github.com/rust-lang/rustc-perf/pull/1";
    CHECK(printed(file).ends_with("/blob/" + commit + "/triage/2025/2025-12-16.md)"));
    file = report(text_by("kobzol"));
    file.commit = "";
    CHECK(printed(file).ends_with("/blob/master/triage/2025/2025-12-16.md)."));
}

TEST_CASE("A bare link to a pull request gets its number, other links stay") {
    const auto line = [](const std::string& text) {
        return printed(report(text)).substr(0, printed(report(text)).find("\n\n[Full"));
    };
    CHECK(line("thanks to https://github.com/a/b/pull/12, and") ==
          "thanks to [#12](https://github.com/a/b/pull/12), and");
    CHECK(line("https://github.com/a/b/issues/1.") == "[#1](https://github.com/a/b/issues/1).");
    for (const char* kept :
         {"[x](https://github.com/a/b/pull/12)", "<https://github.com/a/b/pull/12>",
          "[#1]: https://github.com/a/b/pull/1", "see https://github.com/a/b/pull/12/files",
          "see https://github.com/a/b/pull/", "see https://github.com/a"})
        CHECK(line(kept) == kept);
}

TEST_CASE("What looks like a heading in a code block doesn't end the report's text") {
    CHECK(printed(report("```\n# a\n```\nb\n## c\nd")).starts_with("```\n# a\n```\nb\n\n[Full"));
    CHECK(printed(report("# Title\n~~~sh\n# make it\n~~~\nb\n# c\nd"))
              .starts_with("~~~sh\n# make it\n~~~\nb\n\n[Full"));
}

TEST_CASE("A report cannot take the rest of the draft with it") {
    const auto text = [](const std::string& raw) {
        return printed(report(raw)).substr(0, printed(report(raw)).find("\n\n[Full"));
    };
    CHECK(text("a <!-- b") == "a &lt;!-- b");
    CHECK(text("a <!-- b --> c") == "a <!-- b --> c");
    CHECK(text("a\n```\n# b") == "a\n```\n```");
    CHECK(text("a\n~~~~\nb") == "a\n~~~~\nb\n~~~~");
    CHECK(text("a\r\nb \x01\xFF c\r\n") == "a\nb \xEF\xBF\xBD c");
    CHECK(printed(report("# Title\n\n## Heading\n")).empty());
    CHECK(printed(report("")).empty());
}

TEST_CASE(
    "The newest report of the seven days up to the issue is taken, an open pull request's only without "
    "another") {
    const auto named = [](const char* path, const char* pull_request = "") {
        RepositoryFile file = report("", path);
        file.pull_request = pull_request;
        return file;
    };
    const std::vector<RepositoryFile> files = {
        named("triage/2025/2025-12-09.md"),
        named("triage/2025/2025-12-11.md"),
        named("triage/2025-12-10.md"),
        named("triage/2025/2025-12-18.md"),
        named("triage/README.md"),
        named("triage/2025/x2025-12-16.md"),
        named("triage/2025/2025-12-16.md", "https://github.com/a/b/pull/1")};
    const auto& policy = twir().form.triage;
    REQUIRE(render::newest_report(files, *parse_day("2025-12-17"), policy));
    CHECK(render::newest_report(files, *parse_day("2025-12-17"), policy)->path ==
          "triage/2025/2025-12-11.md");
    CHECK(render::newest_report({files[0]}, *parse_day("2025-12-16"), policy) == nullptr);
    CHECK(render::newest_report({files[0], files[6]}, *parse_day("2025-12-17"), policy)->path ==
          "triage/2025/2025-12-16.md");
    CHECK(render::newest_report({}, *parse_day("2025-12-17"), policy) == nullptr);
}

// ---- All reports since 2023 beside what was printed, where these data are ----

namespace {

struct Score {
    int sections = 0, identical = 0, but_space = 0, but_link = 0;
    void add(const Score& other) {
        sections += other.sections, identical += other.identical, but_space += other.but_space,
            but_link += other.but_link;
    }
};

std::string without_space(const std::string& text) {
    return std::regex_replace(std::regex_replace(text, std::regex("\\s+"), " "), std::regex("^ | $"), "");
}

// The line that links the report, whatever its words.
std::string without_link(const std::string& text) {
    std::string out;
    std::istringstream lines(text);
    const std::regex link("rustc-perf/(blob|pull|tree)/");
    for (std::string line; std::getline(lines, line);)
        if (!std::regex_search(line, link)) out += line + "\n";
    return out;
}

Score compare(std::string ours, std::string theirs) {
    while (theirs.starts_with('\n')) theirs.erase(0, 1);
    while (theirs.ends_with('\n')) theirs.pop_back();
    Score score{1, ours == theirs, 0, 0};
    score.but_space = without_space(ours) == without_space(theirs);
    score.but_link = without_space(without_link(ours)) == without_space(without_link(theirs));
    return score;
}

std::map<std::pair<std::string, std::string>, Score> scores() {
    std::map<std::pair<std::string, std::string>, Score> out;
    for (const auto& row : test::shared_rows("corpus/golden.jsonl.gz")) {
        const auto& triage = row.value("triage", nlohmann::json());
        if (!triage.is_object() || !triage["text"].is_string() || triage["files"].size() != 1) continue;
        const auto& source = triage["files"][0];
        const std::string theirs = triage["text"], date = row["date"];
        if (!source["blob"].is_string() || theirs.find_first_not_of('\n') == std::string::npos) continue;
        RepositoryFile file{"rust-lang/rustc-perf", source["path"], "", "", "master", source["blob"], ""};
        const std::string ref = source["link_ref"].is_string() ? source["link_ref"].get<std::string>() : "";
        (ref.size() == 40 ? file.commit : file.branch) = ref.empty() ? "master" : ref;
        std::smatch who;
        std::regex_search(file.text, who, std::regex("Triage done by \\*\\*@([A-Za-z0-9-]+)"));
        std::string triager = who.empty() ? "?" : who[1].str();
        for (char& c : triager) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        const std::string period = date < "2025"      ? date.substr(0, 4)
                                   : date < "2025-07" ? "2025-01..06"
                                                      : "2025-07..12";
        out[{period, triager}].add(compare(printed(file), theirs));
    }
    return out;
}

}  // namespace

TEST_CASE("The printed reports since 2023 come out as often as promised") {
    const auto all = scores();
    if (all.empty()) return;
    Score total, late;
    for (const auto& [key, score] : all) {
        total.add(score);
        if (key.first == "2025-07..12") late.add(score);
    }
    CHECK(total.sections == 149);
    CHECK(total.but_link >= 105);
    CHECK(late.sections == 27);
    CHECK(late.but_space >= 24);
}

// unit_issue "[figures]" prints the table.
TEST_CASE("Figures of the triage reports by year and triager", "[.][figures]") {
    std::map<std::string, Score> by_period;
    const auto show = [](const std::string& name, const Score& score) {
        std::cout << fmt::format("{:28}{:9}{:11}{:20}{:16}\n", name, score.sections, score.identical,
                                 score.but_space, score.but_link);
    };
    std::cout << fmt::format("{:28}{:>9}{:>11}{:>20}{:>16}\n", "", "sections", "identical",
                             "but for white space", "and link line");
    for (const auto& [key, score] : scores()) {
        show(key.first + " " + key.second, score);
        by_period[key.first].add(score);
        by_period["all"].add(score);
    }
    for (const auto& [period, score] : by_period) show(period, score);
}
