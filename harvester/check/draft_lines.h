// A draft as `check` looks at it: lines, each with its block, its part and its section.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "markdown/document.h"
#include "markdown/item_url.h"
#include "profile/publish_policy.h"

namespace harvester::check {

struct Line {
    std::size_t number = 0;                    // from 1
    std::string_view text;                     // without its end
    const markdown::Block* block = nullptr;    // null for a blank line between blocks
    const profile::DraftPart* part = nullptr;  // null outside the program's parts
    const Line* section = nullptr;             // the last heading below the part's own; null before the first
    bool begins_part = false;                  // the heading of `part`
    std::vector<markdown::Link> links;         // of a visible line

    bool visible() const {
        return block != nullptr && !block->hidden && block->kind != markdown::Block::Kind::code;
    }
    bool is_first() const { return block != nullptr && block->first_line + 1 == number; }
    bool is_heading() const { return block != nullptr && block->is_heading() && is_first(); }
    // The first line of a list item that isn't nested in another.
    bool is_item() const { return block != nullptr && block->is_item() && is_first(); }
    // "Compiler", as it is written in the section's heading; empty before the first.
    std::string_view section_words() const {
        return section == nullptr ? std::string_view() : section->block->words;
    }
    // The URLs among the links that lead to a pull request or an issue.
    std::vector<markdown::ItemUrl> items() const;
};

struct DraftLines {
    markdown::Document document;
    std::vector<Line> lines;
    std::vector<const Line*> parts;  // the headings that begin them, in the text's order

    // `text` and `policy` must outlive it.
    DraftLines(std::string_view text, const profile::PublishPolicy& policy);
    DraftLines(const DraftLines&) = delete;  // lines point at blocks
    DraftLines& operator=(const DraftLines&) = delete;

    const Line* heading_of(const std::string& part) const;  // null: the text doesn't have the part
    // The lines of a part below its heading; empty when the text doesn't have it.
    std::vector<const Line*> part(const std::string& name) const;
};

// The text with code spans, escaped characters and, with `urls`, the destinations of links masked, so that
// what looks like markup in it is markup. As long as the text.
std::string without_code(std::string_view text, bool urls = false);

}  // namespace harvester::check
