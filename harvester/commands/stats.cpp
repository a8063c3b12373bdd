#include "commands/stats.h"

#include <fmt/format.h>

#include "cache/store.h"
#include "stats/chart.h"
#include "stats/formats.h"
#include "stats/query_coverage.h"
#include "stats/summary.h"

namespace harvester::commands {
namespace {

// What is asked when nobody says what to group by.
std::vector<stats::Dimension> usual_charts(const Range& range) {
    const auto length = std::chrono::floor<std::chrono::days>(range.to - range.from).count();
    const stats::Dimension time = length <= 62    ? stats::Dimension::day
                                  : length <= 731 ? stats::Dimension::week
                                                  : stats::Dimension::month;
    return {time, stats::Dimension::repository, stats::Dimension::team, stats::Dimension::size,
            stats::Dimension::weekday};
}

Result<stats::Query> make_query(const StatsOptions& options, const profile::Profile& profile, Instant now) {
    const auto period = edition::resolve_period(profile, options.period, std::chrono::floor<std::chrono::days>(now));
    if (!period) return tl::unexpected(period.error());
    const auto by = stats::parse_by(options.by);
    if (!by) return tl::unexpected(by.error());
    const bool for_machines = options.format == "csv" || options.format == "json";
    const auto measures = stats::parse_measures(
        options.measures, for_machines || by->empty() ? stats::every_measure() : stats::usual_measures());
    if (!measures) return tl::unexpected(measures.error());
    const auto sort = stats::parse_sort(options.sort);
    if (!sort) return tl::unexpected(sort.error());
    return stats::Query{period->range,
                        period->issue,
                        *by,
                        *measures,
                        {options.repositories, options.labels, options.authors, options.no_bots},
                        options.top,
                        *sort,
                        options.compare,
                        now};
}

// A page without groupings shows the totals and the usual charts.
Result<std::string> page(const cache::Store& store, const profile::Profile& profile, stats::Query query,
                         const stats::QueryCoverage& coverage) {
    std::vector<stats::Report> reports;
    const bool usual = query.by.empty();
    auto first = stats::make_report(store, profile, query, coverage);
    if (!first) return tl::unexpected(first.error());
    reports.push_back(std::move(*first));
    if (usual) {
        query.measures = stats::usual_measures();
        for (const stats::Dimension dimension : usual_charts(query.range)) {
            query.by = {dimension};
            auto report = stats::make_report(store, profile, query, coverage);
            if (!report) return tl::unexpected(report.error());
            if (!report->rows.empty()) reports.push_back(std::move(*report));
        }
    }
    return stats::html_page(reports);
}

Result<std::string> write(const StatsOptions& options, const cli::Context& context, const cache::Store& store,
                          const profile::Profile& profile, stats::Query query,
                          const stats::QueryCoverage& coverage) {
    const std::string& format = options.format;
    if (format == "html") return page(store, profile, std::move(query), coverage);
    if (format == "markdown" && query.issue && query.by.empty() && options.measures.empty())
        return stats::summary_markdown(store, profile, query, coverage);
    if (format == "svg" && query.by.empty()) query.by = {usual_charts(query.range).front()};
    const auto report = stats::make_report(store, profile, query, coverage);
    if (!report) return tl::unexpected(report.error());
    if (format == "markdown") return stats::markdown_text(*report);
    if (format == "csv") return stats::csv_text(*report);
    if (format == "json") return stats::json_text(*report);
    if (format == "svg") return stats::chart_svg(stats::chart_data(*report), {});
    return stats::table_text(*report, context.streams.columns);
}

}  // namespace

Result<ExitCode> run_stats(const StatsOptions& options, cli::Context& context) {
    const auto profile = cli::load_profile(context);
    if (!profile) return tl::unexpected(profile.error());
    const auto query = make_query(options, *profile, context.clock.now_seconds());
    if (!query) return tl::unexpected(query.error());
    const auto path = cli::cache_path(context);
    if (!path) return tl::unexpected(path.error());
    const auto store = cache::Store::open(*path, cache::OpenMode::read_only);
    if (!store) return tl::unexpected(store.error());
    const auto covered = stats::coverage_of(*store, *profile, *query);
    if (!covered) return tl::unexpected(covered.error());
    const auto text = write(options, context, *store, *profile, *query, *covered);
    if (!text) return tl::unexpected(text.error());
    for (const std::string& sentence : stats::gap_sentences(*covered)) cli::say(context, "warning: " + sentence);
    context.streams.out << *text;
    return ExitCode::done;
}

}  // namespace harvester::commands
