// `--issue DATE`, or `--from DATE --to DATE`.
#pragma once

#include <optional>
#include <string>

#include "base/failure.h"
#include "model.h"
#include "profile/profile.h"

namespace harvester::edition {

struct PeriodOptions {
    std::string issue;
    std::string from;
    std::string to;
};

struct Period {
    Range range;                   // half-open
    std::optional<Edition> issue;  // when the period is an issue's window
};

// A day given as an option; the failure names the option and shows the right form.
Result<Day> option_day(const std::string& option, const std::string& text);

// The issue of `text`, or the next one after `today` when it is empty.
Result<Edition> option_edition(const profile::Profile& profile, const std::string& text, Day today);

// What a start without an end means.
enum class OpenEnd { refused, today };

// The issue's window or the days from..to, both inclusive, each a day, a month or a year; neither given: the
// next issue's window.
Result<Period> resolve_period(const profile::Profile& profile, const PeriodOptions& options, Day today,
                              OpenEnd open_end = OpenEnd::refused);

}  // namespace harvester::edition
