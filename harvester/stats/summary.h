// The summary of an issue's window that an issue or a blog post can take as it is.
#pragma once

#include <string>
#include <string_view>

#include "base/failure.h"
#include "cache/store.h"
#include "profile/profile.h"
#include "stats/report.h"

namespace harvester::stats {

// The profile's summary lines and tables, in Markdown. `query` gives the range, filters and the clock; its
// groupings and measures are not looked at. Fails with ExitCode::usage when the profile's tables or
// placeholders are wrong.
Result<std::string> summary_markdown(const cache::Store& store, const profile::Profile& profile,
                                     const Query& query, const QueryCoverage& coverage);

// A line with its {placeholders} filled: {merged}, {merged|pull request|pull requests}, {organisation},
// {first}, {last}, {issue}, {number}, {newsletter}. nullopt when a number that it names isn't known.
Result<std::optional<std::string>> fill_line(std::string_view line, const Report& report);

}  // namespace harvester::stats
