// Which groups of one dimension a pull request belongs to.
#pragma once

#include <cstdint>
#include <vector>

#include "stats/dimension.h"
#include "stats/history.h"

namespace harvester::stats {

// Codes that no repository, author, label or size has.
inline constexpr std::int64_t no_label = -1;      // a pull request without any label (of a team)
inline constexpr std::int64_t unknown_size = -1;  // no size was harvested

struct GroupRules {
    IssueRhythm rhythm;
    // Added to each time of merge before it is put into a calendar group: lays an earlier range over a later
    // one.
    Seconds shift{0};
    const profile::StatsPolicy* policy = nullptr;
    const Names* names = nullptr;
};

class GroupCodes {
  public:
    GroupCodes(Dimension dimension, const GroupRules& rules);
    // Replaces `out` by the codes of a fact of `part`: one, or several where the dimension is so.
    void of(const Fact& fact, const HistoryPart& part, std::vector<std::int64_t>& out);

  private:
    void add_labels(const Fact& fact, const HistoryPart& part, std::vector<std::int64_t>& out);
    std::int64_t size_class(const Fact& fact) const;
    std::int64_t time_group(Instant merged_at);

    struct IsTeam {
        std::string prefix;
        bool operator()(const std::string& label) const { return label.starts_with(prefix); }
    };

    Dimension dimension_;
    GroupRules rules_;
    Remembered<Interner, IsTeam> is_team_;
    Range hour_{};  // of which the code is known
    std::int64_t code_of_hour_ = 0;
};

}  // namespace harvester::stats
