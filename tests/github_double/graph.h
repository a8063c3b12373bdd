// Parts of the graph that several tables of resolvers need.
#pragma once

#include "connection.h"
#include "world.h"

namespace github_double {

struct Ref {
    const Repository* repository = nullptr;
    std::string branch;
    const Commit* head = nullptr;
    std::string id() const;
};

Value person_or_null(const Person* person);
Object owner_of(const Repository& repository);
Value branch_or_null(const Repository& repository, const std::string& branch);
std::string commit_url(const Commit& commit);

// A revision as git names it: HEAD, a branch, refs/heads/..., refs/pull/N/head, or (the start of) an oid.
const Commit* find_revision(World& world, const Repository& repository, const std::string& revision);

}  // namespace github_double
