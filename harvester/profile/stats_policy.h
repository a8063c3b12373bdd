// Policy of the stats part of the program; its keys are described in queries/twir.toml.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "profile/toml_table.h"

namespace harvester::profile {

// A kind of pull request (rollups, backports), known by any of these signs.
struct KindPolicy {
    std::vector<std::string> titles;    // RE2 patterns, found anywhere in the title
    std::vector<std::string> branches;  // RE2 patterns of the whole base branch
    std::vector<std::string> labels;    // exact names
};

// A class of sizes: the sum of added and deleted lines is at most `up_to`; the last class has no end.
struct SizeClass {
    std::string name;
    std::optional<std::int64_t> up_to;
};

// How a final comment period ends: a label that says so, and what the statistics call it.
struct FcpOutcome {
    std::string label;
    std::string name;
};

struct FcpPolicy {
    std::string started;   // label that is put on when the period begins; empty: none are counted
    std::string finished;  // label that is put on when it is over
    std::vector<FcpOutcome> outcomes;
};

// A table of the summary: at most `top` rows, grouped by `by`.
struct SummaryTable {
    std::string heading;
    std::string by;
    std::int64_t top = 0;  // 0: all
    std::vector<std::string> measures;
};

struct StatsPolicy {
    std::string
        search;  // the harvest's search whose slices prove that a range is complete; default: the first
    std::vector<std::string> further_searches;  // the same search of the newsletter's further places
    std::string team_prefix;                    // labels that name teams
    std::vector<std::string> bots;              // RE2 patterns of whole logins, without regard to case
    KindPolicy rollup;
    KindPolicy backport;
    std::vector<SizeClass> sizes;  // smallest first
    FcpPolicy fcp;
    std::vector<std::string> summary_lines;  // text with {placeholders}
    std::vector<SummaryTable> summary_tables;
};

// Reads the tables of this part from the root of a profile.
StatsPolicy load_stats_policy(const TomlTable& root);

}  // namespace harvester::profile
