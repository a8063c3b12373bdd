// Writes what a harvest asks: search texts from the profile's templates, and the calls that carry them with
// the variables of the documents in queries/github/. Pure.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "github/client.h"
#include "github/decode.h"
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

// One page of one search.
struct PageQuery {
    std::string search;  // text
    std::string cursor;  // empty: from the start
};

inline constexpr int counts_in_a_call = 20;
inline constexpr int searches_in_a_sweep = 10;  // with the listing
inline constexpr std::size_t files_in_a_call = 4;

github::Call merged_call(const PageQuery& page);
// Requires 1..counts_in_a_call searches; the answer's aliases are count1, count2, ...
github::Call counts_call(std::span<const std::string> searches);
github::Call part_call(const github::Continuation& part);

// What to list of a repository.
struct ListingQuery {
    std::string repository;
    std::vector<std::string> folders;  // at most three
    bool open_pull_requests = false;
};

struct FileQuery {
    std::string head;  // commit to read from; empty: the default branch's head
    std::string path;
};

// Requires 1..files_in_a_call files; FileText::slot counts from 1.
github::Call files_call(const std::string& repository, std::span<const FileQuery> files);

// What a second look asks; see queries/github/second_look.graphql. Empty parts are left out.
struct SecondLookQuery {
    struct Repository {
        std::string name;     // "owner/name"
        bool merges = false;  // ask for its merged pull requests; only of the first three
    };
    std::vector<std::string> ids;  // at most a hundred
    PageQuery updated;
    std::vector<Repository> repositories;  // at most repositories_in_a_second_look

    bool empty() const { return ids.empty() && updated.search.empty() && repositories.empty(); }
};

github::Call second_look_call(const SecondLookQuery& query);

// Puts searches and a listing into one request as long as there are slots.
class Sweep {
  public:
    // The alias under which the answer will come; empty: no slot of that kind is left.
    std::string add(profile::Reading reading, const PageQuery& page);
    bool add(const ListingQuery& listing);  // false: there is a listing already
    bool empty() const { return variables_.empty(); }
    github::Call call() const;

  private:
    std::map<std::string, std::string> variables_;  // name to JSON value
    std::size_t merged_ = 0, labelled_ = 0, paths_ = 0;
    bool listing_ = false;
};

}  // namespace harvester::harvest
