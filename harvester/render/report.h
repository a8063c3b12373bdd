// issue/: the newsletter as a document: sections, Markdown, the triage report, the draft file and its merge.
// This header is what a rendered project section is made of.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/failure.h"
#include "model.h"

namespace harvester::render {

// One line of a list: `* PREFIX[TITLE](URL)`.
struct Entry {
    std::string prefix;  // "[disposition: close] ", "[updated] "; empty for most
    std::string title;   // inline Markdown, safe inside a link
    std::string url;
    bool operator==(const Entry&) const = default;
};

struct MergedSection {
    std::string heading;        // "Compiler"; empty in layout flat
    std::vector<Entry> picks;
    std::vector<Entry> others;  // candidates left out, best first; printed with --all inside a comment
};

// A group of the final comment period or of the calls for testing: all groups are told, empty ones too.
struct Group {
    std::string name;  // key in the profile
    std::vector<Entry> entries;
};

struct Report {
    Edition issue;
    Layout layout = Layout::sections;
    std::int64_t merged_count = 0;
    std::vector<MergedSection> merged;
    std::optional<std::string> triage;  // Markdown; nullopt: no report this week, the placeholder stays
    std::vector<Entry> approved;
    std::vector<Group> final_comment_period;
    std::vector<Entry> new_rfcs;
    std::vector<Group> testing;
    std::vector<std::string> warnings;  // "harvest incomplete: ..."
};

}  // namespace harvester::render
