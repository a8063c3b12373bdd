#include "edition/week.h"

#include "edition/harvest_session.h"
#include "edition/period.h"

namespace harvester::edition {

Result<Week> open_week(const cli::Context& context, const std::string& issue) {
    auto profile = cli::load_profile(context);
    if (!profile) return tl::unexpected(profile.error());
    const Day today = std::chrono::floor<std::chrono::days>(context.clock.now());
    const auto named = option_edition(*profile, issue, today);
    if (!named) return tl::unexpected(named.error());
    return Week{std::move(*profile), *named};
}

Result<Record> read_record(const profile::Profile& profile, cache::OpenMode mode,
                           const AssembleOptions& options, cli::Context& context) {
    auto store = open_cache(context, mode);
    if (!store) return tl::unexpected(store.error());
    // One view: what another process harvests meanwhile is in none of the parts.
    Result<Assembly> assembly;
    const auto read = store->with_one_view([&]() -> Result<void> {
        assembly = assemble(profile, *store, options, context);
        return {};
    });
    if (!read) return tl::unexpected(read.error());
    if (!assembly) return tl::unexpected(assembly.error());
    for (const std::string& warning : assembly->report.warnings) cli::say(context, "warning: " + warning);
    return Record{std::move(*store), std::move(*assembly)};
}

}  // namespace harvester::edition
