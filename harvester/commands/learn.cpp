#include "commands/learn.h"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <span>

#include "edition/learn_data.h"
#include "edition/learn_figures.h"
#include "edition/period.h"
#include "editorial/features.h"
#include "editorial/training.h"

namespace harvester::commands {
namespace {

// The candidates of one issue as examples.
std::vector<editorial::Example> examples_of(const profile::Profile& profile, const edition::PastIssue& past,
                                            const std::unordered_set<std::string>& printed_ever) {
    std::vector<editorial::Example> out;
    for (const Decision& decision : editorial::decide(profile, {}, past.merged, past.context)) {
        if (decision.verdict != Verdict::picked && decision.verdict != Verdict::left) continue;
        editorial::Example example;
        example.features = editorial::features(profile.editorial.score, decision.item, past.context.layout);
        example.listed = printed_ever.contains(edition::item_key(decision.item.repository, decision.item.number));
        out.push_back(std::move(example));
    }
    return out;
}

class Learner {
  public:
    Learner(const profile::Profile& profile, std::span<const edition::PastIssue> issues)
        : profile_(profile), issues_(issues) {
        std::unordered_set<std::string> printed_ever;
        for (const edition::PastIssue& past : issues) printed_ever.insert(past.printed.begin(), past.printed.end());
        for (const edition::PastIssue& past : issues) examples_.push_back(examples_of(profile, past, printed_ever));
    }

    // Fitted to the issues for which `take` says so; older ones count less.
    template <class Take>
    std::vector<editorial::LearnedWeight> fit(Take take) const {
        const profile::LearnPolicy& policy = profile_.editorial.learn;
        std::vector<editorial::Example> chosen;
        for (std::size_t i = 0; i < issues_.size(); ++i) {
            if (!take(i)) continue;
            const double age =
                static_cast<double>(
                    (issues_.back().context.issue.date - issues_[i].context.issue.date).count()) /
                7;
            const double weight = policy.half_life > 0 ? std::exp2(-age / policy.half_life) : 1;
            for (editorial::Example example : examples_[i]) {
                example.weight = weight;
                chosen.push_back(std::move(example));
            }
        }
        return editorial::fit(chosen, {policy.ridge, policy.least_examples, policy.least_weight});
    }

    std::size_t examples(std::size_t first, std::size_t last) const {
        std::size_t sum = 0;
        for (std::size_t i = first; i < last; ++i) sum += examples_[i].size();
        return sum;
    }

  private:
    const profile::Profile& profile_;
    std::span<const edition::PastIssue> issues_;
    std::vector<std::vector<editorial::Example>> examples_;
};

Result<Day> day_or(const char* option, const std::string& text, Day fallback) {
    return text.empty() ? Result<Day>(fallback) : edition::option_day(option, text);
}

Result<void> write_file(const std::string& path, const std::string& text) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out)
        return fail(
            ExitCode::file,
            fmt::format("{}: cannot be written; name a file in a folder that you may write to with --output",
                        path));
    return {};
}

}  // namespace

Result<ExitCode> run_learn(const LearnOptions& options, cli::Context& context) {
    const auto profile = cli::load_profile(context);
    if (!profile) return tl::unexpected(profile.error());
    const profile::LearnPolicy& policy = profile->editorial.learn;
    const auto from = day_or("--from", options.from, policy.from);
    if (!from) return tl::unexpected(from.error());
    const auto until = day_or("--until", options.until, Day::max());
    if (!until) return tl::unexpected(until.error());
    const auto path = cli::cache_path(context);
    if (!path) return tl::unexpected(path.error());
    const auto store = cache::Store::open(*path, cache::OpenMode::read_only);
    if (!store) return tl::unexpected(store.error());
    const auto published = edition::read_published_folder(*profile, options.published);
    if (!published) return tl::unexpected(published.error());
    for (const std::string& oddity : published->oddities) cli::say(context, "warning: " + oddity);
    const auto issues = edition::past_issues(*profile, *store, *published, *from, *until);
    if (!issues) return tl::unexpected(issues.error());
    const std::size_t held_back =
        options.held_back > 0 ? static_cast<std::size_t>(options.held_back) : policy.held_back;
    if (issues->size() < held_back + policy.folds)
        return fail(
            ExitCode::usage,
            fmt::format(
                "--published: the cache holds merged pull requests of {} published issues, at least {} "
                "are needed; `fetch --from DATE --to DATE` their windows first",
                issues->size(), held_back + policy.folds));

    std::ostream& out = context.streams.out;
    const Learner learner(*profile, *issues);
    const std::size_t tail = issues->size() - held_back;

    const auto before_tail = editorial::as_weights(learner.fit([&](std::size_t i) { return i < tail; }));
    edition::print_head(out, "held back");
    edition::ByRepository tail_figures;
    for (std::size_t i = tail; i < issues->size(); ++i) {
        const auto figures = edition::compare(*profile, before_tail, (*issues)[i]);
        edition::print_row(out, format_day((*issues)[i].context.issue.date), edition::total(figures), 1);
        for (const auto& [repository, f] : figures) tail_figures[repository] += f;
    }
    out << '\n';
    edition::print_by_repository(out, "held back, by repository", tail_figures, held_back);
    out << '\n';
    edition::print_ranking(out, tail_figures);

    edition::ByRepository crossed;
    for (std::size_t fold = 0; fold < policy.folds; ++fold) {
        const auto weights =
            editorial::as_weights(learner.fit([&](std::size_t i) { return i % policy.folds != fold; }));
        for (std::size_t i = fold; i < issues->size(); i += policy.folds)
            for (const auto& [repository, f] : edition::compare(*profile, weights, (*issues)[i]))
                crossed[repository] += f;
    }
    out << '\n';
    edition::print_by_repository(out, "cross-validated", crossed, issues->size());

    if (options.output.empty()) return ExitCode::done;
    const auto learned = learner.fit([](std::size_t) { return true; });
    const std::vector<std::string> comments = {
        "Weights of the score that picks lines, written by `harvester learn`; edit the policy, not this "
        "file.",
        fmt::format("Issues {} to {}: {} issues, {} candidates, {} features.",
                    format_day(issues->front().context.issue.date),
                    format_day(issues->back().context.issue.date), issues->size(),
                    learner.examples(0, issues->size()), learned.size()),
        fmt::format("Cross-validated: precision {:.3f}, recall {:.3f}, {:.1f} lines to touch an issue.",
                    edition::total(crossed).precision(), edition::total(crossed).recall(),
                    static_cast<double>(edition::total(crossed).touched()) / static_cast<double>(issues->size())),
        "examples: candidates that have the feature; listed: those of them that were printed."};
    if (const auto written = write_file(options.output, editorial::weights_file(learned, comments)); !written)
        return tl::unexpected(written.error());
    cli::say(context, fmt::format("{}: {} weights written", options.output, learned.size()));
    return ExitCode::done;
}

}  // namespace harvester::commands
