// issue/: the newsletter as a document: sections, Markdown, the triage report, the draft file and its merge.
// This header is what a rendered project section is made of.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
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
    // Parts (names as in profile::part_names) of which a search was not complete: what they list may lack
    // items, and where they list none, that isn't proved.
    std::vector<std::string> unproved;
    std::vector<std::string> warnings;  // "the cache lacks ..."

    // Whether the harvest proved that a part has all its items.
    bool proved(std::string_view part) const {
        return std::find(unproved.begin(), unproved.end(), part) == unproved.end();
    }
};

}  // namespace harvester::render
