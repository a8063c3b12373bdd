// Makes facts of the cache's rows.
#pragma once

#include <string>
#include <vector>

#include "cache/store.h"
#include "stats/history.h"
#include "stats/kinds.h"

namespace harvester::stats {

// Tells rollups and backports by title and base branch.
class KindsByText {
  public:
    explicit KindsByText(const profile::StatsPolicy& policy);
    void mark(std::string_view title, std::string_view branch, Fact& fact);

  private:
    struct Into {
        const AnyOf* rule;
        bool operator()(const std::string& branch) const { return (*rule)(branch); }
    };

    KindRule rollup_, backport_;
    AnyOf either_;  // of both kinds' titles
    Interner branches_;
    Remembered<Interner, Into> into_rollup_{branches_, Into{&rollup_.branches}};
    Remembered<Interner, Into> into_backport_{branches_, Into{&backport_.branches}};
};

// References what it is made with.
class FactReader {
  public:
    FactReader(const profile::StatsPolicy& policy, const std::string& organisation, const HistoryNeeds& needs,
               Names& names);

    // The file under queries/ whose rows are to be read.
    const char* question() const;
    // What the row alone tells.
    Fact fact(const cache::Row& row);
    // What names tell of facts that fact() gave: who is a bot; facts of other organisations go. Afterwards
    // the texts of all their repositories and authors are known.
    Result<void> complete(const cache::Store& store, std::vector<Fact>& facts);

  private:
    struct IsBot {
        AnyOf bots;
        bool operator()(const std::string& login) const { return bots(login); }
    };
    struct IsOurs {
        std::string owner;  // "rust-lang/"
        bool operator()(const std::string& repository) const { return repository.starts_with(owner); }
    };

    HistoryNeeds needs_;
    bool in_full_;
    Names& names_;
    KindsByText kinds_;
    Remembered<CachedNames, IsBot> is_bot_;
    Remembered<CachedNames, IsOurs> is_ours_;
};

}  // namespace harvester::stats
