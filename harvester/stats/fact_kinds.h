// Tells rollups and backports by base branch, title and label. Each only adds to what the others found.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "profile/stats_policy.h"
#include "stats/history.h"
#include "stats/kinds.h"

namespace harvester::stats {

class KindsByBranch {
  public:
    explicit KindsByBranch(const profile::StatsPolicy& policy);
    void mark(std::string_view branch, Fact& fact);

  private:
    Interner branches_;
    Remembered<Interner, AnyOf> rollup_, backport_;
};

class KindsByTitle {
  public:
    explicit KindsByTitle(const profile::StatsPolicy& policy);
    void mark(HistoryPart& part) const;

  private:
    AnyOf rollup_, backport_;
    AnyOf either_;
};

class KindsByLabel {
  public:
    // References `labels`.
    KindsByLabel(const profile::StatsPolicy& policy, const Interner& labels);
    void mark(HistoryPart& part);

  private:
    using Ask = std::function<bool(const std::string&)>;
    Remembered<Interner, Ask> rollup_, backport_;
};

}  // namespace harvester::stats
