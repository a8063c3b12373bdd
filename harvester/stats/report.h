// A finished answer, the same for all formats.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "stats/coverage.h"
#include "stats/fcp.h"
#include "stats/query.h"

namespace harvester::stats {

struct Row {
    std::vector<std::string> keys;  // one for each grouping; strangers' text
    // The place of each key in the order of time or size; 0 for groupings without one.
    std::array<std::int64_t, 2> order{};
    // A calendar group that isn't over yet, or is only partly in the range.
    bool partial = false;
    Values values;
    // Of the range before, when asked for, else null: a group without any is all zero. Behind a pointer,
    // because most reports have many rows and no range before.
    std::shared_ptr<const Values> before;
};

struct Report {
    std::string newsletter;  // the profile's title
    std::string organisation;
    std::string web;  // "https://github.com"
    Query query;
    std::vector<Row> rows;           // none without groupings
    std::int64_t rows_left_out = 0;  // by --top
    Row total;                       // every pull request once
    std::optional<Range> before;     // the range compared with
    Coverage coverage;
    std::optional<Coverage> coverage_before;
    // Merged pull requests whose size isn't known; nullopt: sizes weren't asked for.
    std::optional<std::int64_t> without_size;
    // nullopt: none were asked of GitHub, the profile names no label for them, or --label is given.
    std::optional<FcpSummary> fcp;
    // What a reader has to know to take the numbers for what they are; sentences, most important first.
    std::vector<std::string> notes;
    std::string on_new_authors;  // the one of them that only concerns who is new; may be empty

    // The notes that concern `measures`.
    std::vector<std::string> notes_on(std::span<const Measure> measures) const;
    bool complete() const { return coverage.complete() && (!coverage_before || coverage_before->complete()); }
};

// Asks the cache. The store must hold what is to be counted; the report says where it doesn't. `coverage` is
// the query's, for who asks several questions of one range.
Result<Report> make_report(const cache::Store& store, const profile::Profile& profile, const Query& query,
                           const QueryCoverage& coverage);
// Several questions of one range with the same filters and `compare`: the cache is read once.
Result<std::vector<Report>> make_reports(const cache::Store& store, const profile::Profile& profile,
                                         std::span<const Query> queries, const QueryCoverage& coverage);
Result<Report> make_report(const cache::Store& store, const profile::Profile& profile, const Query& query);

// The change from `before` to `now` as a share of `before`; nullopt when there is no such number.
std::optional<double> relative_change(const std::optional<double>& before, const std::optional<double>& now);

}  // namespace harvester::stats
