#include "commands/propose.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/actions_output.h"
#include "draft/checkout.h"
#include "draft/unified_diff.h"
#include "edition/connection.h"
#include "edition/draft_memory.h"
#include "edition/harvest_session.h"
#include "edition/proposal.h"
#include "edition/proposal_text.h"
#include "edition/week.h"
#include "profile/calendar.h"
#include "render/render.h"

namespace harvester::commands {
namespace {

Result<github::PublishTarget> target_of(const ProposeOptions& options, const profile::PublishPolicy& policy,
                                        const Edition& issue) {
    const std::string repository = options.repository.empty() ? policy.repository : options.repository;
    const auto slash = repository.find('/');
    if (slash == std::string::npos || slash == 0 || slash + 1 == repository.size() ||
        repository.find('/', slash + 1) != std::string::npos)
        return fail(ExitCode::usage, fmt::format("--repo {}: isn't OWNER/NAME; write it so", repository));
    std::string branch = options.branch.empty() ? draft::issue_path(policy.branch, issue) : options.branch;
    constexpr std::string_view heads = "refs/heads/";
    if (branch.starts_with(heads)) branch.erase(0, heads.size());
    return github::PublishTarget{repository.substr(0, slash), repository.substr(slash + 1), options.base,
                                 branch, options.head};
}

// The path of the published edition: the first that isn't a draft's.
std::string published_path(const profile::PublishPolicy& policy, const Edition& issue) {
    for (const std::string& pattern : policy.issues)
        if (std::find(policy.drafts.begin(), policy.drafts.end(), pattern) == policy.drafts.end())
            return draft::issue_path(pattern, issue);
    return {};
}

// The edition before, published or not, as it is on the base branch: what it printed isn't printed again,
// also when no cache remembers it. nullopt: it isn't there.
Result<std::optional<edition::EarlierIssue>> previous_edition(github::Client& client,
                                                              const github::PublishTarget& target,
                                                              const profile::Profile& profile,
                                                              const Edition& issue) {
    const Edition before = profile::previous_edition(profile, issue);
    const std::string commit = target.base.empty() ? "HEAD" : "refs/heads/" + target.base;
    for (const std::string& pattern : profile.publish.issues) {
        const std::string path = draft::issue_path(pattern, before);
        auto text = github::read_text(client, target.owner, target.name, commit, path);
        if (!text) return tl::unexpected(text.error());
        if (*text) return edition::EarlierIssue{path, std::move((**text).text)};
    }
    return std::nullopt;
}

// What came of it, a sentence for people.
std::string sentence_of(const edition::ProposalOutcome& outcome, const Edition& issue,
                        const std::string& published) {
    using Ending = edition::ProposalOutcome::Ending;
    switch (outcome.ending) {
        case Ending::opened:
            return "the draft pull request was opened";
        case Ending::updated:
            return "the draft pull request was updated";
        case Ending::published:
            return fmt::format("edition {} of {} is published already ({}); nothing was proposed",
                               issue.number, format_day(issue.date), published);
        case Ending::merged:
            return fmt::format(
                "{} was merged; nothing more was proposed; to add to it, name another branch with --branch",
                outcome.url);
        case Ending::closed:
            return fmt::format(
                "{} was closed, which is respected; --reopen goes on with it, --branch NAME opens a new one",
                outcome.url);
        case Ending::unchanged:
            break;
    }
    return "nothing changed, nothing was written";
}

// Outputs and summary of a step of Actions.
Result<ExitCode> hand_on_outcome(const cli::Context& context, const edition::ProposalOutcome& outcome,
                                 const Edition& issue, std::size_t links, const std::string& summary) {
    const auto handed =
        cli::hand_on(context,
                     {{"pull-request-url", outcome.url},
                      {"changed", outcome.changed ? "true" : "false"},
                      {"count", std::to_string(links)}},
                     fmt::format("## Edition {}\n\n{}\n\n{}\n", issue.number, outcome.url, summary));
    if (!handed) return tl::unexpected(handed.error());
    return ExitCode::done;
}

}  // namespace

Result<ExitCode> run_propose(const ProposeOptions& options, cli::Context& context) {
    if (context.global.offline)
        return fail(ExitCode::usage, "propose needs the network; run it without --offline");
    const auto week = edition::open_week(context, options.issue);
    if (!week) return tl::unexpected(week.error());
    const profile::Profile& profile = week->profile;
    const Edition& issue = week->issue;
    if (profile.publish.drafts.empty())
        return fail(ExitCode::usage,
                    "the profile doesn't say where drafts lie; name a path in its publish.drafts");
    const auto target = target_of(options, profile.publish, issue);
    if (!target) return tl::unexpected(target.error());
    const auto harvested =
        edition::run_harvest(context, profile, {issue.window.range(), issue}, edition::Again::look);
    if (!harvested) return tl::unexpected(harvested.error());
    const auto talk = [&](const std::string& sentence) { cli::say(context, sentence); };
    auto connection = edition::connect(context, 1, talk, github::Purpose::write);
    if (!connection) return tl::unexpected(connection.error());
    auto earlier = previous_edition(*connection->client, *target, profile, issue);
    if (!earlier) return tl::unexpected(earlier.error());
    auto record =
        edition::read_record(profile, cache::OpenMode::read_write,
                             {issue, options.layout, "", false, &*harvested, std::move(*earlier)}, context);
    if (!record) return tl::unexpected(record.error());
    cache::Store& store = record->store;
    const render::Report& report = record->assembly.report;
    const auto rendered = render::render_parts(report, profile.form, {{}, options.all});

    const std::string path = draft::issue_path(profile.publish.drafts.front(), issue);
    const std::string draft = fmt::format("{} {}/{}:{}:{}", format_day(issue.date), target->head_owner(),
                                          target->name, target->branch, path);
    const auto lines = edition::load_lines(store, profile.publish, draft);
    if (!lines) return tl::unexpected(lines.error());
    const edition::Proposal proposal{
        *target,
        path,
        published_path(profile.publish, issue),
        draft::issue_path(profile.publish.title, issue),
        profile.publish.commit_body,
        options.reopen,
        [&](const github::CommittedText& file, bool remembered) {
            draft::DraftMergeInput input{.name = path, .text = file.text, .rendered = rendered};
            edition::set_up_merge(input, record->assembly, store, profile, options.all);
            if (remembered) input.lines = *lines;
            if (file.committed)
                input.newer = edition::newer_than(report, store, profile.form, *file.committed);
            return options.merge ? options.merge(std::move(input))
                                 : draft::merge_draft(input, profile.publish);
        },
        [&](const draft::DraftMerge& merge, const std::string& before) {
            return edition::proposal_text(issue, merge, before, report.warnings, profile.publish);
        }};
    const auto outcome =
        edition::publish_proposal(*connection->client, context.clock, proposal, options.dry_run, talk);
    if (!outcome) return tl::unexpected(outcome.error());
    for (const std::string& note : outcome->merge.notes) cli::say(context, note);
    const std::string said = sentence_of(*outcome, issue, proposal.published);
    if (outcome->settled_by_people()) {
        cli::say(context, said);
        return hand_on_outcome(context, *outcome, issue, 0, said);
    }
    const std::string text = proposal.body(outcome->merge, outcome->before);
    if (options.dry_run) {
        context.streams.out << draft::unified_diff(outcome->before, outcome->merge.text, "a/" + path,
                                                   "b/" + path)
                            << '\n'
                            << text;
        return hand_on_outcome(context, *outcome, issue, 0, text);
    }
    if (const auto saved =
            cache::Drafts(store).write(draft, outcome->merge.lines, context.clock.now_seconds());
        !saved)
        return tl::unexpected(saved.error());
    std::int64_t merged = 0;
    for (const render::Part& part : report.parts)
        if (const auto* policy = profile.form.find_part(part.name);
            policy != nullptr && policy->kind == profile::PartKind::merged)
            merged += part.count;
    std::size_t links = 0;
    for (const draft::PartOutcome& part : outcome->merge.parts) links += part.links;
    if (!outcome->url.empty()) context.streams.out << outcome->url << '\n';
    cli::say(context, said);
    const auto handed =
        hand_on_outcome(context, *outcome, issue, links,
                        fmt::format("{} pull requests were merged in the window.\n\n{}", merged, text));
    if (!handed || harvested->complete()) return handed;
    // The merge took nothing away from parts that aren't proved complete.
    cli::say(context,
             "GitHub didn't give everything: what arrived was added and nothing removed; run the same "
             "command again");
    return ExitCode::incomplete;
}

}  // namespace harvester::commands
