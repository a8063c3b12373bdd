// What the week's performance report says about pull requests, as features of the score.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "base/failure.h"
#include "cache/store.h"
#include "profile/profile.h"

namespace harvester::edition {

class ReportMarks {
  public:
    // Reads the reports in the cache.
    static Result<ReportMarks> read(const profile::Profile& profile, const cache::Store& store);

    // By the URL of each pull request that the report of the edition of `date` links to: "report", and the
    // heading above the link, "report: improvements".
    std::unordered_map<std::string, std::vector<std::string>> of(const profile::Profile& profile,
                                                                 Day date) const;

  private:
    std::vector<std::vector<RepositoryFile>> files_;  // of each repository that holds reports
};

}  // namespace harvester::edition
