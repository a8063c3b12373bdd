// What merged pull requests can be grouped by. A group is a number (its code) while counting and a text (its
// key) when written.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/time.h"

namespace harvester::stats {

enum class Dimension { repository, author, team, label, day, week, issue, month, year, weekday, hour, size };

struct DimensionInfo {
    Dimension dimension;
    std::string_view name;     // for options, CSV and JSON
    std::string_view heading;  // for people
    bool calendar;             // days, weeks ...: groups that follow each other in time
    bool cyclic;               // weekdays, hours
    bool several;              // a pull request may be in several groups, or in none
};

// Whether the codes of its groups sort in the order of time or size; others sort by their text.
bool has_order(Dimension dimension);

std::span<const DimensionInfo> all_dimensions();
const DimensionInfo& info(Dimension dimension);
std::optional<Dimension> find_dimension(std::string_view name);

// When issues appear; see Profile.
struct IssueRhythm {
    Day first_issue{};     // the date of any issue
    int window_last = -1;  // last day an issue reports, counted from its date
};

// The code of a calendar or cyclic group that holds `moment` (UTC): a day number for days, weeks (its Monday)
// and issues (the issue's date), months since year 0, the year, 0 Monday .. 6 Sunday, the hour. An issue's
// week is the seven days that end with the last day of its window, so that each day counts once.
std::int64_t time_code(Dimension dimension, Instant moment, const IssueRhythm& rhythm);

// "2024-11-05", "2024-W45" (ISO 8601), "2024-11", "2024", "Tuesday", "08".
std::string time_key(Dimension dimension, std::int64_t code);

// The time that a calendar group takes; requires a calendar dimension.
Range time_range(Dimension dimension, std::int64_t code, const IssueRhythm& rhythm);

// The code of the group after this one; requires a calendar dimension.
std::int64_t next_code(Dimension dimension, std::int64_t code);

}  // namespace harvester::stats
