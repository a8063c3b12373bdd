// The three-way merge of one part of a draft: what the last run left, what the file holds now, what the
// program would write now. What an editor did is final: harvester/draft/README.md has the rules,
// merge_rules.h the table.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model.h"
#include "profile/publish_policy.h"

namespace harvester::draft {

// Something that a person should look at. `line` counts from the first line of the merged body, from 1.
struct MergeNote {
    std::size_t line = 0;
    std::string message;
};

// A line that the merge added, removed, retitled or kept.
struct LineChange {
    std::string key;   // "rust-lang/rust#12"
    std::string line;  // Markdown: as it is in the file now; of a removed one as it was
    std::string why;   // of a removed line why; of a kept one what the harvest would have written; else empty
    bool operator==(const LineChange&) const = default;
};

struct MergeInput {
    const profile::DraftPart& policy;
    std::optional<std::vector<DraftLine>> base = std::nullopt;  // nullopt: no earlier run is known
    std::string_view theirs{};                                  // body of the part in the file
    std::string_view rendered{};  // new text of the part without its heading, "\n" line ends
    std::string line_end = "\n";  // for the lines that are added
    std::string left_out{};  // first line of the comment with candidates; empty: none is wanted (no --all)
    bool complete = true;    // false: the harvest of this part has gaps; then nothing is removed
    // Only asked without a base: true for an item newer than the draft's last commit. What isn't newer may
    // have been removed by an editor and stays out. Empty: nothing is newer.
    std::function<bool(const std::string& key)> newer{};
    // True for an item that this part may still show, though the harvest doesn't list it any more: it was
    // merged in the window, but its score, a rule or the wanted length leaves it out now. Empty: false for
    // all.
    std::function<bool(const std::string& key)> still{};
    std::set<std::string>
        pick{};  // keys to be listed, whatever was decided before; `rendered` must list them
    std::set<std::string> reject{};  // keys to be taken out of the list for good
    bool reset = false;  // start the part over: the rendered text replaces it, decisions are forgotten
};

struct MergeResult {
    std::string body;
    std::vector<DraftLine> lines;  // to be remembered: the base of the next run
    std::vector<LineChange> added, removed, retitled, kept;
    std::size_t offered = 0;       // candidates added to the comment
    std::vector<MergeNote> notes;  // the kept ones, with their places
};

MergeResult merge_part(const MergeInput& input);

// The base that format 1 of the cache remembered as a text, with its marks ("removed KEY", "unwritten KEY", a
// line each).
std::vector<DraftLine> lines_of_old_base(const profile::DraftPart& policy, std::string_view text,
                                         std::string_view marks);

}  // namespace harvester::draft
