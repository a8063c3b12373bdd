// Profiles as text for people: what is in force and where it comes from, and a first profile to start from.
#pragma once

#include <optional>
#include <string>

#include "profile/profile.h"

namespace harvester::profile {

// The keys of a profile as TOML, each with the place where it is written in a comment. `effective`: those of
// the profiles that it extends and the defaults, too.
std::string profile_text(const ProfileReading& reading, const std::string& name, bool effective);

// A commented profile of about 30 lines for a newsletter of the organisation that appears on `weekday`
// ("Friday"); `date` is the day of its first issue.
std::string new_profile(const std::string& organisation, const std::string& weekday, Day date);

}  // namespace harvester::profile
