// What `learn` learns from: published issues, and the merged pull requests of their windows.
#pragma once

#include <filesystem>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/failure.h"
#include "cache/store.h"
#include "editorial/decide.h"
#include "draft/published_issue.h"
#include "profile/profile.h"

namespace harvester::edition {

// One issue of the past, ready to be decided again.
struct PastIssue {
    editorial::DecideContext context;
    std::unordered_set<std::string> printed;  // "OWNER/NAME#1": what its list holds
    std::vector<Item> merged;                 // in its window, until its list was closed
};

// "OWNER/NAME#1": names a pull request whatever its URL looked like then.
std::string item_key(const std::string& repository, std::int64_t number);

struct PublishedFolder {
    std::vector<std::pair<Day, draft::PublishedIssue>> issues;  // by date
    std::vector<std::string> oddities;                          // for people
};

// All files "YYYY-MM-DD*.md" of a folder (or of its content/). Fails with ExitCode::file when there is none.
Result<PublishedFolder> read_published_folder(const profile::Profile& profile,
                                              const std::filesystem::path& folder);

// The issues from..until with what was merged before them, oldest first; the issues before `from` tell what
// was printed already. Issues in whose window the cache has nothing are left out.
Result<std::vector<PastIssue>> past_issues(const profile::Profile& profile, const cache::Store& store,
                                           const PublishedFolder& published, Day from, Day until);

}  // namespace harvester::edition
