// A draft as `check` looks at it: lines with the part and the section they stand in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "markdown/document.h"
#include "profile/publish_policy.h"

namespace harvester::check {

struct CheckLine {
    std::size_t number = 0;    // from 1
    std::string_view text;     // without its end
    std::string part;          // "merged"; empty outside the program's parts
    std::string_view section;  // text of the last heading below the part's own; empty before the first
    bool visible = true;       // not in a comment or in code
    const markdown::Block* heading = nullptr;  // of CheckDocument::document, on its first line
    bool part_heading = false;  // the heading that begins `part`

    bool is_item() const;       // a list item without indent
    std::string plain() const;  // code spans and escaped characters masked, same length
};

struct CheckDocument {
    std::string_view text;  // whole; outlives the document
    markdown::Document document;
    std::vector<CheckLine> lines;
    std::vector<std::string> parts;  // names, in the file's order

    CheckDocument(std::string_view whole, const profile::PublishPolicy& policy);
    // The visible lines of a part, its own heading left out.
    std::vector<const CheckLine*> part(const std::string& name) const;
};

}  // namespace harvester::check
