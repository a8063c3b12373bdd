// What a proposal says of itself: the generated part of the pull request's body, and the step summary.
#pragma once

#include <string>
#include <vector>

#include "draft/draft_merge.h"
#include "model.h"
#include "profile/publish_policy.h"

namespace harvester::edition {

// Markdown: the window, counts by part, what this run brought by title, and what needs a human eye. At most
// 60,000 bytes. `before`: the draft's text as it was. References are in code spans: bare ones would leave a
// notice on every item.
std::string proposal_text(const Edition& issue, const draft::DraftMerge& merge, const std::string& before,
                          const std::vector<std::string>& warnings, const profile::PublishPolicy& policy);

}  // namespace harvester::edition
