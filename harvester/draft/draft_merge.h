// A whole draft file merged with what the program would write now, part by part.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/failure.h"
#include "draft/merge.h"
#include "profile/publish_policy.h"
#include "render/render.h"

namespace harvester::draft {

using DraftLines = std::map<std::string, std::vector<DraftLine>>;  // by part

struct DraftMergeInput {
    std::string name;  // of the draft, for messages
    std::string text;
    std::vector<render::PartText> rendered{};
    DraftLines lines{};  // as the last run left them; a part that isn't here has no known base
    // See MergeInput, there for one part.
    std::function<bool(const std::string&part, const std::string&key)> newer{}, still{};
    std::string left_out{};
    std::set<std::string> incomplete{};  // parts whose harvest has gaps
    std::set<std::string> pick{}, reject{};
    std::vector<std::string> reset{};  // names of parts to start over
};

struct PartOutcome {
    std::string part;
    std::vector<LineChange> added, removed, retitled, kept;
    std::size_t offered = 0;  // candidates that came into a comment
    std::size_t links = 0;    // items in the part's lists as they are now
};

struct DraftMerge {
    std::string text;
    DraftLines lines;                // to be remembered once the text is written
    std::vector<PartOutcome> parts;  // in the file's order
    std::vector<std::string> notes;  // "draft.md:12: ...": what a person should look at
};

// Fails when the text is no draft that can be merged (no UTF-8, unresolved conflict markers, a comment that
// is never closed, no required heading), or when `reset` names what isn't there; nothing is half done then.
Result<DraftMerge> merge_draft(const DraftMergeInput& input, const profile::PublishPolicy& policy);

// What a run did, a line for each change: "added: * [title](URL)". At most ten of a kind are named.
std::vector<std::string> account_of(const DraftMerge& merge);

// The text below the heading of a rendered part; the whole text when it begins with none.
std::string_view below_heading(std::string_view rendered);

}  // namespace harvester::draft
