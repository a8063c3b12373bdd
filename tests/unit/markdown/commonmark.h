// What a CommonMark parser (GitHub's cmark-gfm, with its extensions) reads in a document.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace test {

struct ReadLink {
    std::string url;
    std::string text;               // all text of the link, code included
    std::vector<std::string> code;  // its code spans
    bool plain = true;              // nothing but text and code inside
    bool operator==(const ReadLink&) const = default;
};

struct ReadDocument {
    std::size_t items = 0;  // of lists
    std::vector<ReadLink> links;
    std::string text_outside;  // text that is in no link
    std::size_t html = 0;      // HTML nodes, inline and block
};

ReadDocument read_markdown(std::string_view markdown);

}  // namespace test
