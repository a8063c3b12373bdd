#include "commands/draft.h"

#include "commands/draft_target.h"
#include "commands/harvest_session.h"
#include "commands/period.h"
#include "issue/render.h"

namespace harvester::commands {
namespace {

std::vector<issue::RenderedPart> rendered_parts(const profile::Profile& profile, const Assembly& assembly, const RenderOptions& options) {
    std::vector<issue::RenderedPart> parts;
    for (issue::PartText& part : issue::render_parts(assembly.report, profile.form, {options.parts, options.all}))
        parts.push_back({std::move(part.part), std::move(part.text)});
    return parts;
}

}  // namespace

Result<ExitCode> run_draft(const DraftOptions& options, Context& context) {
    const auto profile = load_profile(context);
    if (!profile) return tl::unexpected(profile.error());
    const Day today = std::chrono::floor<std::chrono::days>(context.clock.now());
    const auto issue = option_issue(*profile, options.render.issue, today);
    if (!issue) return tl::unexpected(issue.error());
    const auto file = options.render.json ? std::nullopt : draft_file(*profile, *issue, options.file, context);
    if (options.render.json && !options.file.empty())
        return fail(ExitCode::usage, "--format json goes to stdout and not into a draft; leave FILE out");
    if (!file && !options.reset.empty()) return fail(ExitCode::usage, "--reset needs a draft; name its FILE");

    const auto outcome = run_harvest(context, *profile, {issue->window.range(), *issue}, options.refresh);
    if (!outcome) return tl::unexpected(outcome.error());
    auto store = open_cache(context, cache::OpenMode::read_write);
    if (!store) return tl::unexpected(store.error());
    const auto assembly = assemble(*profile, *store, {*issue, options.render.layout, options.render.previous}, context);
    if (!assembly) return tl::unexpected(assembly.error());
    for (const std::string& warning : assembly->report.warnings) say(context, "warning: " + warning);

    if (file && !outcome->complete())
        // What is missing would look like items that GitHub took back, and the merge would take them out.
        return fail(ExitCode::incomplete, file->string() + ": left as it is, because not everything arrived; run the same command again");
    if (!options.dry_run)
        if (auto kept = remember_seen(*profile, *store, *assembly, context.clock.now_seconds()); !kept) return tl::unexpected(kept.error());
    if (file)
        return merge_into_file(*profile, *store, assembly->report, rendered_parts(*profile, *assembly, options.render),
                               {*file, options.dry_run, options.reset}, context);
    context.streams.out << report_text(*profile, *assembly, options.render);
    return outcome->complete() ? ExitCode::done : ExitCode::incomplete;
}

}  // namespace harvester::commands
