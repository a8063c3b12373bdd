#include "commands/render.h"

#include "commands/harvest_session.h"
#include "commands/period.h"
#include "commands/report_json.h"
#include "issue/render.h"

namespace harvester::commands {

std::string report_text(const profile::Profile& profile, const Assembly& assembly,
                        const RenderOptions& options) {
    if (options.json) return report_json(assembly, options.parts);
    return issue::render(assembly.report, profile.form, {options.parts, options.all});
}

Result<ExitCode> run_render(const RenderOptions& options, Context& context) {
    const auto profile = load_profile(context);
    if (!profile) return tl::unexpected(profile.error());
    const Day today = std::chrono::floor<std::chrono::days>(context.clock.now());
    const auto issue = option_issue(*profile, options.issue, today);
    if (!issue) return tl::unexpected(issue.error());
    const auto store = open_cache(context, cache::OpenMode::read_only);
    if (!store) return tl::unexpected(store.error());
    const auto assembly = assemble(*profile, *store, {*issue, options.layout, options.previous}, context);
    if (!assembly) return tl::unexpected(assembly.error());
    for (const std::string& warning : assembly->report.warnings) say(context, "warning: " + warning);
    context.streams.out << report_text(*profile, *assembly, options);
    return ExitCode::done;
}

}  // namespace harvester::commands
