#include "profile/calendar.h"

#include <fmt/format.h>

namespace harvester::profile {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::year_month_day;

int days_between(const Profile& profile) {
    return profile.rhythm == Rhythm::fortnightly ? 14 : 7;
}

// The date of the issue `count` issues after the first.
Day date_of(const Profile& profile, int count) {
    if (profile.rhythm == Rhythm::monthly) return year_month_day{profile.first_issue} + months{count};
    return profile.first_issue + days{days_between(profile) * count};
}

// How many issues after the first the last one is that appears on `day` or before it.
int count_until(const Profile& profile, Day day) {
    if (profile.rhythm != Rhythm::monthly) {
        const std::int64_t passed = (day - profile.first_issue).count(), step = days_between(profile);
        return static_cast<int>(passed >= 0 ? passed / step : -((step - 1 - passed) / step));
    }
    const year_month_day first{profile.first_issue}, date{day};
    const int count = static_cast<int>((date.year() / date.month() - first.year() / first.month()).count());
    return date_of(profile, count) <= day ? count : count - 1;
}

Edition make_edition(const Profile& profile, int count) {
    const Day date = date_of(profile, count);
    const Day first =
        profile.window_follows ? date_of(profile, count - 1) : date + days{profile.window_first};
    const Day last = date + days{profile.window_last};
    return {date, profile.first_number + count, {first, last}};
}

}  // namespace

Result<Edition> edition_of(const Profile& profile, Day date) {
    const int count = count_until(profile, date);
    if (date_of(profile, count) == date) return make_edition(profile, count);
    return fail(ExitCode::usage,
                fmt::format("{} is not a day on which issues appear; the issues around it are {} and {}",
                            format_day(date), format_day(date_of(profile, count)),
                            format_day(date_of(profile, count + 1))));
}

Edition next_edition(const Profile& profile, Day today) {
    const int count = count_until(profile, today);
    return make_edition(profile, date_of(profile, count) == today ? count : count + 1);
}

Edition previous_edition(const Profile& profile, const Edition& issue) {
    return make_edition(profile, count_until(profile, issue.date) - 1);
}

}  // namespace harvester::profile
