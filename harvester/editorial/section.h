// Under which heading an item stands, or in which block of the one list.
#pragma once

#include <string>

#include "model.h"
#include "profile/editorial_policy.h"

namespace harvester::editorial {

struct SectionChoice {
    std::string section;
    std::string reason;  // one sentence
};

// The policy of an item's repository; null: it isn't reported.
const profile::RepositoryPolicy* repository_policy(const profile::EditorialPolicy& policy,
                                                   const std::string& repository);

// By repository; where the repository is sorted by label, by label; where labels tell nothing or several
// things, by the title's cues; then the repository's own section.
SectionChoice section_of(const profile::EditorialPolicy& policy, const profile::RepositoryPolicy& repository,
                         const Item& item);

// Place in the policy's order; after all when it isn't there.
std::size_t section_place(const profile::EditorialPolicy& policy, const std::string& section);
std::size_t block_place(const profile::EditorialPolicy& policy, const Item& item, const std::string& section);

}  // namespace harvester::editorial
