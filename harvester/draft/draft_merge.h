// A whole draft file merged with what the program would write now, part by part.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/failure.h"
#include "draft/merge.h"
#include "render/render.h"
#include "profile/publish_policy.h"

namespace harvester::draft {

struct DraftMergeInput {
    std::string name;  // of the draft, for messages
    std::string text;
    std::vector<render::PartText> rendered;
    std::map<std::string, PartBase> bases;  // by part; a part that isn't here has no known base
    std::function<bool(const std::string& part, const std::string& key)> newer;  // see MergeInput
    std::vector<std::string> reset;  // names of parts to start over
};

struct PartOutcome {
    std::string part;
    std::vector<std::string> added;    // keys of links that came in
    std::vector<std::string> removed;  // keys of links that went
    std::size_t links = 0;             // list items in the part as it is now
};

struct DraftMerge {
    std::string text;
    std::map<std::string, PartBase> bases;  // to be remembered
    std::vector<PartOutcome> parts;         // in the file's order
    std::vector<std::string> notes;         // "draft.md:12: ...": what a person should look at
};

// Fails when the text is no draft or `reset` names what isn't there; nothing is half done then.
Result<DraftMerge> merge_draft(const DraftMergeInput& input, const profile::PublishPolicy& policy);

// The text below the heading of a rendered part; the whole text when it begins with none.
std::string_view below_heading(std::string_view rendered);

}  // namespace harvester::draft
