// Makes facts of the cache's rows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cache/store.h"
#include "stats/fact_kinds.h"
#include "stats/history.h"
#include "stats/kinds.h"

namespace harvester::stats {

// References what it is made with.
class FactReader {
  public:
    FactReader(const profile::StatsPolicy& policy, const std::string& organisation, const HistoryNeeds& needs,
               Names& names);

    // The file under queries/ whose rows are to be read.
    const char* question() const;
    // Adds to `part` what the row alone tells.
    void add_fact(const cache::Row& row, HistoryPart& part);
    // What names tell of facts that add_fact() made: who is a bot; facts of other organisations go.
    // Afterwards the texts of all their repositories and authors are known.
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
    Names& names_;
    std::optional<KindsByBranch> kinds_;  // where they are needed
    Remembered<CachedNames, IsBot> is_bot_;
    Remembered<CachedNames, IsOurs> is_ours_;
};

}  // namespace harvester::stats
