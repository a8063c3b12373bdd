// harvest/: joins github and cache. Plans what to ask for a period, proves that all of it arrived, and keeps
// it. This header writes GitHub search texts from the profile's templates.
#pragma once

#include <string>

#include "base/time.h"
#include "profile/profile.h"

namespace harvester::harvest {

// The search's text for moments in [range.from, range.to), of the whole place (repository empty) or one
// repository. GitHub's ranges include both ends and count seconds, so the last one asked is range.to - 1 s.
// open_end: everything from range.from on.
std::string search_text(const profile::Profile& profile, const profile::SearchPolicy& search,
                        const Range& range, const std::string& repository, bool open_end);

// The same search, of the items that were updated at `since` or later.
std::string updated_since(std::string search, Instant since);

// Name of the search in the ledger: "NAME: TEXT" with {range} left as it is, so that a search that asks for
// something else has another name.
std::string ledger_name(const profile::Profile& profile, const profile::SearchPolicy& search);
std::string ledger_name(const profile::FilesPolicy& files);

// The name that the profile gave, from a ledger name.
std::string short_name(const std::string& ledger_name);

// Whose items a search gives: the owner of its repository, else the organisation.
std::string owner_of(const profile::Profile& profile, const profile::SearchPolicy& search);

}  // namespace harvester::harvest
