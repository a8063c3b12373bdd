#include "edition/draft_target.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/child_program.h"
#include "base/files.h"
#include "draft/checkout.h"
#include "draft/unified_diff.h"
#include "edition/draft_memory.h"
#include "profile/calendar.h"
#include "render/render.h"

namespace harvester::edition {
namespace {

// The first day that a name holds, "2024-11-13".
std::optional<Day> day_in(std::string_view name) {
    for (std::size_t at = 0; at + 10 <= name.size(); ++at)
        if (const auto day = parse_day(name.substr(at, 10))) return day;
    return std::nullopt;
}

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

// True when the draft holds more than the template, so that an editor may have deleted lines of it.
bool is_filled(const std::string& text, const draft::DraftMerge& merge) {
    return std::any_of(merge.parts.begin(), merge.parts.end(),
                       [&](const draft::PartOutcome& part) {
                           return part.part == "merged" && part.links > part.added.size();
                       }) &&
           !text.empty();
}

std::string summary(const draft::DraftMerge& merge) {
    std::size_t added = 0, removed = 0, retitled = 0, kept = 0;
    for (const draft::PartOutcome& part : merge.parts) {
        added += part.added.size();
        removed += part.removed.size();
        retitled += part.retitled.size();
        kept += part.kept.size();
    }
    return fmt::format("{} links added, {} removed, {} retitled, {} kept against the harvest", added, removed,
                       retitled, kept);
}

}  // namespace

std::optional<std::filesystem::path> draft_file(const profile::Profile& profile, const Edition& issue,
                                                const std::string& named, const cli::Context& context) {
    if (!named.empty()) return context.working_folder / named;
    return draft::find_in_checkout(context.working_folder, profile.publish.drafts, issue);
}

Result<Week> open_draft_week(const cli::Context& context, const PeriodOptions& period,
                             const std::string& file) {
    auto week = open_week(context, period);
    if (!week || file.empty()) return week;
    const auto path = context.working_folder / file;
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found)
        return fail(
            ExitCode::file,
            fmt::format("{}: there is no such file; name the draft, or make it from the template", file));
    if (!std::filesystem::is_regular_file(status))
        return fail(ExitCode::file, fmt::format("{}: it isn't a regular file; name the draft", file));
    const auto day = day_in(path.filename().string());
    if (!day || !period.from.empty()) return week;
    const auto named = profile::edition_of(week->profile, *day);
    if (!named) return week;
    if (!period.issue.empty() && named->date != week->issue.date)
        return fail(
            ExitCode::usage,
            fmt::format(
                "{}: by its name it is the draft of edition {}, but --issue says {}; name one edition", file,
                format_day(named->date), format_day(week->issue.date)));
    week->issue = *named;
    return week;
}

Result<ExitCode> merge_into_file(const profile::Profile& profile, Record& record, const DraftTarget& target,
                                 cli::Context& context) {
    auto& [store, assembly] = record;
    const render::Report& report = assembly.report;
    std::error_code error;
    const auto canonical = std::filesystem::weakly_canonical(target.file, error);
    const auto& place = error ? target.file : canonical;
    const std::string draft = format_day(report.issue.date) + " " + place.string();
    auto text = read_file(target.file);
    if (!text) return tl::unexpected(text.error());
    auto lines = load_lines(store, profile.publish, draft);
    if (!lines) return tl::unexpected(lines.error());

    draft::DraftMergeInput input{.name = target.named, .text = *text};
    input.rendered = render::render_parts(report, profile.form, {target.parts, target.all});
    set_up_merge(input, assembly, store, profile, target.all);
    input.lines = std::move(*lines);
    input.reset = target.reset;
    input.pick = target.pick;
    input.reject = target.reject;
    const auto committed = last_commit(place);
    if (committed) input.newer = newer_than(report, store, profile.form, *committed);
    const auto merge = draft::merge_draft(input, profile.publish);
    if (!merge) return tl::unexpected(merge.error());

    if (input.lines.empty() && is_filled(*text, *merge))
        cli::say(context, fmt::format("warning: {}: no earlier run on this draft is known; lines that were "
                                      "deleted since {} may come back",
                                      target.named, committed ? "its last commit" : "it was filled"));
    for (const std::string& line : draft::account_of(*merge)) cli::say(context, line);
    for (const std::string& note : merge->notes) cli::say(context, note);
    if (target.dry_run) {
        context.streams.out << draft::unified_diff(*text, merge->text, target.named, target.named);
        if (merge->text == *text) cli::say(context, fmt::format("{}: nothing would change", target.named));
        return ExitCode::done;
    }
    if (merge->text != *text)
        if (const auto written = write_file_atomically(target.file, merge->text); !written)
            return tl::unexpected(written.error());
    // The file first: lines that are remembered and not in the file would look like lines that the editor
    // deleted.
    if (const auto saved = cache::Drafts(store).write(draft, merge->lines, context.clock.now_seconds());
        !saved)
        return tl::unexpected(saved.error());
    cli::say(context, fmt::format("{}: {}{}", target.named, summary(*merge),
                                  merge->text == *text ? "; nothing to write" : ""));
    return ExitCode::done;
}

}  // namespace harvester::edition
