#include "commands/learn.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "edition/evaluation.h"
#include "edition/learner.h"
#include "edition/past_edition.h"
#include "edition/period.h"

namespace harvester::commands {
namespace {

constexpr std::size_t fewest_editions = 4;  // what less would teach is chance

Result<Day> day_or(const char* option, const std::string& text, Day fallback) {
    return text.empty() ? Result<Day>(fallback) : edition::option_day(option, text);
}

// "FROM..TO", both inclusive.
Result<std::pair<Day, Day>> days_of(const std::string& text) {
    const std::size_t dots = text.find("..");
    if (dots == std::string::npos)
        return fail(ExitCode::usage, fmt::format("--evaluate {}: must be two dates, 2025-07-02..2025-12-31", text));
    const auto from = edition::option_day("--evaluate", text.substr(0, dots));
    if (!from) return tl::unexpected(from.error());
    const auto to = edition::option_day("--evaluate", text.substr(dots + 2));
    if (!to) return tl::unexpected(to.error());
    return std::pair(*from, *to);
}

Result<void> write_file(const std::string& path, const std::string& text) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out)
        return fail(ExitCode::file,
                    fmt::format("{}: cannot be written; name a file in a folder that you may write to with --output",
                                path));
    return {};
}

std::string weights_text(const edition::Learner& learner, const std::vector<edition::PastEdition>& editions) {
    const auto learned = learner.fit(editions.size());
    const std::vector<std::string> comments = {
        "Weights of the score that picks lines, written by `harvester learn`; edit the policy, not this file.",
        fmt::format("Editions {} to {}: {} editions, {} candidates, {} features.",
                    format_day(editions.front().context.issue.date), format_day(editions.back().context.issue.date),
                    editions.size(), learner.examples(editions.size()), learned.size()),
        "examples: candidates that have the feature; listed: those of them that were printed."};
    return editorial::weights_file(learned, comments);
}

}  // namespace

Result<ExitCode> run_learn(const LearnOptions& options, cli::Context& context) {
    const auto profile = cli::load_profile(context);
    if (!profile) return tl::unexpected(profile.error());
    const auto from = day_or("--from", options.from, profile->editorial.learn.from);
    if (!from) return tl::unexpected(from.error());
    auto until = day_or("--until", options.until, Day::max());
    if (!until) return tl::unexpected(until.error());
    Day first = Day::max();
    if (!options.evaluate.empty()) {
        const auto days = days_of(options.evaluate);
        if (!days) return tl::unexpected(days.error());
        std::tie(first, *until) = *days;
    }
    const auto path = cli::cache_path(context);
    if (!path) return tl::unexpected(path.error());
    const auto store = cache::Store::open(*path, cache::OpenMode::read_only);
    if (!store) return tl::unexpected(store.error());
    const auto published = edition::read_published_folder(*profile, options.published);
    if (!published) return tl::unexpected(published.error());
    for (const std::string& oddity : published->oddities) cli::say(context, "warning: " + oddity);
    const auto editions = edition::past_editions(*profile, *store, *published, *from, *until);
    if (!editions) return tl::unexpected(editions.error());

    const auto later = static_cast<std::size_t>(
        std::count_if(editions->begin(), editions->end(),
                      [&](const edition::PastEdition& past) { return past.context.issue.date >= first; }));
    const std::size_t known = editions->size() - later;
    if (known < fewest_editions)
        return fail(ExitCode::usage,
                    fmt::format("--published: the cache holds merged pull requests of {} published editions{}, at "
                                "least {} are needed; `fetch --from DATE --to DATE` their windows first",
                                known, later > 0 ? " before those to evaluate" : "", fewest_editions));
    if (!options.evaluate.empty()) {
        if (later == 0)
            return fail(ExitCode::usage,
                        fmt::format("--evaluate {}: no published edition with merged pull requests in the cache is "
                                    "in that range; give dates of published editions",
                                    options.evaluate));
        edition::print_evaluation(context.streams.out,
                                  edition::evaluate(*profile, *editions, known, options.repositories));
    }
    if (options.output.empty()) return ExitCode::done;
    const edition::Learner learner(*profile, *editions);
    if (const auto written = write_file(options.output, weights_text(learner, *editions)); !written)
        return tl::unexpected(written.error());
    cli::say(context, fmt::format("{}: weights written", options.output));
    return ExitCode::done;
}

}  // namespace harvester::commands
