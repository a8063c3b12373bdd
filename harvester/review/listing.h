// The lines of a draft that the review page shows as rows.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/failure.h"
#include "profile/profile.h"

namespace harvester::review {

// One visible list line with a link, in a part that the program writes.
struct ListedLine {
    std::string id;  // of its row
    std::string part;
    std::string heading;  // words of the heading below the part's own that it is under; empty: none
    std::string prefix;   // before the link
    std::string title;    // inline Markdown
    std::string url;
    std::size_t line = 0;  // in the text, from 1
};

struct Listing {
    std::vector<ListedLine> lines;  // in the text's order
    std::string markdown;           // the program's parts alone, with their headings
};

// Fails when the text is no draft. `name` is the file's for messages.
Result<Listing> read_listing(const std::string& text, const profile::PublishPolicy& policy,
                             const std::string& name);

}  // namespace harvester::review
