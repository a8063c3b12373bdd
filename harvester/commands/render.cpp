#include "commands/render.h"

#include "commands/report_json.h"
#include "commands/week.h"
#include "issue/render.h"

namespace harvester::commands {

std::string report_text(const profile::Profile& profile, const Assembly& assembly,
                        const RenderOptions& options) {
    if (options.json) return report_json(assembly, options.parts);
    return issue::render(assembly.report, profile.form, {options.parts, options.all});
}

Result<ExitCode> run_render(const RenderOptions& options, Context& context) {
    const auto week = open_week(context, options.issue);
    if (!week) return tl::unexpected(week.error());
    const auto record = read_record(week->profile, cache::OpenMode::read_only,
                                    {week->issue, options.layout, options.previous, options.json}, context);
    if (!record) return tl::unexpected(record.error());
    context.streams.out << report_text(week->profile, record->assembly, options);
    return ExitCode::done;
}

}  // namespace harvester::commands
