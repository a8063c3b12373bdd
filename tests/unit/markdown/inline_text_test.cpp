#include "markdown/inline_text.h"

#include <filesystem>
#include <fstream>
#include <random>

#include "base/utf8.h"
#include "catch.h"
#include "commonmark.h"
#include "markdown/code_span.h"
#include "markdown/link_line.h"

using namespace harvester;
using markdown::escape_inline;

namespace {

constexpr const char* url = "https://example.org/a/b/pull/1";

// What a reader must see: the line with the backticks of its code spans taken away, and those spans.
test::ReadLink expected(const std::string& raw) {
    const std::string line = markdown::one_line(raw);
    test::ReadLink link{url, {}, {}, true};
    std::size_t at = 0;
    for (const auto& span : markdown::code_spans(line, markdown::Source::raw)) {
        std::string content(span.content(line));
        const bool blank = content.find_first_not_of(' ') == std::string::npos;
        const bool definition = content.find("]:") < content.find('[');
        if (blank || definition || content.find('`') != std::string::npos) continue;
        // CommonMark takes one space from either end.
        if (content.starts_with(' ') && content.ends_with(' '))
            content = content.substr(1, content.size() - 2);
        link.text += line.substr(at, span.begin - at) + content;
        link.code.push_back(content);
        at = span.end;
    }
    link.text += line.substr(at);
    return link;
}

// The promise of escape_inline for one text; an explanation when it is broken.
std::string broken_promise(const std::string& raw) {
    const std::string title = escape_inline(raw);
    if (title.empty()) return markdown::one_line(raw).empty() ? "" : "nothing is left";
    const auto lines = markdown::link_line("* ", "", title, url) + "\n* [next](" + url + ")\n";
    const auto read = test::read_markdown(lines);
    if (read.items != 2 || read.links.size() != 2) return "the list is broken: " + lines;
    if (read.html != 0 || !read.text_outside.empty()) return "something is outside the link: " + lines;
    if (read.links[0] != expected(raw)) return "another text: " + title + " shows " + read.links[0].text;
    if (std::count(title.begin(), title.end(), '`') % 2 != 0) return "odd backticks: " + title;
    if (title.find("``") != std::string::npos) return "an empty code span: " + title;

    const std::string inside = markdown::inside_comment(markdown::link_line("* ", "", title, url));
    const auto commented = test::read_markdown("<!--\n" + inside + "\n-->\n\n* [next](" + url + ")\n");
    if (commented.links.size() != 1 || commented.html != 1) return "the comment is broken: " + inside;
    const auto lifted = test::read_markdown(inside + "\n");
    std::string text;
    for (const auto& link : lifted.links) text += link.text;
    if (lifted.links.size() != 1 || text != expected(raw).text)
        return "another text when lifted out: " + inside;

    const std::string updated = markdown::link_line("* ", "[updated] ", title, url);
    const auto parsed = markdown::parse_link_line(updated);
    if (!parsed || parsed->title != title || parsed->url != url || parsed->prefix != "[updated] ")
        return "cannot be read back: " + title;
    return "";
}

}  // namespace

TEST_CASE("Titles that break nothing stay as they are, byte for byte") {
    for (const char* title : {
             "Allow fmt::Arguments::as_str() to return more Some(_).",
             "Tracking Issue for Option::is_some_and and Result::is_{ok,err}_and",
             "[mir-opt] SimplifyLocals should also clean up debuginfo",
             "Implement tuple<->array convertions via `From`",
             "Cleaner assert_eq! & assert_ne! panic messages",
             "Tracking issue for `const <*const T>::is_null`",
             "Implement `From<{&,&mut} [T; N]>` for `Vec<T>` where `T: Clone`",
             "&str and &[u8] have the same layout",
             "f*::NAN: guarantee that this is a quiet NaN",
             "Allow borrowing array elements from packed structs with ABI align <= packed align",
             "[std][BTree] Fix behavior of `::append` to match documentation",
             "Split refining_impl_trait lint into _reachable, _internal variants",
             "Use 2 * x and 3 * y",
             "path\\to\\file stays",
             "100 % \"quoted\", 'so' ~ $x # @someone (#123)!",
         })
        CHECK(escape_inline(title) == title);
}

TEST_CASE("What would break the link, vanish, or become something else is escaped, and nothing more") {
    using Row = std::pair<const char*, const char*>;
    for (const auto& [raw, escaped] : std::vector<Row>{
             {"impl From<OwnedFd> for Stdio", "impl From&lt;OwnedFd> for Stdio"},
             {"a </b> c", "a &lt;/b> c"},
             {"mail <1@b.c>", "mail &lt;1@b.c>"},
             {"a ] b", "a \\] b"},
             {"a]: b", "a&#93;: b"},
             {"[a](b) c", "\\[a\\](b) c"},
             {"a [b [c](d)", "a \\[b \\[c\\](d)"},
             {"implement *const T and *mut T", "implement \\*const T and \\*mut T"},
             {"_x_ and y_z", "\\_x\\_ and y_z"},
             {"&lt; shown", "&amp;lt; shown"},
             {"&#42; shown", "&amp;#42; shown"},
             {"end -->", "end --&gt;"},
             {"end --!>", "end --!&gt;"},
             {"a lone ` backtick", "a lone &#96; backtick"},
             {"empty `` span", "empty &#96;&#96; span"},
             {"``two`` ticks", "`two` ticks"},
             {"ends with \\", "ends with \\\\"},
             {"`a`{b}", "`a`\\{b}"},
             {" two\nlines\t ", "two lines"},
             {"over\xE2\x80\xAEride \x01", "override"},
             {"broken \xFF byte", "broken \xEF\xBF\xBD byte"},
         })
        CHECK(escape_inline(raw) == escaped);
}

TEST_CASE("An emoji made of several keeps its joiner") {
    const std::string family = "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7";
    CHECK(escape_inline(family) == family);
    CHECK(escape_inline("a\xE2\x80\x8D"
                        "b") == "ab");
}

TEST_CASE("Text and code of a title come out of a CommonMark parser as they went in") {
    for (const char* raw : {"`Vec<T>` and Vec<T>",
                            "![i](https://x.y)",
                            "[a][b] [c]: d",
                            "[x]",
                            "<!-- a -->",
                            "<https://a.b>",
                            "https://a.b/c_d_e",
                            "*a **b ***c",
                            "__init__ and __x",
                            "a\\*b\\`c",
                            "`a\\`b`",
                            "<a title=\"](x)\">",
                            "`-->` and -- >",
                            "]](((",
                            "&amp;&#0;",
                            "\\",
                            "`",
                            "``",
                            "` `",
                            "` a `",
                            "``a`b``",
                            "a`b``c`d",
                            "`a]:b`",
                            "`a[0]:b`",
                            "> quote",
                            "# h",
                            "- l",
                            "| a | b |",
                            "a  \nb"}) {
        INFO(raw);
        CHECK(broken_promise(raw) == "");
    }
}

TEST_CASE("Random bytes and random Markdown come out of a CommonMark parser as they went in") {
    std::mt19937 random(20241113);  // fixed: the same texts at every run
    const std::string alphabet = "`*_[]()<>\\&;!-#~|{}:/@.\"' \t\nabZ09=?\xC3\xA9";
    const std::vector<std::string> pieces = {
        "-->",          "--", "](",           "<b>",          "</",       "<!--", "&amp;",
        "&#x41;",       "``", "`x`",          "**",           "__",       "_a_",  "![",
        "https://a.b/", "\\", "\xE2\x80\xAE", "\xE2\x80\x8D", "[merged]", "word", " "};
    for (int round = 0; round < 30000; ++round) {
        std::string raw;
        const auto length = random() % 24;
        for (unsigned i = 0; i < length; ++i) {
            if (round % 3 == 0) raw.push_back(static_cast<char>(random() % 256));
            if (round % 3 == 1) raw.push_back(alphabet[random() % alphabet.size()]);
            if (round % 3 == 2) raw += pieces[random() % pieces.size()];
        }
        const std::string problem = broken_promise(raw);
        if (!problem.empty()) {
            INFO(raw);
            REQUIRE(problem == "");
        }
    }
}

TEST_CASE("A name that the document defines as a link is escaped where it is in brackets") {
    const std::vector<std::string> labels = {"merged", "submit_crate"};
    CHECK(markdown::without_references("fix [Merged] and [other]", labels) == "fix \\[Merged\\] and [other]");
    CHECK(markdown::without_references("[a][merged] [ submit_crate ]", labels) ==
          "[a]\\[merged\\] \\[ submit_crate \\]");
    CHECK(markdown::without_references("\\[merged\\]", labels) == "\\[merged\\]");
}

TEST_CASE("A line that cannot end a comment stays as it is inside one") {
    const std::string line = "* [use `->` and `<!--` here](https://example.org/1)";
    CHECK(markdown::inside_comment(line) == line);
}
