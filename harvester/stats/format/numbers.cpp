#include "stats/format/numbers.h"

#include <fmt/format.h>

#include <cmath>

namespace harvester::stats {
namespace {

std::string grouped(double value) {
    std::string digits = fmt::format("{:.0f}", std::abs(value));
    for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
    return value < 0 && digits != "0" ? "-" + digits : digits;
}

// The two biggest units: "3 d 4 h", "5 h 12 min", "40 s".
std::string duration(double seconds) {
    const auto whole = static_cast<std::int64_t>(std::llround(std::abs(seconds)));
    const char* sign = seconds < 0 ? "-" : "";
    const std::int64_t full_days = whole / 86400, hours = whole / 3600 % 24, minutes = whole / 60 % 60;
    if (full_days >= 100)
        return fmt::format("{}{} d", sign, grouped(std::round(static_cast<double>(whole) / 86400)));
    if (full_days > 0) return fmt::format("{}{} d {} h", sign, full_days, hours);
    if (hours > 0) return fmt::format("{}{} h {} min", sign, hours, minutes);
    if (minutes > 0) return fmt::format("{}{} min", sign, minutes);
    return fmt::format("{}{} s", sign, whole);
}

std::string with_sign(const std::string& text, double value) {
    return value > 0 ? "+" + text : text;
}

}  // namespace

std::string format_value(Unit unit, const std::optional<double>& value) {
    if (!value) return unknown;
    switch (unit) {
        case Unit::count:
            return grouped(*value);
        case Unit::seconds:
            return duration(*value);
        case Unit::share:
            return fmt::format("{:.1f} %", *value * 100);
    }
    return {};
}

std::string format_change(Unit unit, const std::optional<double>& before, const std::optional<double>& now) {
    if (!before || !now) return unknown;
    const double change = *now - *before;
    if (unit == Unit::share) return with_sign(fmt::format("{:.1f} pp", change * 100), change);
    const std::string difference =
        with_sign(unit == Unit::count ? grouped(change) : duration(change), change);
    if (*before == 0) return difference;
    const double percent = change / *before * 100;
    return fmt::format("{} ({})", difference, with_sign(fmt::format("{:.1f} %", percent), percent));
}

std::string format_now_and_change(Unit unit, const std::optional<double>& before,
                                  const std::optional<double>& now) {
    if (!before || !now) return format_value(unit, now);
    const double change = *now - *before;
    if (change == 0) return format_value(unit, now) + " =";
    const char* arrow = change > 0 ? "▲" : "▼";
    const double size = std::abs(change);
    const std::string by = unit == Unit::share ? fmt::format("{:.1f} pp", size * 100)
                           : *before == 0      ? format_value(unit, size)
                                               : fmt::format("{:.1f} %", size / std::abs(*before) * 100);
    return fmt::format("{} {} {}", format_value(unit, now), arrow, by);
}

std::string format_tick(Unit unit, double value) {
    if (unit == Unit::share) return fmt::format("{:g} %", value * 100);
    if (unit == Unit::seconds) {
        if (value >= 86400) return fmt::format("{:g} d", value / 86400);
        if (value >= 3600) return fmt::format("{:g} h", value / 3600);
        return value >= 60 ? fmt::format("{:g} min", value / 60) : fmt::format("{:g} s", value);
    }
    if (value >= 1e6) return fmt::format("{:g}M", value / 1e6);
    if (value >= 1e4) return fmt::format("{:g}k", value / 1e3);
    return grouped(value);
}

std::string format_plain(double value) {
    if (value == std::floor(value) && std::abs(value) < 1e15)
        return fmt::format("{}", static_cast<std::int64_t>(value));
    std::string out = fmt::format("{:.6f}", value);
    out.erase(out.find_last_not_of('0') + 1);
    if (out.back() == '.') out.pop_back();
    return out == "-0" ? "0" : out;
}

std::string plural(std::int64_t count, const char* one, const char* many) {
    return fmt::format("{} {}", grouped(static_cast<double>(count)), count == 1 ? one : many);
}

}  // namespace harvester::stats
