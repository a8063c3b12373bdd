#include "commands/draft.h"

#include <fmt/format.h>

#include "edition/draft_target.h"
#include "edition/harvest_session.h"
#include "edition/week.h"

namespace harvester::commands {
namespace {

// A window that hasn't begun has nothing to draft; one that hasn't ended is drafted as far as it goes.
Result<void> look_at_window(const Edition& issue, cli::Context& context) {
    const Range window = issue.window.range();
    const Instant now = context.clock.now_seconds();
    if (window.from > now)
        return fail(
            ExitCode::usage,
            fmt::format(
                "--issue {}: its window begins on {}, which is in the future; name an earlier edition",
                format_day(issue.date), format_day(issue.window.first)));
    if (window.to > now)
        cli::say(
            context,
            fmt::format("warning: the window of edition {} ends on {} only; run the command again after it",
                        format_day(issue.date), format_day(issue.window.last)));
    return {};
}

}  // namespace

Result<ExitCode> run_draft(const DraftOptions& options, cli::Context& context) {
    const RenderOptions& render = options.render;
    if (render.json && !options.file.empty())
        return fail(ExitCode::usage, "--format json goes to stdout and not into a draft; leave FILE out");
    const auto week = edition::open_draft_week(
        context, edition::PeriodOptions{render.issue, render.from, render.to}, options.file);
    if (!week) return tl::unexpected(week.error());
    const auto& [profile, issue] = *week;
    for (const auto& [option, parts] :
         {std::pair{"--part", &render.parts}, std::pair{"--reset", &options.reset}})
        if (auto known = edition::check_parts(profile, option, *parts); !known)
            return tl::unexpected(known.error());
    const auto file = render.json ? std::nullopt : edition::draft_file(profile, issue, options.file, context);
    if (!file && !options.reset.empty()) return fail(ExitCode::usage, "--reset needs a draft; name its FILE");
    if (const auto fine = look_at_window(issue, context); !fine) return tl::unexpected(fine.error());
    if (!file && !render.json)
        cli::say(context, fmt::format("there is no draft of edition {} in this checkout, so the section goes "
                                      "to stdout; name its FILE to merge into it",
                                      format_day(issue.date)));

    const auto outcome = edition::run_harvest(context, profile, {issue.window.range(), issue},
                                              options.refresh ? edition::Again::read : edition::Again::look);
    if (!outcome) return tl::unexpected(outcome.error());
    auto record =
        edition::read_record(profile, cache::OpenMode::read_write,
                             {issue, render.layout, render.previous, render.json, &*outcome}, context);
    if (!record) return tl::unexpected(record.error());
    auto& [store, assembly] = *record;
    if (!options.dry_run)
        if (auto kept = edition::remember_seen(profile, store, assembly, context.clock.now_seconds()); !kept)
            return tl::unexpected(kept.error());
    if (!file) {
        context.streams.out << report_text(profile, assembly, render);
        return outcome->complete() ? ExitCode::done : ExitCode::incomplete;
    }
    edition::DraftTarget target;
    target.file = *file;
    target.named = options.file.empty() ? file->string() : options.file;
    target.parts = render.parts;
    target.all = render.all;
    target.dry_run = options.dry_run;
    target.reset = options.reset;
    const auto merged = edition::merge_into_file(profile, *record, target, context);
    if (!merged || outcome->complete()) return merged;
    cli::say(context,
             "GitHub didn't give everything: what arrived was added and nothing removed; run the same "
             "command again");
    return ExitCode::incomplete;
}

}  // namespace harvester::commands
