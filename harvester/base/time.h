// Moments and days, always UTC and proleptic Gregorian.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace harvester {

using Instant = std::chrono::sys_seconds;
using Day = std::chrono::sys_days;
using Seconds = std::chrono::seconds;
using Milliseconds = std::chrono::milliseconds;

// [from, to): half-open, so that neighbouring ranges share nothing.
struct Range {
    Instant from;
    Instant to;
    bool operator==(const Range&) const = default;
    bool contains(Instant t) const { return from <= t && t < to; }
    bool empty() const { return to <= from; }
};

// "2024-11-05T08:00:00Z", also with a fraction (cut off) and a numeric offset; nothing else.
std::optional<Instant> parse_instant(std::string_view text);

// "2024-11-05"; impossible days (2024-02-30) and years outside 1970..9999 are refused.
std::optional<Day> parse_day(std::string_view text);

std::string format_instant(Instant t);  // "2024-11-05T08:00:00Z"
std::string format_day(Day day);        // "2024-11-05"
std::string format_clock(Instant t);    // "08:00:00 UTC"

}  // namespace harvester
