// Recognises texts by the profile's patterns and lists.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "profile/stats_policy.h"

namespace re2 {
class RE2;
}

namespace harvester::stats {

// Any of several patterns, compiled into one.
class AnyOf {
  public:
    enum class Match { anywhere, whole };
    // Requires patterns that RE2 takes; the profile's reader has checked them.
    AnyOf(const std::vector<std::string>& patterns, Match match, bool ignore_case);
    AnyOf(AnyOf&&) noexcept;
    ~AnyOf();
    bool operator()(std::string_view text) const;

  private:
    std::unique_ptr<re2::RE2> pattern_;  // null: nothing fits
};

// ASCII letters alike in upper and lower case, as GitHub compares logins, labels and repositories.
bool same_name(std::string_view a, std::string_view b);

// Whether one of `names` is `text`.
bool listed(const std::vector<std::string>& names, std::string_view text);

// Whether one of `names` is the repository, with its owner or without.
bool listed_repository(const std::vector<std::string>& names, std::string_view repository);

}  // namespace harvester::stats
