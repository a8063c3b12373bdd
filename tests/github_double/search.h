// Search for issues and pull requests by GitHub's qualifiers.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "world.h"

namespace github_double {

struct Hits {
    std::int64_t count = 0;          // all that match
    std::vector<const Item*> items;  // in order, at most the thousand that GitHub hands out
};

// Hits of a query; remembered, so that the pages of a search cost one scan. One thread at a time.
class Search {
  public:
    std::shared_ptr<const Hits> find(World& world, const std::string& query);

  private:
    std::uint64_t version_ = 0;
    std::map<std::string, std::shared_ptr<const Hits>> known_;
};

}  // namespace github_double
