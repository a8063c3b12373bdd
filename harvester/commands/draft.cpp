#include "commands/draft.h"

#include "edition/draft_target.h"
#include "edition/harvest_session.h"
#include "edition/week.h"
#include "render/render.h"

namespace harvester::commands {

Result<ExitCode> run_draft(const DraftOptions& options, cli::Context& context) {
    const RenderOptions& render = options.render;
    const auto week = edition::open_week(context, edition::PeriodOptions{render.issue, render.from, render.to});
    if (!week) return tl::unexpected(week.error());
    const auto& [profile, issue] = *week;
    for (const auto& [option, parts] : {std::pair{"--part", &render.parts}, std::pair{"--reset", &options.reset}})
        if (auto known = edition::check_parts(profile, option, *parts); !known) return tl::unexpected(known.error());
    if (render.json && !options.file.empty())
        return fail(ExitCode::usage, "--format json goes to stdout and not into a draft; leave FILE out");
    const auto file = render.json ? std::nullopt : edition::draft_file(profile, issue, options.file, context);
    if (!file && !options.reset.empty()) return fail(ExitCode::usage, "--reset needs a draft; name its FILE");

    const auto outcome = edition::run_harvest(context, profile, {issue.window.range(), issue},
                                              options.refresh ? edition::Again::read : edition::Again::look);
    if (!outcome) return tl::unexpected(outcome.error());
    auto record = edition::read_record(profile, cache::OpenMode::read_write,
                              {issue, render.layout, render.previous, render.json, &*outcome}, context);
    if (!record) return tl::unexpected(record.error());
    auto& [store, assembly] = *record;

    if (file && !outcome->complete())
        // What is missing would look like items that GitHub took back, and the merge would take them out.
        return fail(
            ExitCode::incomplete,
            file->string() + ": left as it is, because not everything arrived; run the same command again");
    if (!options.dry_run)
        if (auto kept = edition::remember_seen(profile, store, assembly, context.clock.now_seconds()); !kept)
            return tl::unexpected(kept.error());
    if (file)
        return edition::merge_into_file(profile, store, assembly.report,
                               render::render_parts(assembly.report, profile.form, {render.parts, render.all}),
                               {*file, options.dry_run, options.reset}, context);
    context.streams.out << report_text(profile, assembly, render);
    return outcome->complete() ? ExitCode::done : ExitCode::incomplete;
}

}  // namespace harvester::commands
