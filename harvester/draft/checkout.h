// Where the files of an issue lie in a checkout of the newsletter.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "model.h"
#include "profile/publish_policy.h"

namespace harvester::draft {

// "draft/{date}-x.md" with the issue's date and number.
std::string issue_path(const std::string& pattern, const Edition& issue);

// The first of the patterns that is a file, seen from `folder` or the nearest folder above it; the search
// ends at the top of the checkout. nullopt when there is none.
std::optional<std::filesystem::path> find_in_checkout(const std::filesystem::path& folder,
                                                      const std::vector<std::string>& patterns,
                                                      const Edition& issue);

}  // namespace harvester::draft
