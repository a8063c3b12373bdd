#include "profile/calendar.h"

#include <fmt/format.h>

namespace harvester::profile {
namespace {

using std::chrono::days;

Edition make_edition(const profile::Profile& profile, Day date) {
    const auto weeks = (date - profile.first_issue).count() / 7;
    return {date, profile.first_number + static_cast<int>(weeks),
            {date + days{profile.window_first}, date + days{profile.window_last}}};
}

}  // namespace

Result<Edition> edition_of(const profile::Profile& profile, Day date) {
    const std::chrono::weekday wanted{profile.weekday};
    const std::chrono::weekday got{date};
    if (got != wanted) {
        const Edition next = next_edition(profile, date);
        return fail(ExitCode::usage, fmt::format("{} is not the weekday on which issues appear; the issues around it are {} and {}",
                                                 format_day(date), format_day(next.date - days{7}), format_day(next.date)));
    }
    return make_edition(profile, date);
}

Edition next_edition(const profile::Profile& profile, Day today) {
    const auto ahead = std::chrono::weekday{profile.weekday} - std::chrono::weekday{today};
    return make_edition(profile, today + ahead);
}

Edition previous_edition(const profile::Profile& profile, const Edition& issue) {
    return make_edition(profile, issue.date - days{7});
}

}  // namespace harvester::profile
