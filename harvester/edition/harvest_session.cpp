#include "edition/harvest_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cache/harvest_lock.h"
#include "edition/connection.h"
#include "harvest/coverage.h"

namespace harvester::edition {
namespace {

// Periods longer than this are backfills: asked strictly one after the other, as GitHub advises.
constexpr std::chrono::days longest_burst{31};
constexpr int burst_in_flight = 4;

// A line that is written over, on terminals and with --progress; gone when it ends.
class ProgressLine {
  public:
    explicit ProgressLine(cli::Context& context)
        : context_(context),
          shown_(!context.global.quiet && (context.streams.err_is_terminal || context.global.progress)),
          started_(context.clock.now()) {}
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ~ProgressLine() { clear(); }

    void show(const harvest::Progress& progress) {
        if (!shown_) return;
        const auto expected = std::max(progress.expected, progress.received);
        std::string line =
            fmt::format("{} of about {} items, {} requests", progress.received, expected, progress.requests);
        const auto elapsed = context_.clock.now() - started_;
        if (progress.received > 0 && expected > progress.received) {
            const auto left =
                std::chrono::ceil<Seconds>(elapsed * (expected - progress.received) / progress.received);
            line += left < std::chrono::minutes{2}
                        ? fmt::format(", {} s left", left.count())
                        : fmt::format(", {} min left", std::chrono::ceil<std::chrono::minutes>(left).count());
        }
        line.resize(
            std::min(line.size(), static_cast<std::size_t>(std::max(1, context_.streams.columns - 1))));
        context_.streams.err << '\r' << line
                             << std::string(width_ > line.size() ? width_ - line.size() : 0, ' ')
                             << std::flush;
        width_ = line.size();
    }

    void clear() {
        if (width_ > 0) context_.streams.err << '\r' << std::string(width_, ' ') << '\r' << std::flush;
        width_ = 0;
    }

  private:
    cli::Context& context_;
    bool shown_;
    std::chrono::sys_time<Milliseconds> started_;
    std::size_t width_ = 0;
};

// Waits until no other harvest uses the cache.
Result<cache::HarvestLock> take_lock(cli::Context& context) {
    const auto path = cli::cache_path(context);
    if (!path) return tl::unexpected(path.error());
    constexpr Milliseconds nap{200};
    const Milliseconds longest = std::chrono::seconds{context.global.max_wait};
    for (Milliseconds waited{0};; waited += nap) {
        auto lock = cache::HarvestLock::try_take(*path);
        if (!lock) return tl::unexpected(lock.error());
        if (*lock) return std::move(**lock);
        if (waited >= longest)
            return fail(
                ExitCode::file,
                fmt::format("cache {}: another harvest is using it; wait for it to end, or allow a longer "
                            "--max-wait than {} s",
                            path->string(), context.global.max_wait));
        if (waited == Milliseconds{0})
            cli::say(context, "another harvest is using this cache; waiting for it to end");
        if (!context.clock.sleep(nap))
            return fail(ExitCode::interrupted,
                        "interrupted while waiting for another harvest; nothing was asked");
    }
}

// A line for each part; parts that lack the same for the same reason share one.
void report_missing(cli::Context& context, const harvest::HarvestOutcome& outcome) {
    constexpr std::size_t most = 20;
    std::map<std::string, std::vector<std::string>> searches_of;  // by reason, where GitHub gave no number
    std::size_t shown = 0;
    for (const harvest::Missing& missing : outcome.missing) {
        if (!missing.items) {
            searches_of[missing.reason].push_back(missing.search);
        } else if (++shown <= most) {
            cli::say(context, "missing: " + harvest::describe(missing));
        }
    }
    if (shown > most)
        cli::say(context, fmt::format("and {} more; `harvester status` shows them", shown - most));
    for (auto& [reason, searches] : searches_of) {
        searches.erase(std::unique(searches.begin(), searches.end()), searches.end());
        cli::say(context,
                 fmt::format("missing, in whole or in part: {} ({})", fmt::join(searches, "; "), reason));
    }
    for (const std::string& note : outcome.notes) cli::say(context, note);
}

}  // namespace

Result<cache::Store> open_cache(const cli::Context& context, cache::OpenMode mode) {
    const auto path = cli::cache_path(context);
    if (!path) return tl::unexpected(path.error());
    constexpr std::int64_t longest_wait = 10;
    return cache::Store::open(*path,
                              {mode, std::chrono::seconds{std::min(longest_wait, context.global.max_wait)}});
}

Result<harvest::HarvestOutcome> run_harvest(cli::Context& context, const profile::Profile& profile,
                                            const Period& period, Again again) {
    auto store = open_cache(context, cache::OpenMode::read_write);
    if (!store) return tl::unexpected(store.error());
    const auto lock = take_lock(context);
    if (!lock) return tl::unexpected(lock.error());
    const harvest::HarvestRequest request{period.range, period.issue, again == Again::read,
                                          context.clock.now_seconds(), true};
    const auto coverage = harvest::coverage_of(profile, *store, request, true);
    if (!coverage) return tl::unexpected(coverage.error());
    const bool covered =
        std::ranges::all_of(*coverage, [](const auto& search) { return search.missing.empty(); });
    harvest::HarvestOutcome nothing;
    nothing.as_of = request.now;
    if (covered && (again == Again::no || context.global.offline)) return nothing;
    if (context.global.offline)
        return fail(ExitCode::incomplete,
                    "the cache doesn't hold all of this period, and --offline forbids asking GitHub; leave "
                    "--offline away");

    const int in_flight = period.range.to - period.range.from > longest_burst ? 1 : burst_in_flight;
    ProgressLine line(context);
    auto connection = connect(context, in_flight, [&](const std::string& sentence) {
        line.clear();
        cli::say(context, sentence);
    });
    if (!connection && covered && connection.error().code == ExitCode::credentials) {
        cli::say(context, "no token: changes since the last harvest are not fetched; set GH_TOKEN");
        return nothing;
    }
    if (!connection) return tl::unexpected(connection.error());
    auto outcome = harvest::harvest(profile, request, *connection->client, *store,
                                    [&](const harvest::Progress& progress) { line.show(progress); });
    line.clear();
    if (!outcome) return outcome;
    const cache::HarvestRecord record{
        profile.name,      period.range,   request.now,    context.clock.now_seconds(),
        outcome->requests, outcome->bytes, outcome->items, outcome->complete()};
    if (auto saved = store->save_harvest(record); !saved) return tl::unexpected(saved.error());
    report_missing(context, *outcome);
    return outcome;
}

}  // namespace harvester::edition
