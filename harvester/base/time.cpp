#include "base/time.h"

#include <fmt/format.h>

namespace harvester {
namespace {

// Reads exactly `width` digits at `at`, of which the text has enough; -1 when they aren't digits. Without a
// branch a digit: a page of GitHub's has hundreds of dates.
template <std::size_t width>
int digits(std::string_view text, std::size_t at) {
    unsigned value = 0, odd = 0;
    for (std::size_t i = 0; i < width; ++i) {
        const unsigned digit = static_cast<unsigned char>(text[at + i]) - unsigned{'0'};
        odd |= digit > 9 ? 1u : 0u;
        value = value * 10 + digit;
    }
    return odd ? -1 : static_cast<int>(value);
}

// "Z", "+01:00" or "-0130" as seconds east of UTC.
std::optional<Seconds> parse_offset(std::string_view text) {
    if (text == "Z") return Seconds{0};
    if (text.size() < 5 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    const bool colon = text[3] == ':';
    if (text.size() != (colon ? 6u : 5u)) return std::nullopt;
    const int hours = digits<2>(text, 1), minutes = digits<2>(text, colon ? 4 : 3);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
    const auto offset = std::chrono::hours{hours} + std::chrono::minutes{minutes};
    return text[0] == '-' ? Seconds{-offset} : Seconds{offset};
}

}  // namespace

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const int year = digits<4>(text, 0), month = digits<2>(text, 5), day = digits<2>(text, 8);
    if (year < 1970 || month < 1 || day < 1) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return std::nullopt;
    return Day{date};
}

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':') return std::nullopt;
    const auto day = parse_day(text.substr(0, 10));
    const int hour = digits<2>(text, 11), minute = digits<2>(text, 14), second = digits<2>(text, 17);
    if (!day || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
        return std::nullopt;
    std::size_t at = 19;
    if (text[at] == '.') {
        const std::size_t first = ++at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
        if (at == first) return std::nullopt;
    }
    const auto offset = parse_offset(text.substr(at));
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
