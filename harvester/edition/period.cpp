#include "edition/period.h"

#include <fmt/format.h>

#include "profile/calendar.h"

namespace harvester::edition {

Result<Day> option_day(const std::string& option, const std::string& text) {
    if (const auto day = parse_day(text)) return *day;
    return fail(ExitCode::usage,
                fmt::format("{} {}: there is no such day; write it as YYYY-MM-DD, for example {} 2024-11-13", option, text, option));
}

Result<Edition> option_edition(const profile::Profile& profile, const std::string& text, Day today) {
    if (text.empty()) return profile::next_edition(profile, today);
    const auto day = option_day("--issue", text);
    if (!day) return tl::unexpected(day.error());
    auto issue = profile::edition_of(profile, *day);
    if (!issue) return fail(ExitCode::usage, "--issue " + issue.error().message);
    return issue;
}

Result<Period> resolve_period(const profile::Profile& profile, const PeriodOptions& options, Day today) {
    if (options.from.empty() && options.to.empty()) {
        const auto issue = option_edition(profile, options.issue, today);
        if (!issue) return tl::unexpected(issue.error());
        return Period{issue->window.range(), *issue};
    }
    if (!options.issue.empty())
        return fail(ExitCode::usage, "--issue and --from/--to exclude each other; give one of them");
    if (options.from.empty() || options.to.empty())
        return fail(ExitCode::usage, "--from and --to go together, both inclusive: --from 2024-11-05 --to 2024-11-12");
    const auto from = option_day("--from", options.from);
    if (!from) return tl::unexpected(from.error());
    const auto to = option_day("--to", options.to);
    if (!to) return tl::unexpected(to.error());
    if (*from > *to)
        return fail(ExitCode::usage, fmt::format("--from {} is after --to {}; swap them", options.from, options.to));
    return Period{{*from, *to + std::chrono::days{1}}, std::nullopt};
}

}  // namespace harvester::edition
