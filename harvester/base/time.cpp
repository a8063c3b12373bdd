#include "base/time.h"

#include <fmt/format.h>

#include <algorithm>

namespace harvester {
namespace {

// Whether `text` has a digit wherever `pattern` has a 0, and elsewhere what the pattern has.
bool fits(std::string_view text, std::string_view pattern) {
    return std::equal(text.begin(), text.end(), pattern.begin(), pattern.end(), [](char c, char expected) {
        return expected == '0' ? c >= '0' && c <= '9' : c == expected;
    });
}

// The number that digits write; requires nothing but digits, at most nine.
int number(std::string_view digits) {
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

// "Z", "+01:00" or "-0130" as seconds east of UTC.
std::optional<Seconds> parse_offset(std::string_view text) {
    if (text == "Z") return Seconds{0};
    if (text.empty() || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    const bool west = text[0] == '-';
    text.remove_prefix(1);
    if (!fits(text, "00:00") && !fits(text, "0000")) return std::nullopt;
    const int hours = number(text.substr(0, 2)), minutes = number(text.substr(text.size() - 2));
    if (hours > 23 || minutes > 59) return std::nullopt;
    const Seconds offset = std::chrono::hours{hours} + std::chrono::minutes{minutes};
    return west ? -offset : offset;
}

}  // namespace

std::optional<Day> parse_day(std::string_view text) {
    if (!fits(text, "0000-00-00")) return std::nullopt;
    const int year = number(text.substr(0, 4));
    const std::chrono::year_month_day date{
        std::chrono::year{year}, std::chrono::month(static_cast<unsigned>(number(text.substr(5, 2)))),
        std::chrono::day(static_cast<unsigned>(number(text.substr(8, 2))))};
    if (year < 1970 || !date.ok()) return std::nullopt;
    return Day{date};
}

std::optional<Instant> parse_instant(std::string_view text) {
    constexpr std::string_view form = "0000-00-00T00:00:00";
    if (!fits(text.substr(0, form.size()), form)) return std::nullopt;
    const auto day = parse_day(text.substr(0, 10));
    const int hour = number(text.substr(11, 2)), minute = number(text.substr(14, 2)),
              second = number(text.substr(17, 2));
    if (!day || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    std::string_view rest = text.substr(form.size());
    if (rest.starts_with('.')) {
        const auto fraction = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
        if (fraction == 1) return std::nullopt;
        rest.remove_prefix(fraction);
    }
    const auto offset = parse_offset(rest);
    if (!offset) return std::nullopt;
    return *day + std::chrono::hours{hour} + std::chrono::minutes{minute} + Seconds{second} - *offset;
}

std::string format_day(Day day) {
    const std::chrono::year_month_day date{day};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string format_instant(Instant t) {
    const Day day = std::chrono::floor<std::chrono::days>(t);
    const std::chrono::hh_mm_ss clock{t - day};
    return fmt::format("{}T{:02}:{:02}:{:02}Z", format_day(day), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count());
}

std::string format_clock(Instant t) {
    return format_instant(t).substr(11, 8) + " UTC";
}

}  // namespace harvester
