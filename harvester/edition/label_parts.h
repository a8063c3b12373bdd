// The parts of a report that go by labels, paths and files: final comment period, calls for testing,
// proposals, the triage report.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cache/store.h"
#include "profile/profile.h"
#include "render/report.h"

namespace harvester::edition {

// How far back an item's first edition is looked for: what is older than this isn't in any window that still
// counts.
inline constexpr std::chrono::days memory_of_issues{60};

// A file of an earlier issue.
struct EarlierIssue {
    std::string name;  // for messages
    std::string text;
};

// An item whose label puts it into a part that has no group for the item's repository: it is printed nowhere.
struct UngroupedItem {
    std::string part;  // "fcp", "testing"
    Item item;
};

// Those of an edition's window, by part, repository and number.
Result<std::vector<UngroupedItem>> ungrouped_items(const profile::Profile& profile, const cache::Store& store,
                                                   const Edition& edition);

// One sentence that names them; empty when there are none.
std::string describe(const std::vector<UngroupedItem>& items);

// Fills those parts of `report`, whose issue and layout are set. What `previous` lists isn't listed again.
Result<void> fill_label_parts(const profile::Profile& profile, const cache::Store& store,
                              const std::optional<EarlierIssue>& previous, render::Report& report);

}  // namespace harvester::edition
