// The draft pull request on GitHub: what is there, and the four writes that bring it about.
//
// A write whose answer didn't arrive may have been made nevertheless: its outcome is `unknown`, and the
// caller looks what is there before it writes again.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/failure.h"
#include "base/time.h"
#include "github/client.h"

namespace harvester::github {

struct PublishTarget {
    std::string owner;  // of the repository that the pull request is opened in
    std::string name;
    std::string base;    // branch to merge into; empty: the default branch
    std::string branch;  // branch to write, without refs/heads/
    std::string head;    // owner of the fork that holds the branch; empty: `owner`
    const std::string& head_owner() const { return head.empty() ? owner : head; }
};

struct PullRequest {
    enum class State { open, closed, merged };
    std::string id;
    std::string url;
    std::string body;
    State state = State::open;
};

struct PublishState {
    std::string repository_id;
    std::string head_repository_id;  // where the branch is or will be
    std::string base;                // name of the base branch
    std::string base_commit;
    std::string fork_commit;  // of the branch that is called as the base on the fork; empty: none, or no fork
    std::string branch_id;
    std::string branch_commit;                // empty: there is no such branch
    bool published = false;                   // the file `published` is there on the base branch
    std::optional<PullRequest> pull_request;  // from the branch into the base: the open one, else the newest
};

// What is there; `published` is the path of the published edition. Fails when a repository or the base branch
// isn't there, and with ExitCode::usage when the branch to write is the base or the default branch: nothing
// is ever committed straight onto those.
Result<PublishState> look_up(Client& client, const PublishTarget& target, const std::string& published);

struct CommittedText {
    std::string text;
    std::optional<Instant> committed;  // when the last commit that touched the file was made
    struct Change {
        std::string commit, headline;
        bool operator==(const Change&) const = default;
    };
    std::vector<Change> changes{};  // commits that touched the file, newest first, at most 50
};

// A file at a commit; nullopt: there is none. Fails for one that is binary or cut short.
Result<std::optional<CommittedText>> read_text(Client& client, const std::string& owner,
                                               const std::string& name, const std::string& commit,
                                               const std::string& path);

struct WriteOutcome {
    enum class Kind {
        done,
        stale,    // the branch isn't where it was expected
        unknown,  // the answer is missing
        lacking,  // a fork doesn't have the commit of its parent yet
        nothing,  // the branch has nothing that the base lacks
    };
    Kind kind = Kind::done;
    std::string value;  // what the write gave: a commit, a URL
    std::string why;    // of the others, a phrase
};

Result<WriteOutcome> create_branch(Client& client, const std::string& repository_id,
                                   const std::string& branch, const std::string& commit);

// Moves our own branch, also to a commit that isn't ahead of it.
Result<WriteOutcome> move_branch(Client& client, const std::string& branch_id, const std::string& commit);

struct CommitContent {
    std::string path;
    std::string text;
    std::string headline;
    std::string body;
};

// One commit on top of `expected_head`.
Result<WriteOutcome> commit_file(Client& client, const PublishTarget& target,
                                 const std::string& expected_head, const CommitContent& content);

Result<WriteOutcome> open_pull_request(Client& client, const PublishTarget& target, const PublishState& state,
                                       const std::string& title, const std::string& body);
Result<WriteOutcome> update_body(Client& client, const std::string& pull_request_id, const std::string& body);
Result<WriteOutcome> reopen(Client& client, const std::string& pull_request_id);

// RFC 4648 with padding.
std::string base64(std::string_view bytes);

}  // namespace harvester::github
