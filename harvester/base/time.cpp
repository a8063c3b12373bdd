#include "base/time.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace harvester {
namespace {

using Word = std::uint64_t;

Word word(const char* bytes) {
    Word out;
    std::memcpy(&out, bytes, sizeof out);
    return out;
}

// Whether `text` has a digit wherever `pattern` has a 0, and elsewhere what the pattern has. Eight bytes at a
// time, for a page of GitHub's has hundreds of dates; the last eight may overlap the ones before.
template <std::size_t size>
bool fits(const char* text, const char (&pattern)[size]) {
    constexpr std::size_t length = size - 1;
    static_assert(length >= sizeof(Word));
    constexpr Word high_halves = 0xf0f0f0f0f0f0f0f0;
    Word odd = 0;
    for (std::size_t i = 0;; i = std::min(i + sizeof(Word), length - sizeof(Word))) {
        const Word expected = word(pattern + i);
        const Word difference = word(text + i) ^ expected;  // of a digit: its value
        // What is added carries a value beyond 9, and any other difference, into the byte's high half.
        Word most = 0;
        for (std::size_t k = 0; k < sizeof(Word); ++k)
            most |= Word{(expected >> 8 * k & 0xff) == '0' ? 6u : 15u} << 8 * k;
        odd |= (difference | (difference + most)) & high_halves;
        if (i == length - sizeof(Word)) return odd == 0;
    }
}

// The number of `width` digits; requires that they are digits.
template <std::size_t width>
int number(const char* text) {
    int value = 0;
    for (std::size_t i = 0; i < width; ++i) value = value * 10 + (text[i] - '0');
    return value;
}

// The day that ten bytes which fit 0000-00-00 name.
std::optional<Day> read_day(const char* text) {
    const int year = number<4>(text);
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month(static_cast<unsigned>(number<2>(text + 5))),
                                           std::chrono::day(static_cast<unsigned>(number<2>(text + 8)))};
    if (year < 1970 || !date.ok()) return std::nullopt;
    return Day{date};
}

// "Z", "+01:00" or "-0130" as seconds east of UTC.
std::optional<Seconds> parse_offset(std::string_view text) {
    if (text == "Z") return Seconds{0};
    if (text.size() < 5 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    const bool colon = text[3] == ':';
    if (text.size() != (colon ? 6u : 5u)) return std::nullopt;
    const char *const hour = text.data() + 1, *const minute = text.data() + (colon ? 4 : 3);
    const auto two_digits = [](const char* at) {
        return std::all_of(at, at + 2, [](char c) { return c >= '0' && c <= '9'; });
    };
    if (!two_digits(hour) || !two_digits(minute)) return std::nullopt;
    const int hours = number<2>(hour), minutes = number<2>(minute);
    if (hours > 23 || minutes > 59) return std::nullopt;
    const auto offset = std::chrono::hours{hours} + std::chrono::minutes{minutes};
    return text[0] == '-' ? Seconds{-offset} : Seconds{offset};
}

}  // namespace

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != 10 || !fits(text.data(), "0000-00-00")) return std::nullopt;
    return read_day(text.data());
}

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() < 20 || !fits(text.data(), "0000-00-00T00:00:00")) return std::nullopt;
    const auto day = read_day(text.data());
    const int hour = number<2>(text.data() + 11), minute = number<2>(text.data() + 14),
              second = number<2>(text.data() + 17);
    if (!day || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    const Instant instant = *day + std::chrono::hours{hour} + std::chrono::minutes{minute} + Seconds{second};
    std::size_t at = 19;
    if (text[at] == '.') {
        const std::size_t first = ++at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
        if (at == first) return std::nullopt;
    }
    const auto offset = parse_offset(text.substr(at));
    if (!offset) return std::nullopt;
    return instant - *offset;
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
