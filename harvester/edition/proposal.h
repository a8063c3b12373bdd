// The draft pull request brought to what the cache tells: looked up, merged, written, looked up again after
// every doubt.
#pragma once

#include <functional>
#include <string>

#include "cli/context.h"
#include "github/publish.h"
#include "draft/draft_merge.h"
#include "model.h"
#include "profile/profile.h"

namespace harvester::edition {

struct Proposal {
    github::PublishTarget target;
    Edition issue;
    std::string path;   // of the draft file in the repository
    std::string title;  // of the pull request, and the commit's headline
    std::string commit_body;
    std::function<Result<draft::DraftMerge>(const github::CommittedText& draft)> merge;
    std::function<std::string(const draft::DraftMerge& merge)> body;  // of the pull request
};

struct ProposalOutcome {
    bool changed = false;     // a commit was made
    std::string url;          // of the pull request; empty: nothing to propose, or a dry run
    std::string before;       // text of the draft as it was
    draft::DraftMerge merge;  // as it is now; its parts tell what this run brought
};

// Writes nothing when nothing changed. A lost race is read again and retried at most twice; after a write
// whose answer is missing the state is read before anything is written again.
Result<ProposalOutcome> publish_proposal(github::Client& client, const Proposal& proposal, bool dry_run,
                                         const std::function<void(const std::string&)>& talk);

// Markdown: the window, counts by section, what this run brought, and what needs a human eye. At most 60,000
// bytes.
std::string proposal_body(const Edition& issue, const draft::DraftMerge& merge,
                          const std::vector<std::string>& warnings);

// The table of counts alone, for a step summary.
std::string counts_table(const draft::DraftMerge& merge);

}  // namespace harvester::edition
