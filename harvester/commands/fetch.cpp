#include "commands/fetch.h"

#include <fmt/format.h>

#include "edition/harvest_session.h"

namespace harvester::commands {
namespace {

std::string plural(std::int64_t count, const char* word) {
    return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s");
}

}  // namespace

Result<ExitCode> run_fetch(const FetchOptions& options, cli::Context& context) {
    const auto profile = cli::load_profile(context);
    if (!profile) return tl::unexpected(profile.error());
    const auto today = std::chrono::floor<std::chrono::days>(context.clock.now_seconds());
    const auto period = edition::resolve_period(*profile, options.period, today);
    if (!period) return tl::unexpected(period.error());
    const auto outcome = edition::run_harvest(context, *profile, *period,
                                              options.refresh ? edition::Again::read : edition::Again::no);
    if (!outcome) return tl::unexpected(outcome.error());

    for (const std::string& warning : outcome->warnings) cli::say(context, "warning: " + warning);
    const std::string days =
        fmt::format("{}..{}", format_day(std::chrono::floor<std::chrono::days>(period->range.from)),
                    format_day(std::chrono::floor<std::chrono::days>(period->range.to - Seconds{1})));
    if (outcome->requests == 0 && outcome->complete()) {
        cli::say(context, fmt::format("{}: already complete; --refresh fetches again", days));
        return ExitCode::done;
    }
    std::string sentence = fmt::format("{}: {} in {}", days, plural(outcome->items, "item"),
                                       plural(outcome->requests, "request"));
    if (outcome->gone > 0) sentence += fmt::format(", {} gone from GitHub", outcome->gone);
    cli::say(context, sentence);
    if (outcome->complete()) return ExitCode::done;
    return fail(ExitCode::incomplete,
                fmt::format("{} did not arrive; what did is kept, run the same command again to go on",
                            plural(static_cast<std::int64_t>(outcome->missing.size()), "part")));
}

}  // namespace harvester::commands
