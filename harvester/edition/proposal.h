// The draft pull request brought to what the cache tells: looked up, merged, written, looked up again after
// every doubt. What people did to it is respected: their edits of text, title and body, a closed pull
// request, a merged one.
#pragma once

#include <functional>
#include <string>

#include "base/clock.h"
#include "draft/draft_merge.h"
#include "github/publish.h"

namespace harvester::edition {

struct Proposal {
    github::PublishTarget target;
    std::string path;       // of the draft file in the repository
    std::string published;  // of the published edition; empty: the profile has none
    std::string title;      // of the pull request when it is opened, and the commits' headline
    std::string commit_body;
    bool reopen = false;  // go on with a pull request that was closed
    // `remembered`: the branch holds what the last run wrote; otherwise the file is as it is on the base.
    std::function<Result<draft::DraftMerge>(const github::CommittedText& draft, bool remembered)> merge;
    std::function<std::string(const draft::DraftMerge& merge, const std::string& before)>
        body;  // the generated part
};

struct ProposalOutcome {
    enum class Ending {
        unchanged,  // nothing was to be written
        updated,
        opened,
        published,  // the edition is published: nothing was looked at
        merged,     // its pull request was merged
        closed,     // somebody closed its pull request
    };
    Ending ending = Ending::unchanged;
    bool changed = false;     // a commit was made
    std::string url;          // of the pull request; empty: nothing to propose, or a dry run
    std::string before;       // text of the draft as it was
    draft::DraftMerge merge;  // as it is now; its parts list what this run changed
    bool settled_by_people() const { return ending >= Ending::published; }
};

// Writes nothing when nothing changed. A lost race is read again and retried at most twice; after a write
// whose answer is missing the state is read before anything is written again. A fork that doesn't have its
// parent's newest commit yet is waited for, then the branch starts from what the fork has if the draft is the
// same there. A branch without a pull request that lacks later edits of the draft on the base starts over
// from the base, or is refused when others wrote to it.
Result<ProposalOutcome> publish_proposal(github::Client& client, Clock& clock, const Proposal& proposal,
                                         bool dry_run, const std::function<void(const std::string&)>& talk);

// The body of a pull request with its generated part renewed: what stands between the markers. A body without
// markers belongs to people and stays as it is.
std::string with_generated_part(const std::string& body, const std::string& generated);
// The body of a new pull request.
std::string new_body(const std::string& generated);

}  // namespace harvester::edition
