// Numbers as people read them.
#pragma once

#include <optional>
#include <string>

#include "stats/measure.h"

namespace harvester::stats {

inline constexpr const char* unknown = "–";

// "12,345", "2 d 3 h", "4.5 %"; `unknown` for nullopt.
std::string format_value(Unit unit, const std::optional<double>& value);

// "+12 (+3.4 %)"; shares change by percentage points ("+1.2 pp"). `unknown` when either isn't known.
std::string format_change(Unit unit, const std::optional<double>& before, const std::optional<double>& now);

// Now, and how it changed: "515 ▲ 5.3 %", "515 ▼ 3" where there was nothing before, "515 =" without a change.
std::string format_now_and_change(Unit unit, const std::optional<double>& before,
                                  const std::optional<double>& now);

// "12,345" or, rounded to a readable length, "1.2 k", "3 M": for axes.
std::string format_tick(Unit unit, double value);

// The shortest plain number with at most six digits after the point, for machines.
std::string format_plain(double value);

// "1 pull request", "2 pull requests".
std::string plural(std::int64_t count, const char* one, const char* many);

}  // namespace harvester::stats
