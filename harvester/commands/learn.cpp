#include "commands/learn.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/files.h"
#include "edition/evaluation.h"
#include "edition/learner.h"
#include "edition/past_edition.h"
#include "edition/period.h"
#include "edition/weekly_update.h"

namespace harvester::commands {
namespace {

constexpr std::size_t fewest_editions = 5;  // four judge, one teaches; less would be chance

Result<Day> day_or(const char* option, const std::string& text, Day fallback) {
    return text.empty() ? Result<Day>(fallback) : edition::option_day(option, text);
}

// "FROM..TO", both inclusive.
Result<std::pair<Day, Day>> days_of(const std::string& text) {
    const std::size_t dots = text.find("..");
    if (dots == std::string::npos)
        return fail(ExitCode::usage,
                    fmt::format("--evaluate {}: must be two dates, 2025-07-02..2025-12-31", text));
    const auto from = edition::option_day("--evaluate", text.substr(0, dots));
    if (!from) return tl::unexpected(from.error());
    const auto to = edition::option_day("--evaluate", text.substr(dots + 2));
    if (!to) return tl::unexpected(to.error());
    return std::pair(*from, *to);
}

std::string weights_text(const edition::Learner& learner, const std::vector<edition::PastEdition>& editions,
                         double half_life) {
    const auto learned = learner.fit(editions.size(), half_life);
    const std::vector<std::string> comments = {
        "Weights of the score that picks lines, written by `harvester learn`; edit the policy, not this "
        "file.",
        fmt::format("Editions {} to {}: {} editions, {} candidates, {} features.",
                    format_day(editions.front().context.issue.date),
                    format_day(editions.back().context.issue.date), editions.size(),
                    learner.examples(editions.size()), learned.size()),
        fmt::format("Newest edition: {}", format_day(editions.back().context.issue.date)),
        "examples: candidates that have the feature; listed: those of them that were printed."};
    return editorial::weights_file(learned, comments);
}

Result<void> update(const profile::Profile& profile, const std::vector<edition::PastEdition>& editions,
                    cli::Context& context) {
    const std::filesystem::path path = edition::weights_path(context, profile);
    if (path.empty())
        return fail(ExitCode::usage,
                    "no place for the weights is known: set HOME or XDG_DATA_HOME, or give --weights FILE");
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    const edition::Learner learner(profile, editions);
    const edition::WeeklyUpdate done =
        edition::weekly_update(profile, learner, editions, edition::read_learning_log(path));
    const std::string judged = fmt::format("over the last four editions {} lines with learning, {} without",
                                           done.with, done.without);
    if (done.kept)
        if (const auto written = write_file_atomically(path, weights_text(learner, editions, done.half_life));
            !written)
            return written;
    cli::say(context, done.kept ? fmt::format("{}: weights written; {}", path.string(), judged)
                                : fmt::format("{}: weights kept as they are; {}", path.string(), judged));
    return edition::write_learning_log(path, done.log);
}

}  // namespace

Result<ExitCode> run_learn(const LearnOptions& options, cli::Context& context) {
    const auto profile = cli::load_profile(context);
    if (!profile) return tl::unexpected(profile.error());
    const profile::LearnPolicy& policy = profile->editorial.learn;
    const auto from = day_or("--from", options.from, policy.from);
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
    auto editions = edition::past_editions(*profile, *store, *published, *from, *until);
    if (!editions) return tl::unexpected(editions.error());
    for (const std::string& sentence : edition::remove_unusable(*profile, *editions))
        cli::say(context, "warning: " + sentence);

    const auto later = static_cast<std::size_t>(
        std::count_if(editions->begin(), editions->end(),
                      [&](const edition::PastEdition& past) { return past.context.issue.date >= first; }));
    const std::size_t known = editions->size() - later;
    if (known < fewest_editions)
        return fail(
            ExitCode::usage,
            fmt::format("--published: the cache holds merged pull requests of {} published editions{}, at "
                        "least {} are needed; `fetch --from DATE --to DATE` their windows first",
                        known, later > 0 ? " before those to evaluate" : "", fewest_editions));
    if (!options.evaluate.empty()) {
        if (later == 0)
            return fail(
                ExitCode::usage,
                fmt::format("--evaluate {}: no published edition with merged pull requests in the cache is "
                            "in that range; give dates of published editions",
                            options.evaluate));
        edition::print_evaluation(context.streams.out,
                                  edition::evaluate(*profile, *editions, known, options.repositories));
    }
    if (options.update)
        if (const auto updated = update(*profile, *editions, context); !updated)
            return tl::unexpected(updated.error());
    if (options.output.empty()) return ExitCode::done;
    const edition::Learner learner(*profile, *editions);
    if (const auto written = write_file_atomically(context.working_folder / options.output,
                                                   weights_text(learner, *editions, policy.half_life));
        !written)
        return tl::unexpected(written.error());
    cli::say(context, fmt::format("{}: weights written", options.output));
    return ExitCode::done;
}

}  // namespace harvester::commands
