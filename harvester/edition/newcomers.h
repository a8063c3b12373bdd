// First-time contributors of an edition.
#pragma once

#include <vector>

#include "cache/store.h"
#include "profile/profile.h"
#include "render/report.h"

namespace harvester::edition {

// Names in the parts of merged pull requests those whose first one is there: nothing of theirs was merged
// from the profile's `newcomers_since` up to the window. Without that key, and where the cache doesn't prove
// that it holds all merges of that time, none is named; the latter is a warning of the report. Requires the
// parts to be filled.
Result<void> fill_newcomers(const profile::Profile& profile, const cache::Store& store,
                            const std::vector<Decision>& decisions, Instant now, render::Report& report);

}  // namespace harvester::edition
