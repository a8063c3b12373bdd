// Groups facts and measures each group.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "stats/blocks.h"
#include "stats/group_codes.h"
#include "stats/history.h"
#include "stats/keys.h"
#include "stats/measure.h"
#include "stats/sums.h"

namespace harvester::stats {

// The codes of a group, one for each grouping asked for (0 where there is none).
using GroupCode = std::pair<std::int64_t, std::int64_t>;

struct Group {
    GroupCode code;
    Values values;
};

struct Tally {
    std::vector<Group> groups;  // in no order
    Values total;               // each pull request once, whatever groups it is in
    std::int64_t without_size = 0;
};

struct Percentile {
    Measure measure;
    double rank;
};
// Highest first.
inline constexpr std::array<Percentile, 4> all_percentiles = {{{Measure::time_p99, 0.99},
                                                               {Measure::time_p90, 0.9},
                                                               {Measure::time_p75, 0.75},
                                                               {Measure::time_median, 0.5}}};

struct TallyRules {
    std::vector<Dimension> by;
    GroupRules groups;
    // What sums don't give has to be kept of each pull request; without, these measures are not known.
    std::vector<Percentile> percentiles;  // highest first
    bool authors = false;
};

// What is kept of each pull request, by its number in the order of time; only what is asked for.
struct Kept {
    static constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();
    Blocks<std::uint32_t> times;    // seconds to merge; unknown_time
    Blocks<std::uint32_t> authors;  // nobody for bots and accounts that are gone
};

// Counts part by part. Of each pull request it keeps a few bytes: what the measures asked for need.
class Counter {
  public:
    explicit Counter(const TallyRules& rules);
    void add(const HistoryPart& part);
    // To be called once.
    Tally finish();

  private:
    struct RunningGroup {
        GroupCode code;
        Sums sums;
    };

    void add_to_groups(const Fact& fact, const HistoryPart& part, std::uint32_t pull_request);
    std::uint32_t group(GroupCode code);
    bool keeps_members() const { return !rules_.percentiles.empty() || rules_.authors; }
    // The pull requests of all groups, one group after the other.
    std::vector<std::uint32_t> members_by_group() const;

    TallyRules rules_;
    std::vector<GroupCodes> codes_of_;               // by grouping
    bool several_ = false;                           // a pull request may be in several groups
    std::vector<std::int64_t> firsts_, seconds_{0};  // codes of one fact
    KeyNumbers first_numbers_, second_numbers_;
    PairNumbers group_numbers_;  // of two groupings; with one, the group's number is the first's

    Sums total_;
    Blocks<RunningGroup> groups_;
    Kept kept_;
    Blocks<std::uint32_t> groups_of_members_;
    Blocks<std::uint32_t> members_;  // pull requests; empty unless several_: each is its own member
};

}  // namespace harvester::stats
