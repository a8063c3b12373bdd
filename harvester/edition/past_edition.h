// Published editions with the merged pull requests of their windows: what `learn` fits and measures.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/failure.h"
#include "cache/store.h"
#include "draft/published_issue.h"
#include "editorial/decide.h"
#include "profile/profile.h"

namespace harvester::edition {

// One edition of the past, ready to be decided again.
struct PastEdition {
    editorial::DecideContext context;
    std::vector<draft::PublishedItem> printed;  // its list, in its order
    std::vector<Item> merged;                   // in its window, until its list was closed
};

// "OWNER/NAME#1": identifies a pull request whatever its URL looked like then.
std::string item_key(const std::string& repository, std::int64_t number);

struct PublishedFolder {
    std::vector<std::pair<Day, draft::PublishedIssue>> editions;  // by date
    std::vector<std::string> oddities;                            // for people
};

// All files "YYYY-MM-DD*.md" of a folder (or of its content/). Editions without a list, or in which it can't
// be read, are left out. Fails with ExitCode::file when there is no such file.
Result<PublishedFolder> read_published_folder(const profile::Profile& profile,
                                              const std::filesystem::path& folder);

// The editions from..until with what was merged before them, oldest first; the editions before `from` say
// what was printed already. Editions in whose window the cache has nothing are left out.
Result<std::vector<PastEdition>> past_editions(const profile::Profile& profile, const cache::Store& store,
                                               const PublishedFolder& published, Day from, Day until);

}  // namespace harvester::edition
