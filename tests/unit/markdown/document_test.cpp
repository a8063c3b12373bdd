#include "markdown/document.h"

#include <catch.h>

#include <random>
#include <sstream>
#include <vector>

using namespace harvester::markdown;

namespace {

// "heading 2: words" or "item: first line", a block each; hidden ones with a "!" in front.
std::vector<std::string> outline(std::string_view text) {
    static const char* const names[] = {"heading", "item",    "paragraph", "rule", "definition",
                                        "code",    "comment", "open",      "close"};
    const Document document(text);
    std::vector<std::string> out;
    for (const Block& block : document.blocks) {
        std::ostringstream line;
        line << (block.hidden ? "!" : "") << names[static_cast<int>(block.kind)] << ' ';
        if (block.kind == Block::Kind::heading)
            line << block.level << ' ' << block.words;
        else
            line << document.lines[block.first_line].text << " +" << block.last_line - block.first_line;
        out.push_back(line.str());
    }
    return out;
}

using Outline = std::vector<std::string>;

}  // namespace

TEST_CASE("Headings are read as CommonMark reads them") {
    CHECK(outline("# A") == Outline{"heading 1 A"});
    CHECK(outline("   ### [B](u) ##\n") == Outline{"heading 3 [B](u)"});
    CHECK(outline("\xEF\xBB\xBF## C") == Outline{"heading 2 C"});
    CHECK(outline("#D\n") == Outline{"paragraph #D +0"});
    CHECK(outline("####### E") == Outline{"paragraph ####### E +0"});
    CHECK(outline("    # F") == Outline{"code     # F +0"});
    CHECK(outline("## C#") == Outline{"heading 2 C#"});
    CHECK(outline("Name\n====\ntext") == Outline{"heading 1 Name", "paragraph text +0"});
    CHECK(outline("Two\nlines\n---") == Outline{"heading 2 Two\nlines"});
    CHECK(outline("a\n\n---\nb") == Outline{"paragraph a +0", "rule --- +0", "paragraph b +0"});
    CHECK(outline("* a\n---\n") == Outline{"item * a +0", "rule --- +0"});
}

TEST_CASE("An item holds its continuation lines, and a nested list") {
    CHECK(outline("* a\n  more\nlazy\n* b") == Outline{"item * a +2", "item * b +0"});
    CHECK(outline("* a\n\n  own paragraph\n\nprose") == Outline{"item * a +2", "paragraph prose +0"});
    CHECK(outline("* a\n  * nested\n - sibling") == Outline{"item * a +1", "item  - sibling +0"});
    CHECK(outline("1. a\n2) b") == Outline{"item 1. a +0", "item 2) b +0"});
    CHECK(outline("* a\n# H\n") == Outline{"item * a +0", "heading 1 H"});
    CHECK(outline("* a\n[x]: u") == Outline{"item * a +0", "definition [x]: u +0"});
    CHECK(outline("* * *\n*\n*a*") == Outline{"rule * * * +0", "item * +1"});
    CHECK(outline("    * code") == Outline{"code     * code +0"});
}

TEST_CASE("What is in a fence is code") {
    CHECK(outline("```\n# no\n* no\n```\n# yes") == Outline{"code ``` +3", "heading 1 yes"});
    CHECK(outline("~~~~ text\n~~~\n```\n~~~~\nx") == Outline{"code ~~~~ text +3", "paragraph x +0"});
    CHECK(outline("```x``` is a span") == Outline{"paragraph ```x``` is a span +0"});
    CHECK(Document("a\n\n```\nopen").unclosed == 2u);
    CHECK_FALSE(Document("```\n```").unclosed);
}

TEST_CASE("A comment with items is read as a list that isn't shown") {
    const std::string item = "* [a](https://github.com/o/r/pull/1)";
    CHECK(outline("<!-- left out:\n#### Name\n" + item + "\n-->\n") ==
          Outline{"!open <!-- left out: +0", "!heading 4 Name", "!item " + item + " +0", "!close --> +0"});
    CHECK(outline("<!-- left out:\n-->") == Outline{"!open <!-- left out: +0", "!close --> +0"});
    CHECK(outline("<!-- " + item + " -->\nx") ==
          Outline{"!comment <!-- " + item + " --> +0", "paragraph x +0"});
    CHECK(outline("<!-- use\n* [TITLE](URL)\n-->") == Outline{"!comment <!-- use +2"});
    CHECK(outline("<!-- " + item + "\n" + item + "\n-->") == Outline{"!comment <!-- " + item + " +2"});
    CHECK(outline("a <!-- b\n# c") == Outline{"paragraph a <!-- b +0", "heading 1 c"});
    CHECK(Document("x\n<!-- open\n# H\n").unclosed == 1u);
}

TEST_CASE("A block knows the heading that it is under") {
    const Document document(
        "# A\n## B\n* b\n### C\n## D\n* d\n<!--\n### hidden\n* [x](https://github.com/o/r/pull/1)\n-->\n* e");
    const auto heading = [&](std::size_t line) {
        const Block* block = document.block_at(line);
        return block->heading == no_block ? std::string_view("none") : document.blocks[block->heading].words;
    };
    CHECK(heading(0) == "none");
    CHECK(heading(1) == "A");
    CHECK(heading(2) == "B");
    CHECK(heading(3) == "B");
    CHECK(heading(4) == "A");
    CHECK(heading(5) == "D");
    CHECK(heading(8) == "D");
    CHECK(heading(10) == "D");
}

TEST_CASE("Lines and blocks add up to the text again") {
    const std::vector<std::string> pieces = {"# ",
                                             "* ",
                                             "a",
                                             "\n",
                                             "\r\n",
                                             "\n\n",
                                             "<!-- ",
                                             "-->",
                                             "```",
                                             "    ",
                                             "---",
                                             "[x]: u",
                                             "](",
                                             "[",
                                             "https://github.com/o/r/pull/1",
                                             ")",
                                             "\t",
                                             "1. ",
                                             "\xEF\xBB\xBF",
                                             "=",
                                             "\r",
                                             "`"};
    std::mt19937 random(7);
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (int i = 0; i < 25; ++i) text += pieces[random() % pieces.size()];
        const Document document(text);
        std::string lines;
        for (const Line& line : document.lines) lines.append(line.text).append(line.end);
        REQUIRE(lines == text);
        std::size_t next = 0;
        for (const Block& block : document.blocks) {
            for (; next < block.first_line; ++next) REQUIRE(is_blank(document.lines[next].text));
            REQUIRE(block.last_line >= block.first_line);
            REQUIRE(document.text_of(block).starts_with(document.lines[block.first_line].text));
            REQUIRE(document.text_of(block).ends_with(document.lines[block.last_line].text));
            next = block.last_line + 1;
        }
        for (; next < document.lines.size(); ++next) REQUIRE(is_blank(document.lines[next].text));
    }
}

TEST_CASE("Headings with the same name are the same section") {
    CHECK(heading_name("[Approved  RFCs](https://x/(y))") == "approved rfcs");
    CHECK(heading_name("**Compiler**,") == "compiler");
}

TEST_CASE("Links are read with their destinations") {
    const auto urls = [](std::string_view text) {
        std::vector<std::string> out;
        for (const Link& link : links_of(text)) out.emplace_back(link.url);
        return out;
    };
    using Urls = std::vector<std::string>;
    CHECK(urls("* [a](https://x/(y)) and [b](<https://z/ z> \"title\")") ==
          Urls{"https://x/(y)", "https://z/ z"});
    CHECK(urls("<https://a.example> or https://b.example/c.") ==
          Urls{"https://a.example", "https://b.example/c"});
    CHECK(urls("`[no](u)` [yes `](no)` x](u)") == Urls{"u"});
    CHECK(urls("[a \\[b](u)") == Urls{"u"});
    CHECK(urls("[a ] b](u)") == Urls{"u"});
    CHECK(urls("[a] (u) [b]: v [c](d e)").empty());
    const auto links = links_of("x [t](u) y");
    REQUIRE(links.size() == 1);
    CHECK(links[0].text == "t");
    CHECK(links[0].begin == 2);
    CHECK(links[0].end == 8);
}

TEST_CASE("A definition gives its label and URL") {
    const auto definition = definition_of("[merged]: <https://x> \"t\"");
    REQUIRE(definition);
    CHECK(definition->label == "merged");
    CHECK_FALSE(definition_of("[a](b)"));
    CHECK_FALSE(definition_of("[]: b"));
}
