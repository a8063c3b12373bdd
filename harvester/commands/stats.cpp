#include "commands/stats.h"

#include <fmt/format.h>

#include <algorithm>

#include "cache/store.h"
#include "profile/calendar.h"
#include "stats/format/chart.h"
#include "stats/format/formats.h"
#include "stats/history.h"

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

// Without a range: the last edition whose window is over.
Result<edition::Period> period_of(const StatsOptions& options, const profile::Profile& profile, Instant now) {
    const Day today = std::chrono::floor<std::chrono::days>(now);
    if (!options.period.issue.empty() || !options.period.from.empty() || !options.period.to.empty())
        return edition::resolve_period(profile, options.period, today, edition::OpenEnd::today);
    Edition edition = profile::next_edition(profile, today);
    while (edition.window.range().to > now) edition = profile::previous_edition(profile, edition);
    return edition::Period{edition.window.range(), edition};
}

// The usual measures without those that say nothing here: who is one author, and bots where there are none.
std::vector<stats::Measure> usual_measures(const StatsOptions& options,
                                           const std::vector<stats::Dimension>& by) {
    auto measures = stats::usual_measures();
    const bool by_author = std::find(by.begin(), by.end(), stats::Dimension::author) != by.end();
    std::erase_if(measures, [&](stats::Measure m) {
        return (by_author && m == stats::Measure::authors) ||
               (options.no_bots && m == stats::Measure::by_bots);
    });
    return measures;
}

Result<stats::Query> make_query(const StatsOptions& options, const profile::Profile& profile, Instant now) {
    const auto period = period_of(options, profile, now);
    if (!period) return tl::unexpected(period.error());
    const auto by = stats::parse_by(options.by);
    if (!by) return tl::unexpected(by.error());
    const bool for_machines = options.format == "csv" || options.format == "json";
    const auto measures =
        stats::parse_measures(options.measures, for_machines || by->empty() ? stats::every_measure()
                                                                            : usual_measures(options, *by));
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
                        now,
                        options.measures.empty()};
}

// A page without groupings shows the totals and the usual charts.
Result<std::string> page(const cache::Store& store, const profile::Profile& profile,
                         const stats::Query& query, const stats::QueryCoverage& coverage) {
    std::vector<stats::Query> queries{query};
    if (query.by.empty())
        for (const stats::Dimension dimension : usual_charts(query.range)) {
            stats::Query& chart = queries.emplace_back(query);
            chart.by = {dimension};
            chart.measures = stats::usual_measures();
        }
    auto reports = stats::make_reports(store, profile, queries, coverage);
    if (!reports) return tl::unexpected(reports.error());
    std::erase_if(*reports, [&](const stats::Report& report) {
        return &report != &reports->front() && report.rows.empty();
    });
    return stats::html_page(*reports);
}

Result<std::string> write(const StatsOptions& options, const cli::Context& context, const cache::Store& store,
                          const profile::Profile& profile, stats::Query query,
                          const stats::QueryCoverage& coverage) {
    const std::string& format = options.format;
    if (format == "html") return page(store, profile, query, coverage);
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
    if (auto known = stats::check_filters(*store, query->filters); !known)
        return tl::unexpected(known.error());
    const auto text = write(options, context, *store, *profile, *query, *covered);
    if (!text) return tl::unexpected(text.error());
    // A table ends with them.
    if (options.format != "table")
        for (const std::string& sentence : stats::gap_sentences(*covered))
            cli::say(context, "warning: " + sentence);
    context.streams.out << *text;
    return ExitCode::done;
}

}  // namespace harvester::commands
