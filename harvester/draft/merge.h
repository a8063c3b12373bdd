// The three-way merge of one part of a draft: what the program wrote last, what the file holds now, what the
// program would write now. Never loses what an editor did; never brings a link twice.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "profile/publish_policy.h"

namespace harvester::draft {

// What the program remembers of a part from run to run.
struct PartBase {
    std::string text;                  // as rendered last, "\n" line ends
    std::vector<std::string> removed;  // keys of what an editor took out: they never come back
    // Keys in `text` that weren't written: headings whose lines all stood elsewhere, candidates without their
    // comment. That they are not in the file doesn't mean that an editor took them out.
    std::vector<std::string> unwritten;
    bool operator==(const PartBase&) const = default;
};

// The two lists as one text, a key a line, and back; lines that aren't understood are passed over.
std::string write_marks(const PartBase& base);
void read_marks(std::string_view marks, PartBase& base);

// Something that a person should look at. `line` counts from the first line of the merged body, from 1.
struct MergeNote {
    std::size_t line = 0;
    std::string message;
};

struct MergeInput {
    const profile::DraftPart& policy;
    std::optional<PartBase> base;  // nullopt: not known
    std::string_view theirs;       // body of the part in the file
    std::string_view rendered;     // new text of the part without its heading line, "\n" line ends
    std::string line_end = "\n";   // for the lines that are added
    // Only asked without a base: true for a link (key of link_key) newer than the draft's last commit.
    // Whatever isn't newer may have been removed by an editor and stays out. Empty: nothing is newer.
    std::function<bool(const std::string& key)> newer;
    bool reset = false;  // start the part over: the rendered text replaces it
};

struct MergeResult {
    std::string body;
    PartBase base;                     // to be remembered for the next run
    std::vector<std::string> added;    // keys of links that came in
    std::vector<std::string> removed;  // keys of links that went because the program no longer has them
    std::vector<MergeNote> notes;      // conflicts, theirs kept
};

MergeResult merge_part(const MergeInput& input);

}  // namespace harvester::draft
