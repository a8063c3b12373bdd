// What the parts of a harvest share: the queues of what is to be asked, and where results go.
#pragma once

#include <algorithm>
#include <deque>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

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

// Items that the cache knows and a complete slice did not give: gone, or left out by GitHub's search index.
struct Vanished {
    std::string search;  // name in the profile
    cache::Slice slice;
    std::vector<std::string> ids;
};

struct CountTask {
    SearchJob* job = nullptr;
    Range range;
};

// How many questions share a request: as many as there is room for, until GitHub can't do so many at once. A
// quarter of them is tried then, and one more in each later harvest without such trouble.
struct Sharing {
    int now = 1;
    int most = 1;
    bool was_too_many = false;
    void too_many(int asked) {
        now = std::max(1, asked / 4);
        was_too_many = true;
    }
};

// References outlive the harvest.
struct Work {
    const profile::Profile& profile;
    const HarvestRequest& request;
    cache::Store& store;
    PlanLimits limits;
    Sharing sweeps;   // searches and listings in a sweep
    Sharing counted;  // searches in a request for counts
    std::deque<CountTask> counts;
    std::deque<std::unique_ptr<SliceTask>> slices;  // each wants its next page
    HarvestOutcome outcome;
    Progress progress;
    std::unordered_set<std::string> fresh;  // ids of the items that this harvest brought
    std::vector<Vanished> vanished;
};

}  // namespace harvester::harvest
