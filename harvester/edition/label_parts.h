// The parts of a report that go by labels, paths and files: final comment period, calls for testing, proposals,
// the triage report.
#pragma once

#include <optional>
#include <string>

#include "cache/store.h"
#include "render/report.h"
#include "profile/profile.h"

namespace harvester::edition {

// A file of an earlier issue.
struct EarlierIssue {
    std::string name;  // for messages
    std::string text;
};

// Fills those parts of `report`, whose issue and layout are set. What `previous` lists isn't listed again.
Result<void> fill_label_parts(const profile::Profile& profile, const cache::Store& store,
                              const std::optional<EarlierIssue>& previous, render::Report& report);

}  // namespace harvester::edition
