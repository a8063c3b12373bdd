#include "stats/sums.h"

namespace harvester::stats {

Values Sums::values() const {
    Values v;
    v.set(Measure::merged, merged_);
    v.set(Measure::first_organisation, first_in_organisation_);
    v.set(Measure::first_repository, first_in_repository_);
    v.set(Measure::by_bots, bots_);
    v.set(Measure::rollups, rollups_);
    v.set(Measure::backports, backports_);
    if (sized_ > 0 || merged_ == 0) {
        v.set(Measure::additions, static_cast<double>(additions_));
        v.set(Measure::deletions, static_cast<double>(deletions_));
        v.set(Measure::changed_files, static_cast<double>(files_));
    }
    if (merged_ > 0) {
        const double merged = merged_;
        v.set(Measure::rollup_share, rollups_ / merged);
        v.set(Measure::backport_share, backports_ / merged);
    }
    if (timed_ > 0) v.set(Measure::time_mean, static_cast<double>(seconds_) / static_cast<double>(timed_));
    return v;
}

}  // namespace harvester::stats
