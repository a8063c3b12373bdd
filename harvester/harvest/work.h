// What the parts of a harvest share: the queues of what is to be asked, and where results go.
#pragma once

#include <deque>
#include <memory>
#include <utility>

#include "harvest/harvest.h"
#include "harvest/slice_reader.h"

namespace harvester::harvest {

class SearchJob;

// A slice read repository by repository, because one second holds more than a search shows.
struct RepositorySplit {
    cache::SliceKey whole;
    std::int64_t expected = 0;  // items of the whole
    std::int64_t received = 0;
    std::size_t left = 0;  // repositories not read yet
    bool failed = false;
};

// A slice under way.
struct SliceTask {
    SearchJob* job = nullptr;
    SliceReader reader;
    int depth = 0;  // how often it was cut because of a disagreement
    std::shared_ptr<RepositorySplit> split;
};

struct CountTask {
    SearchJob* job = nullptr;
    Range range;
};

// References outlive the harvest.
struct Work {
    const profile::Profile& profile;
    const HarvestRequest& request;
    cache::Store& store;
    PlanLimits limits;
    std::deque<CountTask> counts;
    std::deque<std::unique_ptr<SliceTask>> slices;  // each wants its next page
    HarvestOutcome outcome;
    Progress progress;
};

}  // namespace harvester::harvest
