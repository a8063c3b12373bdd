// Which issue is when, and which days it reports.
#pragma once

#include <optional>

#include "base/failure.h"
#include "model.h"
#include "profile/profile.h"

namespace harvester::issue {

// The issue of a date. Fails with ExitCode::usage when the date isn't the newsletter's weekday.
Result<Issue> issue_of(const profile::Profile& profile, Day date);

// The next issue to be published: the coming weekday, today's included.
Issue next_issue(const profile::Profile& profile, Day today);

// The issue a week earlier.
Issue previous_issue(const profile::Profile& profile, const Issue& issue);

}  // namespace harvester::issue
