// The editor's decisions as edits of the draft's text: what a person would type. The merge then finds them
// there as it finds every other edit, and remembers them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "profile/publish_policy.h"
#include "review/decided.h"

namespace harvester::review {

struct ArrangeInput {
    const std::string& text;  // a draft
    const profile::PublishPolicy& policy;
    const Decisions& decisions;
    std::vector<std::string> headings;    // of the merged list, in its order
    std::string heading_marks = "#### ";  // before a heading that has to be added
    // The program's order of two rows: true when the first one is before the second.
    std::function<bool(const std::string& a, const std::string& b)> before;
};

// Takes rejected lines out, replaces titles, moves lines to other headings and puts them in the decided
// order. A heading that is missing is added, one that has nothing left is removed. Other bytes stay as they
// are.
Result<std::string> arrange(const ArrangeInput& input, const std::string& name);

}  // namespace harvester::review
