// Which issue is when, and which days it reports.
#pragma once

#include <optional>

#include "base/failure.h"
#include "model.h"
#include "profile/profile.h"

namespace harvester::profile {

// The issue of a date. Fails with ExitCode::usage when the date isn't the newsletter's weekday.
Result<Edition> edition_of(const profile::Profile& profile, Day date);

// The next issue to be published: the coming weekday, today's included.
Edition next_edition(const profile::Profile& profile, Day today);

// The issue a week earlier.
Edition previous_edition(const profile::Profile& profile, const Edition& issue);

}  // namespace harvester::profile
