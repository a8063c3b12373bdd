// Joins the cache, the editorial decisions and the newsletter's form into one report. No network.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cache/store.h"
#include "cli/context.h"
#include "edition/label_parts.h"
#include "harvest/harvest.h"
#include "model.h"
#include "render/report.h"

namespace harvester::edition {

struct Assembly {
    std::vector<Decision> decisions;  // of all merged pull requests of the window, see editorial::decide
    render::Report report;
};

struct AssembleOptions {
    Edition issue;
    std::optional<Layout> layout;  // empty: the profile's at that date
    std::string previous;          // file of the previous issue; empty: looked for in the checkout
    bool explained = false;        // with what DecideContext::explained says
    // Of this run; null: none was made, and the ledger is judged as of now.
    const harvest::HarvestOutcome* harvested = nullptr;
    std::optional<EarlierIssue> earlier{};  // the previous issue as read elsewhere; goes before `previous`
};

// The part that lists a merged pull request; null: none. Parts without conditions take what the others leave.
const profile::PartPolicy* merged_part_of(const profile::Profile& profile, const Item& item);

// What the cache and the previous issue's file say of an issue.
Result<Assembly> assemble(const profile::Profile& profile, const cache::Store& store,
                          const AssembleOptions& options, const cli::Context& context);

// Notes which items this issue has seen, so that later issues don't bring them again. Does nothing once the
// day after the issue's date is over: who renders an old issue again has not run its harvest.
Result<void> remember_seen(const profile::Profile& profile, cache::Store& store, const Assembly& assembly,
                           Instant now);

}  // namespace harvester::edition
