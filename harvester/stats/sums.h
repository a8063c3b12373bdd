// The measures that adding up gives.
#pragma once

#include <cstdint>

#include "stats/history.h"
#include "stats/measure.h"

namespace harvester::stats {

class Sums {
  public:
    void add(const Fact& fact) {
        ++merged_;
        bots_ += fact.bot;
        rollups_ += fact.rollup;
        backports_ += fact.backport;
        first_in_organisation_ += fact.first_in_organisation;
        first_in_repository_ += fact.first_in_repository;
        if (fact.sized()) {
            ++sized_;
            additions_ += fact.additions;
            deletions_ += fact.deletions;
            files_ += fact.changed_files > 0 ? fact.changed_files : 0;
        }
        if (fact.seconds_to_merge != unknown_time) {
            ++timed_;
            seconds_ += fact.seconds_to_merge;
        }
    }

    std::uint32_t merged() const { return merged_; }
    std::uint32_t without_size() const { return merged_ - sized_; }
    // All but percentiles and distinct authors.
    Values values() const;

  private:
    std::uint32_t merged_ = 0, bots_ = 0, rollups_ = 0, backports_ = 0;
    std::uint32_t first_in_organisation_ = 0, first_in_repository_ = 0;
    std::uint32_t sized_ = 0, timed_ = 0;
    // A fact's numbers have 32 bits: as many facts as fit into a cache don't overflow these.
    std::int64_t additions_ = 0, deletions_ = 0, files_ = 0, seconds_ = 0;
};

}  // namespace harvester::stats
