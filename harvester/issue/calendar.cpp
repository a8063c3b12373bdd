#include "issue/calendar.h"

#include <fmt/format.h>

namespace harvester::issue {
namespace {

using std::chrono::days;

Issue make_issue(const profile::Profile& profile, Day date) {
    const auto weeks = (date - profile.first_issue).count() / 7;
    return {date, profile.first_number + static_cast<int>(weeks),
            {date + days{profile.window_first}, date + days{profile.window_last}}};
}

}  // namespace

Result<Issue> issue_of(const profile::Profile& profile, Day date) {
    const std::chrono::weekday wanted{profile.weekday};
    const std::chrono::weekday got{date};
    if (got != wanted) {
        const Issue next = next_issue(profile, date);
        return fail(ExitCode::usage, fmt::format("{} is not the weekday on which issues appear; the issues around it are {} and {}",
                                                 format_day(date), format_day(next.date - days{7}), format_day(next.date)));
    }
    return make_issue(profile, date);
}

Issue next_issue(const profile::Profile& profile, Day today) {
    const auto ahead = std::chrono::weekday{profile.weekday} - std::chrono::weekday{today};
    return make_issue(profile, today + ahead);
}

Issue previous_issue(const profile::Profile& profile, const Issue& issue) {
    return make_issue(profile, issue.date - days{7});
}

}  // namespace harvester::issue
