#include "commands/propose.h"

#include <fmt/format.h>

#include "cli/actions_output.h"
#include "edition/connection.h"
#include "edition/draft_memory.h"
#include "edition/harvest_session.h"
#include "edition/proposal.h"
#include "edition/week.h"
#include "draft/checkout.h"
#include "render/render.h"
#include "draft/unified_diff.h"

namespace harvester::commands {
namespace {

Result<github::PublishTarget> target_of(const ProposeOptions& options, const profile::PublishPolicy& policy,
                                        const Edition& issue) {
    const std::string repository = options.repository.empty() ? policy.repository : options.repository;
    const auto slash = repository.find('/');
    if (slash == std::string::npos || slash == 0 || slash + 1 == repository.size() ||
        repository.find('/', slash + 1) != std::string::npos)
        return fail(ExitCode::usage, fmt::format("--repo {}: isn't OWNER/NAME; write it so", repository));
    const std::string branch =
        options.branch.empty() ? draft::issue_path(policy.branch, issue) : options.branch;
    return github::PublishTarget{repository.substr(0, slash), repository.substr(slash + 1), options.base,
                                 branch, options.head};
}

// Writing may use a token of its own, so that reading needs no rights: it goes before all others.
cli::Context with_write_token(const cli::Context& context) {
    cli::Context writing = context;
    writing.environment = [inner = context.environment](const char* name) {
        const auto token =
            std::string_view(name) == "GH_TOKEN" ? inner("HARVESTER_WRITE_TOKEN") : std::nullopt;
        return token ? token : inner(name);
    };
    return writing;
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
    const auto harvested = edition::run_harvest(context, profile, {issue.window.range(), issue}, edition::Again::look);
    if (!harvested) return tl::unexpected(harvested.error());
    // What is missing would look like items that GitHub took back, and the merge would take them out.
    if (!harvested->complete())
        return fail(ExitCode::incomplete,
                    "nothing was proposed, because not everything arrived; run the same command again");
    auto record =
        edition::read_record(profile, cache::OpenMode::read_write, {issue, options.layout, "", false, &*harvested}, context);
    if (!record) return tl::unexpected(record.error());
    cache::Store& store = record->store;
    const render::Report& report = record->assembly.report;
    const auto rendered = render::render_parts(report, profile.form, {{}, options.all});

    const auto talk = [&](const std::string& sentence) { cli::say(context, sentence); };
    auto connection = edition::connect(with_write_token(context), 1, talk);
    if (!connection) return tl::unexpected(connection.error());

    const std::string path = draft::issue_path(profile.publish.drafts.front(), issue);
    const std::string draft = fmt::format("{} {}/{}:{}:{}", format_day(issue.date), target->head_owner(),
                                          target->name, target->branch, path);
    const auto bases = edition::load_bases(store, profile.publish, draft);
    if (!bases) return tl::unexpected(bases.error());
    const edition::Proposal proposal{
        *target,
        issue,
        path,
        draft::issue_path(profile.publish.title, issue),
        profile.publish.commit_body,
        [&](const github::CommittedText& file) {
            draft::DraftMergeInput input{path, file.text, rendered, *bases, {}, {}};
            if (file.committed) input.newer = edition::newer_than(report, store, profile.form, *file.committed);
            return draft::merge_draft(input, profile.publish);
        },
        [&](const draft::DraftMerge& merge) { return edition::proposal_body(issue, merge, report.warnings); }};
    const auto outcome = edition::publish_proposal(*connection->client, proposal, options.dry_run, talk);
    if (!outcome) return tl::unexpected(outcome.error());
    for (const std::string& note : outcome->merge.notes) cli::say(context, note);
    if (options.dry_run) {
        context.streams.out << draft::unified_diff(outcome->before, outcome->merge.text, "a/" + path,
                                                   "b/" + path)
                            << '\n'
                            << edition::proposal_body(issue, outcome->merge, report.warnings);
        return ExitCode::done;
    }
    if (const auto saved = edition::save_bases(store, draft, outcome->merge.bases, context.clock.now_seconds());
        !saved)
        return tl::unexpected(saved.error());
    std::int64_t merged = 0;
    for (const render::Part& part : report.parts)
        if (const auto* policy = profile.form.find_part(part.name); policy != nullptr && policy->kind == profile::PartKind::merged)
            merged += part.count;
    std::size_t links = 0;
    for (const draft::PartOutcome& part : outcome->merge.parts) links += part.links;
    if (!outcome->url.empty()) context.streams.out << outcome->url << '\n';
    cli::say(context,
        outcome->changed ? "the draft pull request was updated" : "nothing changed, nothing was written");
    const auto handed =
        cli::hand_on(context,
                {{"pull-request-url", outcome->url},
                 {"changed", outcome->changed ? "true" : "false"},
                 {"count", std::to_string(links)}},
                fmt::format("## {} {}\n\n{} pull requests were merged from {} to {}.\n\n{}\n{}\n",
                            profile.title, issue.number, merged, format_day(issue.window.first),
                            format_day(issue.window.last), edition::counts_table(outcome->merge), outcome->url));
    if (!handed) return tl::unexpected(handed.error());
    return ExitCode::done;
}

}  // namespace harvester::commands
