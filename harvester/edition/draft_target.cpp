#include "edition/draft_target.h"

#include <fmt/format.h>

#include <charconv>

#include "base/child_program.h"
#include "base/files.h"
#include "edition/draft_memory.h"
#include "draft/checkout.h"
#include "draft/unified_diff.h"

namespace harvester::edition {
namespace {

// When the file was committed last; nullopt outside a checkout and for a file that never was.
std::optional<Instant> last_commit(const std::filesystem::path& file) {
    constexpr Milliseconds patience{10'000};
    const auto output = output_of({"git", "-C", file.parent_path().string(), "log", "-1", "--format=%ct",
                                   "--", file.filename().string()},
                                  patience, 64);
    std::int64_t seconds = 0;
    if (!output ||
        std::from_chars(output->data(), output->data() + output->size(), seconds).ec != std::errc())
        return std::nullopt;
    return Instant{Seconds{seconds}};
}

std::string summary(const draft::DraftMerge& merge) {
    std::size_t added = 0;
    std::size_t removed = 0;
    for (const draft::PartOutcome& part : merge.parts) {
        added += part.added.size();
        removed += part.removed.size();
    }
    return fmt::format("{} links came in, {} went", added, removed);
}

}  // namespace

std::optional<std::filesystem::path> draft_file(const profile::Profile& profile, const Edition& issue,
                                                const std::string& named, const cli::Context& context) {
    if (!named.empty()) return context.working_folder / named;
    return draft::find_in_checkout(context.working_folder, profile.publish.drafts, issue);
}

Result<ExitCode> merge_into_file(const profile::Profile& profile, cache::Store& store,
                                 const render::Report& report, const std::vector<render::PartText>& rendered,
                                 const DraftTarget& target, cli::Context& context) {
    std::error_code error;
    const auto place = std::filesystem::weakly_canonical(target.file, error);
    const std::string draft = format_day(report.issue.date) + " " + (error ? target.file : place).string();
    auto text = read_file(target.file);
    if (!text) return tl::unexpected(text.error());
    auto bases = load_bases(store, profile.publish, draft);
    if (!bases) return tl::unexpected(bases.error());

    draft::DraftMergeInput input{
        target.file.filename().string(), *text, rendered, std::move(*bases), {}, target.reset};
    if (const auto committed = last_commit(error ? target.file : place))
        input.newer = newer_than(report, store, profile.form, *committed);
    const auto merge = draft::merge_draft(input, profile.publish);
    if (!merge) return tl::unexpected(merge.error());
    for (const std::string& note : merge->notes) cli::say(context, note);
    if (target.dry_run) {
        context.streams.out << draft::unified_diff(*text, merge->text, target.file.string(),
                                                   target.file.string());
        return ExitCode::done;
    }
    if (merge->text != *text)
        if (const auto written = write_file_atomically(target.file, merge->text); !written)
            return tl::unexpected(written.error());
    if (const auto saved = save_bases(store, draft, merge->bases, context.clock.now_seconds()); !saved)
        return tl::unexpected(saved.error());
    cli::say(context, fmt::format("{}: {}{}", target.file.string(), summary(*merge),
                             merge->text == *text ? "; nothing to write" : ""));
    return ExitCode::done;
}

}  // namespace harvester::edition
