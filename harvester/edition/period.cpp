#include "edition/period.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "profile/calendar.h"

namespace harvester::edition {

Result<Day> option_day(const std::string& option, const std::string& text) {
    if (const auto day = parse_day(text)) return *day;
    return fail(ExitCode::usage,
                fmt::format("{} {}: there is no such day; write it as YYYY-MM-DD, for example {} 2024-11-13",
                            option, text, option));
}

Result<Edition> option_edition(const profile::Profile& profile, const std::string& text, Day today) {
    if (text.empty()) return profile::next_edition(profile, today);
    const auto day = option_day("--issue", text);
    if (!day) return tl::unexpected(day.error());
    auto issue = profile::edition_of(profile, *day);
    if (!issue) return fail(ExitCode::usage, "--issue " + issue.error().message);
    return issue;
}

Result<Range> option_days(const std::string& option, const std::string& text) {
    const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '-'; });
    if (digits && text.size() == 4) {
        if (const auto first = parse_day(text + "-01-01"))
            return Range{*first,
                         Day{(std::chrono::year_month_day{*first}.year() + std::chrono::years{1}) / 1 / 1}};
    } else if (digits && text.size() == 7) {
        if (const auto first = parse_day(text + "-01")) {
            const std::chrono::year_month_day date{*first};
            return Range{*first, Day{(date.year() / date.month() + std::chrono::months{1}) / 1}};
        }
    }
    const auto day = parse_day(text);
    if (!day)
        return fail(ExitCode::usage, fmt::format("{0} {1}: there is no such day; write a day, a month or a "
                                                 "year: {0} 2024-11-13, {0} 2024-11 or {0} 2024",
                                                 option, text));
    return Range{*day, *day + std::chrono::days{1}};
}

Result<Period> resolve_period(const profile::Profile& profile, const PeriodOptions& options, Day today,
                              OpenEnd open_end) {
    if (options.from.empty() && options.to.empty()) {
        const auto issue = option_edition(profile, options.issue, today);
        if (!issue) return tl::unexpected(issue.error());
        return Period{issue->window.range(), *issue};
    }
    if (!options.issue.empty())
        return fail(ExitCode::usage, "--issue and --from/--to exclude each other; give one of them");
    if (options.from.empty())
        return fail(ExitCode::usage,
                    fmt::format("--to {0} needs --from: --from 2024-11-05 --to {0}", options.to));
    const auto from = option_days("--from", options.from);
    if (!from) return tl::unexpected(from.error());
    if (options.to.empty()) {
        if (open_end == OpenEnd::refused)
            return fail(ExitCode::usage,
                        fmt::format("--from {0} needs --to, both inclusive: --from {0} --to {1}",
                                    options.from, format_day(today)));
        if (from->from > Instant{today})
            return fail(ExitCode::usage,
                        fmt::format("--from {} is in the future; give an earlier day", options.from));
        return Period{{from->from, today + std::chrono::days{1}}, std::nullopt};
    }
    const auto to = option_days("--to", options.to);
    if (!to) return tl::unexpected(to.error());
    if (from->from >= to->to)
        return fail(ExitCode::usage,
                    fmt::format("--from {} is after --to {}; swap them", options.from, options.to));
    return Period{{from->from, to->to}, std::nullopt};
}

}  // namespace harvester::edition
