// Policy of the harvest: what is asked of GitHub. Its keys are described in queries/twir.toml.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "profile/toml_table.h"

namespace harvester::profile {

// Which document reads a search, that is, what is learned of each item.
enum class Reading { merged, labelled, paths };

// The date of an item that a search's range goes by. merged and created never change; updated does.
enum class Axis { merged, created, updated };

struct SearchPolicy {
    std::string name;
    Reading reading = Reading::merged;
    Axis axis = Axis::merged;  // the qualifier before {range}
    std::string text;          // GitHub search text with {place}, {range} and, for some, {labels}
    std::string repository;    // {place} is this repository; empty: `place`
    std::string place;         // what {place} stands for, "user:ferris"; empty: the organisation
    std::vector<std::string> labels;
    double expected_per_day = 1;  // a first guess; what was asked before is a better one
    int longest_days = 0;         // asked only for periods up to this long; 0: always
    int overlap_hours = 12;       // the last hours before a harvest are fetched again by the next
    bool issues = false;          // is:issue, else is:pr
};

struct FilesPolicy {
    std::string name;
    std::string repository;
    std::vector<std::string> folders;  // with {year}
    std::string file;                  // name with {date}
    int days = 7;                      // dated in (issue date - days, issue date]
    bool open_pull_requests = false;
    int overlap_hours = 12;
};

struct HarvestPolicy {
    std::vector<std::string> places;  // "org:rust-lang", "user:ferris", "repo:ferris/crab"
    std::vector<SearchPolicy> searches;
    std::vector<FilesPolicy> files;
    // Repositories whose own lists of merged pull requests are compared with what the searches gave; at most
    // three.
    std::vector<std::string> second_sources;
};

// Reads the tables of this part from the root of a profile.
HarvestPolicy load_harvest_policy(const TomlTable& root);

}  // namespace harvester::profile
