#include "commands/render.h"

#include "edition/report_json.h"
#include "edition/week.h"
#include "render/render.h"

namespace harvester::commands {

std::string report_text(const profile::Profile& profile, const edition::Assembly& assembly,
                        const RenderOptions& options) {
    if (options.json) return edition::report_json(profile.form, assembly, options.parts);
    return render::render(assembly.report, profile.form, {options.parts, options.all});
}

Result<ExitCode> run_render(const RenderOptions& options, cli::Context& context) {
    const auto week =
        edition::open_week(context, edition::PeriodOptions{options.issue, options.from, options.to});
    if (!week) return tl::unexpected(week.error());
    if (auto known = edition::check_parts(week->profile, "--part", options.parts); !known)
        return tl::unexpected(known.error());
    const auto record =
        edition::read_record(week->profile, cache::OpenMode::read_only,
                             {week->issue, options.layout, options.previous, options.json}, context);
    if (!record) return tl::unexpected(record.error());
    context.streams.out << report_text(week->profile, record->assembly, options);
    return ExitCode::done;
}

}  // namespace harvester::commands
