#include "edition/proposal.h"

#include <fmt/format.h>

#include "markdown/inline_text.h"

namespace harvester::edition {
namespace {

using github::WriteOutcome;

constexpr int most_retries = 2;
constexpr std::size_t longest_body = 60'000;  // GitHub takes 65,536 characters

// Whether to look again after a write, or to give up.
Result<void> look_again(const WriteOutcome& outcome, int& doubts,
                        const std::function<void(const std::string&)>& talk) {
    const char* what = outcome.kind == WriteOutcome::Kind::stale ? "somebody else wrote to the branch"
                                                                 : "it isn't known whether a write was made";
    if (++doubts > most_retries)
        return fail(
            ExitCode::incomplete,
            fmt::format("{} three times in a row ({}): run the same command again later", what, outcome.why));
    talk(fmt::format("{}: looking again", what));
    return {};
}

}  // namespace

Result<ProposalOutcome> publish_proposal(github::Client& client, const Proposal& proposal, bool dry_run,
                                         const std::function<void(const std::string&)>& talk) {
    const github::PublishTarget& target = proposal.target;
    ProposalOutcome result;
    std::string body;  // of the merge that this run wrote
    for (int doubts = 0;;) {
        auto state = github::look_up(client, target);
        if (!state) return tl::unexpected(state.error());
        const bool exists = !state->branch_commit.empty();
        const std::string& owner = exists ? target.head_owner() : target.owner;
        const std::string from = exists ? state->branch_commit : state->base_commit;
        auto file = github::read_text(client, owner, target.name, from, proposal.path);
        if (!file) return tl::unexpected(file.error());
        if (!*file)
            return fail(ExitCode::file,
                        fmt::format("{}/{} has no {} at {}; make the draft from the template first", owner,
                                    target.name, proposal.path, from));
        auto merge = proposal.merge(**file);
        if (!merge) return tl::unexpected(merge.error());
        const bool differs = merge->text != (**file).text;
        if (!result.changed) {
            result.before = (**file).text;
            result.merge = *merge;
            body = proposal.body(*merge);
        } else {
            result.merge.text = merge->text;
            result.merge.bases = merge->bases;
        }
        if (dry_run || (!differs && !exists)) return result;

        WriteOutcome written;
        const auto settled = [&](const Result<WriteOutcome>& outcome) -> Result<bool> {
            if (!outcome) return tl::unexpected(outcome.error());
            written = *outcome;
            if (written.kind == WriteOutcome::Kind::done) return true;
            if (const auto again = look_again(written, doubts, talk); !again)
                return tl::unexpected(again.error());
            return false;
        };
        if (differs && !exists) {
            const auto made =
                settled(github::create_branch(client, state->head_repository_id, target.branch, from));
            if (!made) return tl::unexpected(made.error());
            if (!*made) continue;
        }
        if (differs) {
            const auto made = settled(github::commit_file(
                client, target, from, {proposal.path, merge->text, proposal.title, proposal.commit_body}));
            if (written.kind != WriteOutcome::Kind::stale)
                result.changed = true;  // unknown counts: the next look tells no more
            if (!made) return tl::unexpected(made.error());
            if (!*made) continue;
        }
        if (!state->pull_request) {
            const auto made =
                settled(github::open_pull_request(client, target, *state, proposal.title, body));
            if (!made) return tl::unexpected(made.error());
            if (!*made) continue;
            result.url = written.value;
            return result;
        }
        result.url = state->pull_request->url;
        if (result.changed && state->pull_request->body != body) {
            const auto made =
                settled(github::update_pull_request(client, state->pull_request->id, proposal.title, body));
            if (!made) return tl::unexpected(made.error());
            if (!*made) continue;
        }
        return result;
    }
}

std::string counts_table(const draft::DraftMerge& merge) {
    std::string out = "| section | links | new | gone |\n| --- | ---: | ---: | ---: |\n";
    for (const draft::PartOutcome& part : merge.parts)
        out += fmt::format("| {} | {} | {} | {} |\n", part.part, part.links, part.added.size(),
                           part.removed.size());
    return out;
}

std::string proposal_body(const Edition& issue, const draft::DraftMerge& merge,
                          const std::vector<std::string>& warnings) {
    std::string out = fmt::format("Issue {} of {}. Window: {} to {}, both inclusive, UTC.\n\n{}",
                                  issue.number, format_day(issue.date), format_day(issue.window.first),
                                  format_day(issue.window.last), counts_table(merge));
    // In code spans: a bare reference would leave a notice on every pull request of the week.
    const auto list = [&](const char* heading, const std::vector<std::string> draft::PartOutcome::*keys) {
        std::string lines;
        for (const draft::PartOutcome& part : merge.parts)
            for (const std::string& key : part.*keys) lines += fmt::format("- `{}` ({})\n", key, part.part);
        if (!lines.empty()) out += fmt::format("\n### {}\n\n{}", heading, lines);
    };
    list("New since the last run", &draft::PartOutcome::added);
    list("Gone since the last run", &draft::PartOutcome::removed);
    out += "\n### Needs a human eye\n\n";
    for (const std::string& warning : warnings) out += "- " + markdown::escape_inline(warning) + "\n";
    for (const std::string& note : merge.notes) out += "- " + markdown::escape_inline(note) + "\n";
    if (warnings.empty() && merge.notes.empty()) out += "Nothing: no conflicts and no warnings.\n";
    if (out.size() > longest_body) {
        out.resize(out.rfind('\n', longest_body) + 1);
        out += "\n(cut here: the rest is in the commits)\n";
    }
    return out;
}

}  // namespace harvester::edition
