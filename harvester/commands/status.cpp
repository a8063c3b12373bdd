#include "commands/status.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "edition/connection.h"
#include "edition/harvest_session.h"
#include "edition/label_parts.h"
#include "edition/learned_weights.h"
#include "edition/week.h"
#include "github/decode.h"
#include "github/token.h"
#include "harvest/coverage_picture.h"

namespace harvester::commands {
namespace {

using nlohmann::ordered_json;

constexpr int harvests_shown = 5;

// All that `status` tells, gathered before anything is printed.
struct Report {
    std::string path;
    bool exists = false;
    cache::CacheFacts facts;
    harvest::CoveragePicture coverage;
    std::string calendar_of;                      // the search that the calendar shows
    std::vector<harvest::CoverageYear> calendar;  // where the cache covers more than a year
    std::vector<cache::HarvestRecord> harvests;
    std::vector<edition::UngroupedItem> ungrouped;  // of the coming edition
    bool verified = false;
    std::vector<std::string> findings;
    std::string token;  // its source; empty: none
    std::optional<github::RateLimit> limit;
    std::string limit_unknown;  // why it isn't known
    std::string weights;        // those in use, or why they can't be used
    std::vector<edition::LearnedEdition> learned;
};

// A few editions show how well the weights predict.
constexpr std::size_t editions_shown = 8;

// Asks GitHub in one request that costs no points.
Result<github::RateLimit> ask_limit(const cli::Context& context) {
    auto connection = edition::connect(
        context, 1, [&](const std::string& sentence) { cli::say_verbose(context, sentence); });
    if (!connection) return tl::unexpected(connection.error());
    const auto operation = github::find_operation("rate_limit");
    github::Call call;
    call.operation = *operation;
    call.variables = "{}";
    connection->client->ask(std::move(call));
    const auto answer = connection->client->next().second;
    if (!answer) return tl::unexpected(answer.error());
    return github::decode_rate_limit(*answer);
}

Result<void> read_cache(const StatusOptions& options, const cli::Context& context, std::size_t width,
                        Report& report) {
    std::error_code error;
    report.exists = std::filesystem::exists(report.path, error);
    if (!report.exists) return {};
    const auto store = edition::open_cache(context, cache::OpenMode::read_only);
    if (!store) return tl::unexpected(store.error());
    const auto week = edition::open_week(context, std::string());
    if (!week) return tl::unexpected(week.error());
    auto ungrouped = edition::ungrouped_items(week->profile, *store, week->issue);
    if (!ungrouped) return tl::unexpected(ungrouped.error());
    report.ungrouped = std::move(*ungrouped);
    const auto facts = store->facts();
    if (!facts) return tl::unexpected(facts.error());
    report.facts = *facts;
    const auto slices = store->all_slices();
    if (!slices) return tl::unexpected(slices.error());
    report.coverage = harvest::draw_coverage(*slices, width);
    const auto profile = cli::load_profile(context);
    if (!profile) return tl::unexpected(profile.error());
    for (auto& bar : report.coverage.bars) {
        if (bar.search != profile->stats.search) continue;
        // The items themselves are known here: each counts once, however often it was asked for.
        bar.items = 0;
        for (const Range& range : bar.complete) {
            const auto count = store->merged_count(range);
            if (!count) return tl::unexpected(count.error());
            *bar.items += *count;
        }
        if (report.coverage.span.to - report.coverage.span.from > std::chrono::days{370}) {
            report.calendar_of = bar.search;
            report.calendar = harvest::draw_calendar(bar);
        }
    }
    auto harvests = store->last_harvests(harvests_shown);
    if (!harvests) return tl::unexpected(harvests.error());
    report.harvests = std::move(*harvests);
    if (!options.verify) return {};
    auto findings = store->verify();
    if (!findings) return tl::unexpected(findings.error());
    report.verified = true;
    report.findings = std::move(*findings);
    return {};
}

void read_limit(const cli::Context& context, Report& report) {
    const auto token = edition::find_token(context, github::Purpose::read);
    if (!token) {
        report.limit_unknown = "no token";
        return;
    }
    report.token = token->source;
    if (context.global.offline) {
        report.limit_unknown = "not asked, because of --offline";
        return;
    }
    auto limit = ask_limit(context);
    if (limit) {
        report.limit = std::move(*limit);
    } else {
        report.limit_unknown = limit.error().message;
    }
}

void read_weights(const cli::Context& context, Report& report) {
    const auto profile = cli::load_profile(context);
    const auto in_use =
        profile ? edition::weights_in_use(context, *profile) : tl::unexpected(profile.error());
    if (!in_use) {
        report.weights = in_use.error().message;
        return;
    }
    report.weights = in_use->path.empty() ? "those of the profile" : in_use->path;
    if (in_use->newest)
        report.weights += fmt::format(", fitted to editions up to {}", format_day(*in_use->newest));
    report.learned = edition::read_learning_log(edition::weights_path(context, *profile));
    if (report.learned.size() > editions_shown)
        report.learned.erase(report.learned.begin(), report.learned.end() - editions_shown);
}

std::string days(const Range& range) {
    return fmt::format("{}..{}", format_instant(range.from).substr(0, 10),
                       format_instant(range.to - Seconds{1}).substr(0, 10));
}

void print_text(const Report& report, std::ostream& out) {
    if (!report.exists) {
        out << fmt::format("cache     {} (not there yet; `harvester fetch` makes it)\n", report.path);
    } else {
        out << fmt::format("cache     {} (format {}, {:.1f} MB)\n", report.path, report.facts.format,
                           static_cast<double>(report.facts.bytes) / 1e6);
        out << fmt::format("items     {} pull requests, {} issues, {} of them gone from GitHub\n",
                           report.facts.pull_requests, report.facts.issues, report.facts.gone);
    }
    std::size_t longest = 0;
    for (const auto& bar : report.coverage.bars) longest = std::max(longest, bar.search.size());
    if (longest > 0)
        out << fmt::format("coverage  {}  (# complete, + in part, ! incomplete, . nothing)\n",
                           days(report.coverage.span));
    for (const auto& bar : report.coverage.bars) {
        out << fmt::format("  {:<{}}  {}", bar.search, longest, bar.cells);
        if (bar.items) out << fmt::format("  {} items", *bar.items);
        if (bar.missing > 0) out << fmt::format(", {} missing", bar.missing);
        out << '\n';
    }
    for (const auto& year : report.calendar) {
        if (&year == &report.calendar.front())
            out << fmt::format("weeks     {} by week of the year, the first begins on a Monday\n",
                               report.calendar_of);
        out << fmt::format("  {}  {}\n", year.year, year.weeks);
    }
    if (!report.harvests.empty()) out << "harvests\n";
    for (const auto& harvest : report.harvests)
        out << fmt::format("  {}  {}  {} items, {} requests, {:.1f} MB, {}\n",
                           format_instant(harvest.started_at), days(harvest.range), harvest.items,
                           harvest.requests, static_cast<double>(harvest.bytes) / 1e6,
                           harvest.complete ? "complete" : "incomplete");
    if (!report.ungrouped.empty())
        out << fmt::format("no group  {}\n", terminal_safe(edition::describe(report.ungrouped)));
    out << fmt::format("token     {}\n", report.token.empty()
                                             ? "none: set GH_TOKEN or GITHUB_TOKEN, or log in with gh"
                                             : "from " + report.token);
    if (report.limit) {
        out << fmt::format("limit     {} of {} points left until {}\n", report.limit->remaining,
                           report.limit->limit, format_instant(report.limit->resets_at));
    } else {
        out << fmt::format("limit     not known: {}\n", report.limit_unknown);
    }
    out << fmt::format("weights   {}\n", terminal_safe(report.weights));
    for (const edition::LearnedEdition& edition : report.learned)
        out << fmt::format("  {}  {} lines to change, expected {:.1f}\n", format_day(edition.date),
                           edition.lines.sum(), edition.expected);
    if (report.verified && report.findings.empty()) out << "verified  the cache is sound\n";
    for (const std::string& finding : report.findings) out << fmt::format("damaged   {}\n", finding);
}

void print_json(const Report& report, std::ostream& out) {
    ordered_json json = {{"cache",
                          {{"path", report.path},
                           {"exists", report.exists},
                           {"format", report.facts.format},
                           {"bytes", report.facts.bytes}}},
                         {"items",
                          {{"pull_requests", report.facts.pull_requests},
                           {"issues", report.facts.issues},
                           {"gone", report.facts.gone}}}};
    json["coverage"] = ordered_json::array();
    for (const auto& bar : report.coverage.bars) {
        ordered_json ranges = ordered_json::array();
        for (const Range& range : bar.complete)
            ranges.push_back({{"from", format_instant(range.from)}, {"to", format_instant(range.to)}});
        json["coverage"].push_back({{"search", bar.search},
                                    {"items", bar.items ? ordered_json(*bar.items) : ordered_json(nullptr)},
                                    {"missing", bar.missing},
                                    {"complete", ranges}});
    }
    json["harvests"] = ordered_json::array();
    for (const auto& harvest : report.harvests)
        json["harvests"].push_back({{"started", format_instant(harvest.started_at)},
                                    {"finished", format_instant(harvest.finished_at)},
                                    {"from", format_instant(harvest.range.from)},
                                    {"to", format_instant(harvest.range.to)},
                                    {"items", harvest.items},
                                    {"requests", harvest.requests},
                                    {"bytes", harvest.bytes},
                                    {"complete", harvest.complete}});
    json["without_group"] = ordered_json::array();
    for (const auto& item : report.ungrouped)
        json["without_group"].push_back({{"part", item.part}, {"url", item.item.url}});
    json["token"] = report.token.empty() ? ordered_json(nullptr) : ordered_json(report.token);
    json["limit"] = nullptr;
    if (report.limit)
        json["limit"] = {{"limit", report.limit->limit},
                         {"remaining", report.limit->remaining},
                         {"resets_at", format_instant(report.limit->resets_at)}};
    json["weights"] = report.weights;
    json["learned"] = ordered_json::array();
    for (const edition::LearnedEdition& edition : report.learned)
        json["learned"].push_back({{"edition", format_day(edition.date)},
                                   {"expected", edition.expected},
                                   {"deleted", edition.lines.deleted},
                                   {"added", edition.lines.added},
                                   {"retyped", edition.lines.retyped},
                                   {"moved", edition.lines.moved}});
    if (report.verified) json["findings"] = report.findings;
    out << json.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
}

}  // namespace

Result<ExitCode> run_status(const StatusOptions& options, cli::Context& context) {
    Report report;
    const auto path = cli::cache_path(context);
    if (!path) return tl::unexpected(path.error());
    report.path = terminal_safe(path->string());
    constexpr std::size_t widest = 60, beside = 55;
    const auto columns = static_cast<std::size_t>(std::max(context.streams.columns, 80));
    if (auto read = read_cache(options, context, std::min(widest, columns - beside), report); !read)
        return tl::unexpected(read.error());
    read_limit(context, report);
    read_weights(context, report);
    options.json ? print_json(report, context.streams.out) : print_text(report, context.streams.out);
    if (!report.findings.empty())
        return fail(ExitCode::file, fmt::format("cache {}: {} findings; move it away and fetch anew",
                                                report.path, report.findings.size()));
    return ExitCode::done;
}

}  // namespace harvester::commands
