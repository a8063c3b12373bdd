#include "stats/dimension.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace harvester::stats {
namespace {

using std::chrono::days;

constexpr std::array<DimensionInfo, 12> dimensions = {{
    {Dimension::repository, "repo", "Repository", false, false, false},
    {Dimension::author, "author", "Author", false, false, false},
    {Dimension::team, "team", "Team", false, false, true},
    {Dimension::label, "label", "Label", false, false, true},
    {Dimension::day, "day", "Day", true, false, false},
    {Dimension::week, "week", "Week", true, false, false},
    {Dimension::issue, "issue", "Issue", true, false, false},
    {Dimension::month, "month", "Month", true, false, false},
    {Dimension::year, "year", "Year", true, false, false},
    {Dimension::weekday, "weekday", "Weekday", false, true, false},
    {Dimension::hour, "hour", "Hour", false, true, false},
    {Dimension::size, "size", "Size", false, false, false},
}};

constexpr std::array<std::string_view, 7> weekdays = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                      "Friday", "Saturday", "Sunday"};

Day day_of(std::int64_t code) {
    return Day{days{code}};
}

std::int64_t code_of(Day day) {
    return day.time_since_epoch().count();
}

Day monday_of(Day day) {
    return day - (std::chrono::weekday{day} - std::chrono::Monday);
}

// ISO 8601: a week belongs to the year of its Thursday.
std::string iso_week(Day monday) {
    const Day thursday = monday + days{3};
    const auto year = std::chrono::year_month_day{thursday}.year();
    const auto week = (thursday - Day{year / std::chrono::January / 1}).count() / 7 + 1;
    return fmt::format("{:04}-W{:02}", static_cast<int>(year), week);
}

Day issue_date(Day day, const IssueRhythm& rhythm) {
    const auto reported = day - days{rhythm.window_last};           // first date that may report this day
    const auto past = (reported - rhythm.first_issue).count() % 7;  // negative before the first issue
    return reported + days{(7 - past) % 7};
}

}  // namespace

std::span<const DimensionInfo> all_dimensions() {
    return dimensions;
}

const DimensionInfo& info(Dimension dimension) {
    return dimensions[static_cast<std::size_t>(dimension)];
}

bool has_order(Dimension dimension) {
    return info(dimension).calendar || info(dimension).cyclic || dimension == Dimension::size;
}

std::optional<Dimension> find_dimension(std::string_view name) {
    const auto found = std::find_if(dimensions.begin(), dimensions.end(),
                                    [&](const DimensionInfo& i) { return i.name == name; });
    if (found == dimensions.end()) return std::nullopt;
    return found->dimension;
}

std::int64_t time_code(Dimension dimension, Instant moment, const IssueRhythm& rhythm) {
    const Day day = std::chrono::floor<days>(moment);
    const std::chrono::year_month_day date{day};
    switch (dimension) {
        case Dimension::day:
            return code_of(day);
        case Dimension::week:
            return code_of(monday_of(day));
        case Dimension::issue:
            return code_of(issue_date(day, rhythm));
        case Dimension::month:
            return std::int64_t{static_cast<int>(date.year())} * 12 +
                   std::int64_t{static_cast<unsigned>(date.month())} - 1;
        case Dimension::year:
            return static_cast<int>(date.year());
        case Dimension::weekday:
            return (std::chrono::weekday{day} - std::chrono::Monday).count();
        case Dimension::hour:
            return std::chrono::floor<std::chrono::hours>(moment - day).count();
        default:
            return 0;
    }
}

std::string time_key(Dimension dimension, std::int64_t code) {
    switch (dimension) {
        case Dimension::day:
        case Dimension::issue:
            return format_day(day_of(code));
        case Dimension::week:
            return iso_week(day_of(code));
        case Dimension::month:
            return fmt::format("{:04}-{:02}", code / 12, code % 12 + 1);
        case Dimension::year:
            return fmt::format("{:04}", code);
        case Dimension::weekday:
            return std::string(weekdays[static_cast<std::size_t>(code)]);
        case Dimension::hour:
            return fmt::format("{:02}", code);
        default:
            return {};
    }
}

Range time_range(Dimension dimension, std::int64_t code, const IssueRhythm& rhythm) {
    using std::chrono::year;
    switch (dimension) {
        case Dimension::week:
            return {day_of(code), day_of(code + 7)};
        case Dimension::issue:
            return {day_of(code + rhythm.window_last - 6), day_of(code + rhythm.window_last + 1)};
        case Dimension::month: {
            const auto first =
                year{static_cast<int>(code / 12)} / std::chrono::month{static_cast<unsigned>(code % 12 + 1)};
            return {Day{first / 1}, Day{(first + std::chrono::months{1}) / 1}};
        }
        case Dimension::year:
            return {Day{year{static_cast<int>(code)} / 1 / 1}, Day{year{static_cast<int>(code + 1)} / 1 / 1}};
        default:
            return {day_of(code), day_of(code + 1)};
    }
}

std::int64_t next_code(Dimension dimension, std::int64_t code) {
    const bool seven_days = dimension == Dimension::week || dimension == Dimension::issue;
    return code + (seven_days ? 7 : 1);
}

}  // namespace harvester::stats
