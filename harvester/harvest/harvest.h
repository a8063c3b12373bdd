// A harvest: everything that the profile asks for in a period, brought into the cache and proved complete.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/failure.h"
#include "cache/store.h"
#include "github/client.h"
#include "model.h"
#include "profile/profile.h"

namespace harvester::harvest {

struct HarvestRequest {
    Range range;
    std::optional<Edition> issue;  // when the range is its window: its reports are asked too
    bool refresh = false;          // read again what is complete
    Instant now{};                 // nothing later is asked; what was asked before counts as of then
    // Check what is complete: counts, items that were updated since, whether a second source agrees.
    bool second_look = false;
};

// What did not arrive. Everything that did is in the cache.
struct Missing {
    std::string search;  // name in the profile
    Range range;
    std::string repository;             // empty: all of the place
    std::optional<std::int64_t> items;  // how many, when GitHub says
    std::string reason;                 // a clause: "GitHub counts 101 and gives 100"
};

struct Progress {
    std::int64_t received = 0;  // items
    std::int64_t expected = 0;  // items, as far as counted; grows
    std::int64_t requests = 0;
};

struct HarvestOutcome {
    std::vector<Missing> missing;       // by search and range, neighbours joined
    std::vector<std::string> notes;     // sentences about what was odd but not missing
    std::vector<std::string> warnings;  // sentences that an editor should read, too
    std::int64_t items = 0;             // received
    std::int64_t gone = 0;              // known before and no longer on GitHub
    std::int64_t requests = 0;
    std::int64_t bytes = 0;
    Instant as_of{};  // nothing later was asked
    bool complete() const { return missing.empty(); }
};

// Asks what the cache doesn't prove. Fails with ExitCode::file for cache trouble, ::credentials for a refused
// token and ::interrupted; what arrived before is kept in each case, and the next harvest goes on from there.
// Requires that no other harvest writes to the same cache meanwhile: see cache/harvest_lock.h.
Result<HarvestOutcome> harvest(const profile::Profile& profile, const HarvestRequest& request,
                               github::Client& client, cache::Store& store,
                               const std::function<void(const Progress&)>& progress);

// One line for each missing part: "merged 2024-11-05T00:00:00Z..2024-11-05T12:00:00Z: 1 item (...)".
std::string describe(const Missing& missing);

}  // namespace harvester::harvest
