// For any bytes: `* [TITLE](URL)` is one list item with one link, whose text is the words of the title.
#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>

#include "base/utf8.h"
#include "catch.h"
#include "commonmark.h"
#include "editorial/title.h"
#include "markdown/code_span.h"
#include "markdown/inline_text.h"
#include "profile/profile.h"

using namespace harvester;

namespace {

const profile::TitlePolicy& newsletter() {
    static const auto profile = profile::load_profile("");
    return profile->titles;
}

// Steps that only mark code: every letter of the title must come out.
const profile::TitlePolicy& marking() {
    static const auto policy = profile::load_title_policy(profile::TomlTable::parse(
        R"(titles = {steps = ["close_code", "code_attributes", "code_paths", "code_generics", "code_identifiers", "code_calls",
                              "unbracket_code", "merge_code"], max_length = 10000})",
        "marking.toml"));
    return policy;
}

std::string letters(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = utf8::next(text, at);
        if (c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
            utf8::append(out, c);
    }
    return out;
}

// Empty when all is well, otherwise what isn't.
std::string wrong_with(const std::string& markdown, const std::string& words) {
    constexpr const char* url = "https://github.com/teapot/kettle/pull/1";
    for (std::size_t at = 0; at < markdown.size();) {
        const char32_t c = utf8::next(markdown, at);
        if (c < 0x20 || c == 0x7F) return "a control character";
    }
    if (markdown.empty() || utf8::scrubbed(markdown) != markdown) return "nothing, or broken UTF-8";
    const test::ReadDocument read = test::read_markdown("* [" + markdown + "](" + url + ")\n");
    if (read.items != 1) return "not one item";
    if (read.links.size() != 1) return "not one link";
    if (read.links[0].url != url) return "another URL";
    if (!read.links[0].plain) return "more than text and code in the link";
    if (read.html != 0) return "HTML";
    if (!read.text_outside.empty()) return "text outside the link: " + read.text_outside;
    if (letters(read.links[0].text) != letters(words)) return "other words: " + read.links[0].text;
    return "";
}

// A code span of the title that isn't code any more, empty when there is none: spans may grow, never break.
std::string broken_span(std::string_view raw, std::string_view text) {
    const auto spans = markdown::code_spans(text, markdown::Source::raw);
    for (const markdown::CodeSpan& span : markdown::code_spans(raw, markdown::Source::raw)) {
        const std::string_view content = span.content(raw);
        const bool kept = std::any_of(spans.begin(), spans.end(), [&](const markdown::CodeSpan& other) {
            return other.content(text).find(content) != std::string_view::npos;
        });
        if (!kept) return std::string(content);
    }
    return "";
}

const std::string& before_escaping(const editorial::FormattedTitle& title) {
    const bool escaped = title.steps.back().step == "escape";
    return title.steps[title.steps.size() - (escaped ? 2 : 1)].text;
}

// The first input that goes wrong ends the run: a broken rule must not print a page for every title.
void check_safe(const std::string& repository, const std::string& section, const std::string& raw) {
    for (const Layout layout : {Layout::flat, Layout::sections}) {
        const auto title = editorial::format_title(newsletter(), {repository, section, raw, layout, {}});
        const std::string wrong = wrong_with(title.markdown, before_escaping(title));
        if (!wrong.empty()) FAIL(raw << "\n" << title.markdown << "\n" << wrong);
    }
    const auto marked = editorial::format_title(marking(), {repository, section, raw, Layout::sections, {}});
    const std::string line = markdown::one_line(raw);
    const bool untitled = letters(line).empty() && marked.markdown == "(no title)";
    const std::string wrong = wrong_with(marked.markdown, untitled ? "(no title)" : line);
    if (!wrong.empty() && line.size() < 10'000) FAIL(raw << "\n" << marked.markdown << "\n" << wrong);
    const std::string broken = line.size() < 10'000 ? broken_span(line, before_escaping(marked)) : "";
    if (!broken.empty()) FAIL(raw << "\n" << marked.markdown << "\nbroken code: " << broken);
    // Only code that holds a backtick itself can't be shown with single ones.
    if (line.find("``") == std::string::npos && marked.markdown.find("&#96;") != std::string::npos)
        FAIL(raw << "\n" << marked.markdown << "\na backtick without a partner");
}

// The value of `key` in every line of a compressed file of JSON objects.
std::vector<nlohmann::json> read_lines(const std::filesystem::path& path) {
    const std::unique_ptr<gzFile_s, decltype(&gzclose)> file(gzopen(path.c_str(), "rb"), gzclose);
    std::vector<nlohmann::json> out;
    if (!file) return out;
    std::string line;
    char chunk[65536];
    while (gzgets(file.get(), chunk, sizeof chunk) != nullptr) {
        line += chunk;
        if (!line.ends_with('\n')) continue;
        out.push_back(nlohmann::json::parse(line));
        line.clear();
    }
    return out;
}

// Bytes and pieces that mean something to Markdown, HTML, GitHub or UTF-8.
std::string random_title(std::mt19937& random, const std::string& seed) {
    static const std::vector<std::string> pieces = {"`",
                                                    "``",
                                                    "[",
                                                    "]",
                                                    "](",
                                                    "][",
                                                    "*",
                                                    "**",
                                                    "_",
                                                    "__",
                                                    "<b>",
                                                    "</a>",
                                                    "<!--",
                                                    "-->",
                                                    "&amp;",
                                                    "&#35;",
                                                    "\\",
                                                    "@ghost",
                                                    "#12",
                                                    "https://x.example",
                                                    "www.x.example",
                                                    "a@b.example",
                                                    "\n",
                                                    "\r\n",
                                                    "\t",
                                                    "\xE2\x80\xAE",
                                                    "\x1B[31m",
                                                    std::string("\0", 1),
                                                    "\xFF",
                                                    "\xE2\x80",
                                                    "☕",
                                                    "👩‍🚀",
                                                    "~~",
                                                    "|",
                                                    "![",
                                                    "fix(",
                                                    "): ",
                                                    "fix: ",
                                                    "tea_pot",
                                                    "a::b",
                                                    "Vec<T>",
                                                    "::{",
                                                    "#[",
                                                    "(#1)",
                                                    "'",
                                                    "\"",
                                                    " ",
                                                    "  ",
                                                    ".",
                                                    "tea",
                                                    "Tea",
                                                    "$x$",
                                                    "{",
                                                    "}",
                                                    "->",
                                                    "1. ",
                                                    "- ",
                                                    "# ",
                                                    "> ",
                                                    ":"};
    std::string out = seed;
    for (std::size_t n = random() % 12; n > 0; --n) {
        const std::size_t at = out.empty() ? 0 : random() % (out.size() + 1);
        switch (random() % 4) {
            case 0:
                out.insert(at, 1, static_cast<char>(random() % 256));
                break;
            case 1:
                if (!out.empty()) out.erase(at, 1 + random() % 3);
                break;
            default:
                out.insert(at, pieces[random() % pieces.size()]);
        }
    }
    return out;
}

const std::vector<std::string> repositories = {"rust", "cargo", "rust-clippy", "rust-analyzer", "miri", ""};
const std::vector<std::string> sections = {"Compiler", "Library", "Rustdoc", "Miri", ""};

}  // namespace

TEST_CASE("Random bytes and titles put together from dangerous pieces are one safe link") {
    std::mt19937 random(20260101);
    for (int i = 0; i < 2000; ++i)
        check_safe(repositories[random() % repositories.size()], sections[random() % sections.size()],
                   random_title(random, ""));
    for (const std::size_t length : {0u, 1u, 299u, 300u, 301u, 9'999u, 10'000u, 100'000u})
        for (const char* piece : {"a", " ", "`", "[", "<", "*a ", "_", "\\", "&", "`a` ", "👩‍🚀",
                                  "\xFF", "fix(", "::{", "<a "}) {
            std::string raw;
            while (raw.size() < length) raw += piece;
            check_safe("cargo", "Cargo", raw);
        }
}

// Every `stride`th title of the files; nothing where they aren't.
void check_corpus(std::size_t stride) {
    const std::filesystem::path corpus = std::filesystem::path(SHARED_FOLDER) / "corpus";
    if (!std::filesystem::exists(corpus / "pairs.jsonl.gz")) return;
    std::mt19937 random(20260102);
    const auto pairs = read_lines(corpus / "pairs.jsonl.gz");
    REQUIRE(!pairs.empty());
    for (std::size_t i = 0; i < pairs.size(); i += stride) {
        const std::string raw = pairs[i]["raw"], repository = pairs[i]["repo"], section = pairs[i]["section"];
        check_safe(repository, section, raw);
        check_safe(repository, section, random_title(random, raw));
    }
    const auto merged = read_lines(corpus / "merged.jsonl.gz");
    REQUIRE(!merged.empty());
    for (std::size_t i = 0; i < merged.size(); i += stride)
        check_safe(merged[i]["repo"], "", merged[i]["title"]);
}

TEST_CASE("Titles that were merged or printed are one safe link, also when they are damaged") {
    check_corpus(50);
}

// Minutes in a debug build: run by the CTest test titles_of_the_corpus, label slow.
TEST_CASE("Every title that was ever merged or printed is one safe link", "[.corpus]") {
    check_corpus(1);
}
