#include "edition/week.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "edition/harvest_session.h"
#include "edition/period.h"
#include "profile/calendar.h"

namespace harvester::edition {

Result<Week> open_week(const cli::Context& context, const std::string& issue) {
    auto profile = cli::load_profile(context);
    if (!profile) return tl::unexpected(profile.error());
    const Day today = std::chrono::floor<std::chrono::days>(context.clock.now());
    const auto named = option_edition(*profile, issue, today);
    if (!named) return tl::unexpected(named.error());
    return Week{std::move(*profile), *named};
}

Result<Week> open_week(const cli::Context& context, const PeriodOptions& period) {
    if (period.from.empty() && period.to.empty()) return open_week(context, period.issue);
    auto profile = cli::load_profile(context);
    if (!profile) return tl::unexpected(profile.error());
    const Day today = std::chrono::floor<std::chrono::days>(context.clock.now());
    const auto window = resolve_period(*profile, period, today);
    if (!window) return tl::unexpected(window.error());
    const Day first = std::chrono::floor<std::chrono::days>(window->range.from);
    const Day after = std::chrono::floor<std::chrono::days>(window->range.to);
    Edition edition = profile::next_edition(*profile, after);
    edition.date = after;
    edition.window = {first, after - std::chrono::days{1}};
    return Week{std::move(*profile), edition};
}

Result<void> check_parts(const profile::Profile& profile, const std::string& option,
                         const std::vector<std::string>& parts) {
    for (const std::string& part : parts) {
        if (profile.form.find_part(part) != nullptr) continue;
        std::vector<std::string> known;
        for (const profile::PartPolicy& policy : profile.form.parts) known.push_back(policy.name);
        return fail(ExitCode::usage, fmt::format("{} {}: there is no such part; the profile has {}", option,
                                                 part, fmt::join(known, ", ")));
    }
    return {};
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
