#include "stats/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "stats/query_coverage.h"
#include "stats/rows.h"
#include "stats/tally.h"

namespace harvester::stats {
namespace {

bool wants(const Query& query, std::initializer_list<Measure> measures) {
    const auto asked = [&](Measure m) {
        return std::find(query.measures.begin(), query.measures.end(), m) != query.measures.end() ||
               (query.sort && query.sort->measure == m);
    };
    return std::any_of(measures.begin(), measures.end(), asked);
}

HistoryNeeds needs_of(const Query& query) {
    HistoryNeeds needs;
    needs.times = wants(query, {Measure::time_median, Measure::time_p75, Measure::time_p90, Measure::time_p99,
                                Measure::time_mean});
    needs.sizes = wants(query, {Measure::additions, Measure::deletions, Measure::changed_files}) ||
                  std::find(query.by.begin(), query.by.end(), Dimension::size) != query.by.end();
    needs.labels = std::any_of(query.by.begin(), query.by.end(), [](Dimension d) { return info(d).several; });
    needs.kinds =
        wants(query, {Measure::rollups, Measure::rollup_share, Measure::backports, Measure::backport_share});
    needs.first_in_organisation = wants(query, {Measure::first_organisation});
    needs.first_in_repository = wants(query, {Measure::first_repository});
    return needs;
}

// Counts `range`. `shift` lays an earlier range over a later one.
Result<Tally> count(const cache::Store& store, const profile::Profile& profile, const Query& query,
                    const Range& range, Seconds shift, Names& names) {
    TallyRules rules{
        query.by, {{profile.first_issue, profile.window_last}, shift, &profile.stats, &names}, {}, false};
    for (const Percentile& percentile : all_percentiles)
        if (wants(query, {percentile.measure})) rules.percentiles.push_back(percentile);
    rules.authors = wants(query, {Measure::authors});
    Counter counter(rules);
    const auto read =
        read_history(store, profile.stats, profile.organisation, range, query.filters, needs_of(query), names,
                     [&](const HistoryPart& part) { counter.add(part); });
    if (!read) return tl::unexpected(read.error());
    return counter.finish();
}

void add_notes(Report& report, const HistoryNeeds& needs) {
    std::vector<std::string>& notes = report.notes;
    const Filters& filters = report.query.filters;
    for (std::string& sentence : gap_sentences({report.coverage, report.coverage_before}))
        notes.push_back(std::move(sentence));
    if (needs.first_in_organisation || needs.first_in_repository)
        notes.push_back(
            report.coverage.known_since
                ? fmt::format("New authors are those without an earlier merge since {}, from when on the "
                              "cache is complete.",
                              format_day(std::chrono::floor<std::chrono::days>(*report.coverage.known_since)))
                : "New authors are those without an earlier merge in the cache, which is not complete before "
                  "this range: "
                  "some of them may not be new.");
    const double merged = report.total.values[Measure::merged].value_or(0);
    if (report.without_size.value_or(0) > 0 &&
        wants(report.query, {Measure::additions, Measure::deletions, Measure::changed_files}))
        notes.push_back(fmt::format(
            "Sizes are known of {} of the {} pull requests; lines and files count those.",
            static_cast<std::int64_t>(merged) - *report.without_size, static_cast<std::int64_t>(merged)));
    if (merged == 0 && report.coverage.complete() &&
        !(filters.repositories.empty() && filters.authors.empty() && filters.labels.empty()))
        notes.push_back("Nothing fits --repo, --label and --author: see to their spelling.");
}

}  // namespace

std::optional<double> relative_change(const std::optional<double>& before, const std::optional<double>& now) {
    if (!before || !now || *before == 0) return std::nullopt;
    return (*now - *before) / *before;
}

Result<Report> make_report(const cache::Store& store, const profile::Profile& profile, const Query& query) {
    const auto covered = coverage_of(store, profile, query);
    if (!covered) return tl::unexpected(covered.error());
    return make_report(store, profile, query, *covered);
}

Result<Report> make_report(const cache::Store& store, const profile::Profile& profile, const Query& query,
                           const QueryCoverage& coverage) {
    Report report;
    report.newsletter = profile.title;
    report.organisation = profile.organisation;
    report.web = profile.web;
    report.query = query;
    report.coverage = coverage.range;
    report.coverage_before = coverage.before;

    Names names;
    const auto counted = count(store, profile, query, query.range, Seconds{0}, names);
    if (!counted) return tl::unexpected(counted.error());
    report.total.values = counted->total;
    const HistoryNeeds needs = needs_of(query);
    if (needs.sizes) report.without_size = counted->without_size;
    std::optional<Tally> counted_before;
    if (query.compare) {
        report.before = range_before(query.range);
        auto earlier = count(store, profile, query, *report.before, query.range.to - query.range.from, names);
        if (!earlier) return tl::unexpected(earlier.error());
        counted_before = std::move(*earlier);
        report.total.before = std::make_shared<const Values>(counted_before->total);
    }
    if (!query.by.empty()) {
        Rows made = make_rows(profile, query, names, *counted, counted_before ? &*counted_before : nullptr);
        report.rows = std::move(made.rows);
        report.rows_left_out = made.left_out;
    }
    if (!profile.stats.fcp.started.empty() && query.filters.labels.empty()) {
        auto periods =
            final_comment_periods(store, profile.stats.fcp, profile.organisation, query.range, query.filters);
        if (!periods) return tl::unexpected(periods.error());
        report.fcp = std::move(*periods);
    }
    add_notes(report, needs);
    return report;
}

}  // namespace harvester::stats
