#include "edition/proposal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace harvester::edition {
namespace {

using github::WriteOutcome;
using Ending = ProposalOutcome::Ending;

constexpr int most_retries = 2;
constexpr std::array waits_for_a_fork{Seconds{10}, Seconds{30}, Seconds{60}};
constexpr std::string_view begin_marker = "<!-- harvester: this part is renewed by every run -->\n";
constexpr std::string_view end_marker = "<!-- harvester: end -->\n";

class Publication {
  public:
    Publication(github::Client& client, Clock& clock, const Proposal& proposal, bool dry_run,
                const std::function<void(const std::string&)>& talk)
        : client_(client),
          clock_(clock),
          proposal_(proposal),
          target_(proposal.target),
          dry_run_(dry_run),
          talk_(talk) {}

    Result<ProposalOutcome> run() {
        for (;;) {
            const auto finished = step();
            if (!finished) return tl::unexpected(finished.error());
            if (*finished) return std::move(result_);
        }
    }

  private:
    // The draft to merge into: its text, the commit that it is read at, whether that is on our branch, and
    // whether the branch holds what an earlier run wrote.
    struct Start {
        github::CommittedText file;
        std::string commit;
        bool on_branch = false;
        bool remembered = false;
    };

    // One look at what is there and the writes that it asks for. True: finished; false: look again.
    Result<bool> step() {
        auto state = github::look_up(client_, target_, proposal_.published);
        if (!state) return tl::unexpected(state.error());
        if (state->published) return finish(Ending::published, "");
        auto& pull = state->pull_request;
        if (pull && pull->state == github::PullRequest::State::merged)
            return finish(Ending::merged, pull->url);
        if (pull && pull->state == github::PullRequest::State::closed) {
            if (!proposal_.reopen) return finish(Ending::closed, pull->url);
            if (state->branch_commit.empty()) pull.reset();  // without its branch it can't be opened again
        }
        auto start = find_start(*state);
        if (!start) return tl::unexpected(start.error());
        if (!*start) return false;
        return write(*state, **start);
    }

    Result<bool> finish(Ending ending, const std::string& url) {
        result_.ending = ending;
        result_.url = url;
        return true;
    }

    Result<github::CommittedText> read(const std::string& owner, const std::string& commit) {
        auto file = github::read_text(client_, owner, target_.name, commit, proposal_.path);
        if (!file) return tl::unexpected(file.error());
        if (!*file)
            return fail(ExitCode::file,
                        fmt::format("{}/{} has no {} at {}; make the draft from the template first", owner,
                                    target_.name, proposal_.path, commit));
        return std::move(**file);
    }

    // nullopt: the branch was moved, look again.
    Result<std::optional<Start>> find_start(const github::PublishState& state) {
        const bool exists = !state.branch_commit.empty();
        std::optional<Start> start;
        if (!exists || !state.pull_request) {
            auto file = read(target_.owner, state.base_commit);
            if (!file) return tl::unexpected(file.error());
            start = Start{std::move(*file), state.base_commit, false, false};
            if (!exists) return start;
        }
        auto file = read(target_.head_owner(), state.branch_commit);
        if (!file) return tl::unexpected(file.error());
        const auto on_base = start ? start->file.changes : std::vector<github::CommittedText::Change>{};
        const auto& on_branch = file->changes;
        const bool untouched = !on_base.empty() && !on_branch.empty() && on_base.front() == on_branch.front();
        const bool stale = !on_base.empty() &&
                           std::find(on_branch.begin(), on_branch.end(), on_base.front()) == on_branch.end();
        if (!stale) return Start{std::move(*file), state.branch_commit, true, !untouched};
        // Of a run that was cut off, or left behind: the base's later edits belong under what we write.
        for (const auto& change : on_branch) {
            if (std::find(on_base.begin(), on_base.end(), change) != on_base.end()) break;
            if (change.headline != proposal_.title)
                return fail(
                    ExitCode::usage,
                    fmt::format(
                        "the branch {} of {}/{} has no open pull request, lacks later edits of {} on {}, and "
                        "has a commit of others ({}); delete it or name another with --branch",
                        target_.branch, target_.head_owner(), target_.name, proposal_.path, state.base,
                        change.headline));
        }
        if (dry_run_) return start;
        talk_(fmt::format("the branch {} lacks later edits of {}: starting over from {}", target_.branch,
                          proposal_.path, state.base));
        const auto moved = settled(github::move_branch(client_, state.branch_id, state.base_commit), state);
        if (!moved) return tl::unexpected(moved.error());
        return std::nullopt;
    }

    Result<bool> write(const github::PublishState& state, const Start& start) {
        auto merge = proposal_.merge(start.file, start.remembered);
        if (!merge) return tl::unexpected(merge.error());
        const bool differs = merge->text != start.file.text;
        if (!result_.changed) {
            result_.before = start.file.text;
            result_.merge = std::move(*merge);
            generated_ = proposal_.body(result_.merge, result_.before);
        } else {
            // What this run brought stays as it was; what is remembered is of the last look.
            merge->parts = std::move(result_.merge.parts);
            merge->notes = std::move(result_.merge.notes);
            result_.merge = std::move(*merge);
        }
        if (dry_run_ || (!differs && !start.on_branch)) return true;

        std::string commit = start.commit;
        if (differs && !start.on_branch) {
            if (fork_waits_ > waits_for_a_fork.size()) commit = state.fork_commit;
            const auto made =
                settled(github::create_branch(client_, state.head_repository_id, target_.branch, commit),
                        state, &start.file.text);
            if (!made || !*made) return made;
        }
        const auto& pull = state.pull_request;
        if (pull && pull->state == github::PullRequest::State::closed) {
            const auto made = settled(github::reopen(client_, pull->id), state);
            if (!made || !*made) return made;
            talk_(fmt::format("{} was opened again", pull->url));
        }
        if (differs) {
            const auto made = settled(github::commit_file(client_, target_, commit,
                                                          {proposal_.path, result_.merge.text,
                                                           proposal_.title, proposal_.commit_body}),
                                      state);
            if (last_.kind != WriteOutcome::Kind::stale)
                result_.changed = true;  // unknown counts: the next look tells no more
            if (!made || !*made) return made;
        }
        if (!pull) {
            opening_ = true;
            const auto made = settled(
                github::open_pull_request(client_, target_, state, proposal_.title, new_body(generated_)),
                state);
            if (!made || !*made) return made;
            if (last_.kind == WriteOutcome::Kind::nothing) return finish(Ending::unchanged, "");
            return finish(Ending::opened, last_.value);
        }
        const std::string body = with_generated_part(pull->body, generated_);
        if (result_.changed && pull->body != body) {
            const auto made = settled(github::update_body(client_, pull->id, body), state);
            if (!made || !*made) return made;
        }
        return finish(opening_          ? Ending::opened
                      : result_.changed ? Ending::updated
                                        : Ending::unchanged,
                      pull->url);
    }

    // True: the write was made (or there was nothing to make); false: look again.
    Result<bool> settled(const Result<WriteOutcome>& outcome, const github::PublishState& state,
                         const std::string* text = nullptr) {
        if (!outcome) return tl::unexpected(outcome.error());
        last_ = *outcome;
        switch (last_.kind) {
            case WriteOutcome::Kind::done:
            case WriteOutcome::Kind::nothing:
                return true;
            case WriteOutcome::Kind::lacking:
                return wait_for_fork(state, text);
            case WriteOutcome::Kind::stale:
            case WriteOutcome::Kind::unknown:
                break;
        }
        const char* what = last_.kind == WriteOutcome::Kind::stale
                               ? "somebody else wrote to the branch"
                               : "it isn't known whether a write was made";
        if (++doubts_ > most_retries)
            return fail(ExitCode::incomplete,
                        fmt::format("{} three times in a row ({}): run the same command again later", what,
                                    last_.why));
        talk_(fmt::format("{}: looking again", what));
        return false;
    }

    Result<bool> wait_for_fork(const github::PublishState& state, const std::string* text) {
        const std::string fork = target_.head_owner() + "/" + target_.name;
        if (fork_waits_ < waits_for_a_fork.size()) {
            const Seconds length = waits_for_a_fork[fork_waits_++];
            talk_(fmt::format("{} doesn't have the newest commit of {}/{} yet ({}): trying again in {} s",
                              fork, target_.owner, target_.name, last_.why, length.count()));
            if (!clock_.sleep(length))
                return fail(ExitCode::interrupted, "interrupted: run the same command again to go on");
            return false;
        }
        if (fork_waits_++ == waits_for_a_fork.size() && text != nullptr && !state.fork_commit.empty()) {
            const auto theirs = github::read_text(client_, target_.head_owner(), target_.name,
                                                  state.fork_commit, proposal_.path);
            if (!theirs) return tl::unexpected(theirs.error());
            if (*theirs && (**theirs).text == *text) {
                talk_(fmt::format("{} has the same {}: the branch starts from what it has", fork,
                                  proposal_.path));
                return false;
            }
        }
        return fail(
            ExitCode::incomplete,
            fmt::format(
                "{} lacks the newest commit of {}/{} ({}): choose \"Sync fork\" on its page and run the same "
                "command again",
                fork, target_.owner, target_.name, last_.why));
    }

    github::Client& client_;
    Clock& clock_;
    const Proposal& proposal_;
    const github::PublishTarget& target_;
    const bool dry_run_;
    const std::function<void(const std::string&)>& talk_;
    ProposalOutcome result_;
    std::string generated_;  // of the merge that this run wrote
    WriteOutcome last_;
    bool opening_ = false;  // this run asked for the pull request
    int doubts_ = 0;
    std::size_t fork_waits_ = 0;
};

}  // namespace

Result<ProposalOutcome> publish_proposal(github::Client& client, Clock& clock, const Proposal& proposal,
                                         bool dry_run, const std::function<void(const std::string&)>& talk) {
    return Publication(client, clock, proposal, dry_run, talk).run();
}

std::string new_body(const std::string& generated) {
    return fmt::format("{}{}{}", begin_marker, generated, end_marker);
}

std::string with_generated_part(const std::string& body, const std::string& generated) {
    // GitHub's editor stores line ends as CR LF.
    const auto words = [](std::string_view marker) { return marker.substr(0, marker.size() - 1); };
    const auto begin = body.find(words(begin_marker));
    const auto end = body.find(words(end_marker), begin == std::string::npos ? 0 : begin);
    if (begin == std::string::npos || end == std::string::npos) return body;
    return body.substr(0, begin) + new_body(generated).substr(0, new_body(generated).size() - 1) +
           body.substr(end + words(end_marker).size());
}

}  // namespace harvester::edition
