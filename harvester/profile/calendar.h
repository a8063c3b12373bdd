// Which issue is when, and which days it reports.
#pragma once

#include <optional>

#include "base/failure.h"
#include "model.h"
#include "profile/profile.h"

namespace harvester::profile {

// The issue of a date. Fails with ExitCode::usage when no issue appears on that date.
Result<Edition> edition_of(const profile::Profile& profile, Day date);

// The next issue to be published, today's included.
Edition next_edition(const profile::Profile& profile, Day today);

// The issue before.
Edition previous_edition(const profile::Profile& profile, const Edition& issue);

}  // namespace harvester::profile
