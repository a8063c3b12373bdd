#include "commands/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/files.h"
#include "cache/store.h"
#include "check/check.h"
#include "cli/annotation.h"
#include "draft/checkout.h"
#include "edition/connection.h"
#include "edition/draft_target.h"
#include "edition/label_parts.h"
#include "edition/period.h"
#include "markdown/item_url.h"
#include "profile/calendar.h"

namespace harvester::commands {
namespace {

// The cache, when there is one: `check` works without.
Result<std::shared_ptr<cache::Store>> known_cache(const cli::Context& context) {
    const auto path = cli::cache_path(context);
    std::error_code error;
    if (!path || !std::filesystem::exists(*path, error)) return nullptr;
    auto store = cache::Store::open(*path, cache::OpenMode::read_only);
    if (!store) return tl::unexpected(store.error());
    return std::make_shared<cache::Store>(std::move(*store));
}

// Counts are only known of windows that a harvest read whole.
std::optional<std::int64_t> known_count(const cache::Store& store, const profile::Profile& profile,
                                        const Edition& edition) {
    constexpr int harvests_looked_at = 1000;
    const auto harvests = store.last_harvests(harvests_looked_at);
    if (!harvests) return std::nullopt;
    const Range window = edition.window.range();
    for (const cache::HarvestRecord& harvest : *harvests) {
        const bool over = harvest.finished_at >= window.to;
        if (harvest.profile != profile.name || !harvest.complete || !over) continue;
        if (harvest.range.from > window.from || harvest.range.to < window.to) continue;
        if (const auto count = store.merged_count(window)) return *count;
    }
    return std::nullopt;
}

std::vector<check::UngroupedItem> known_ungrouped(const cache::Store& store, const profile::Profile& profile,
                                                  const Edition& edition) {
    std::vector<check::UngroupedItem> out;
    if (const auto items = edition::ungrouped_items(profile, store, edition))
        for (const edition::UngroupedItem& item : *items) out.push_back({item.part, item.item.url});
    return out;
}

void use_cache(check::CheckInput& input, const std::shared_ptr<cache::Store>& store,
               const profile::Profile& profile) {
    if (!store) return;
    input.find_item = [store](const std::string& url) -> std::optional<Item> {
        const auto name = markdown::item_name(url);
        if (!name) return std::nullopt;
        auto item = store->find_item(name->first, name->second);
        return item ? *item : std::nullopt;
    };
    input.merged_count = [store, &profile](const Edition& edition) {
        return known_count(*store, profile, edition);
    };
    input.ungrouped = [store, &profile](const Edition& edition) {
        return known_ungrouped(*store, profile, edition);
    };
}

// Asks GitHub for the items that the cache doesn't know, and for those that weren't merged when it saw them.
Result<void> ask_github(check::CheckInput& input, const profile::Profile& profile, cli::Context& context) {
    std::vector<std::string> unknown;
    for (const std::string& url : check::listed_items(input.text, profile)) {
        const auto item = input.find_item ? input.find_item(url) : std::nullopt;
        if (!item || item->state == ItemState::open) unknown.push_back(url);
    }
    if (unknown.empty()) return {};
    constexpr int in_flight = 4;
    auto connection =
        edition::connect(context, in_flight, [&](const std::string& talk) { cli::say(context, talk); });
    if (!connection) return tl::unexpected(connection.error());
    auto found = edition::look_up_items(*connection->client, unknown);
    if (!found) return tl::unexpected(found.error());
    input.missing = std::move(found->missing);
    input.find_item = [known = std::move(found->items),
                       cached = std::move(input.find_item)](const std::string& url) -> std::optional<Item> {
        if (const auto item = known.find(markdown::link_key(url)); item != known.end()) return item->second;
        return cached ? cached(url) : std::nullopt;
    };
    return {};
}

// The previous edition: as named, in the checkout, or next to the file.
Result<std::optional<std::string>> previous_text(const profile::Profile& profile, const std::string& named,
                                                 const std::filesystem::path& file,
                                                 const cli::Context& context) {
    std::optional<std::filesystem::path> path;
    if (!named.empty()) {
        path = context.working_folder / named;
    } else if (const auto edition = check::edition_of_file(file.filename().string(), {}, profile)) {
        const Edition before = profile::previous_edition(profile, *edition);
        std::error_code error;
        path = draft::find_in_checkout(std::filesystem::absolute(file, error).parent_path(),
                                       profile.publish.issues, before);
        for (const std::string& pattern : profile.publish.issues) {
            const auto beside =
                file.parent_path() / std::filesystem::path(draft::issue_path(pattern, before)).filename();
            if (!path && std::filesystem::is_regular_file(beside, error)) path = beside;
        }
    }
    if (!path) return std::nullopt;
    auto text = read_file(*path);
    if (!text) return tl::unexpected(text.error());
    return std::optional(std::move(*text));
}

struct NamedText {
    std::string name;  // as the command line gives it, so that a terminal can open it
    std::string text;
};

// The draft of the coming edition in the checkout, seen from the working folder.
Result<std::string> coming_draft(const profile::Profile& profile, const cli::Context& context) {
    const Day today = std::chrono::floor<std::chrono::days>(context.clock.now());
    const auto edition = edition::option_edition(profile, {}, today);
    if (!edition) return tl::unexpected(edition.error());
    const auto path = edition::draft_file(profile, *edition, {}, context);
    if (!path)
        return fail(ExitCode::usage,
                    fmt::format("check: there is no draft of {} in this checkout; name its FILE",
                                format_day(edition->date)));
    return path->lexically_proximate(context.working_folder).string();
}

// All files, before anything is checked or fixed.
Result<std::vector<NamedText>> read_drafts(const std::vector<std::string>& named,
                                           const profile::Profile& profile, const cli::Context& context) {
    std::vector<NamedText> drafts;
    std::vector<std::string> names = named;
    if (names.empty()) {
        const auto coming = coming_draft(profile, context);
        if (!coming) return tl::unexpected(coming.error());
        names.push_back(*coming);
    }
    for (const std::string& name : names) {
        std::error_code error;
        const auto status = std::filesystem::status(context.working_folder / name, error);
        if (!std::filesystem::exists(status))
            return fail(ExitCode::file, fmt::format("{}: there is no such file; check its name", name));
        if (!std::filesystem::is_regular_file(status))
            return fail(ExitCode::file, fmt::format("{}: it isn't a regular file; name a draft", name));
        auto text = read_file(context.working_folder / name);
        if (!text) return tl::unexpected(text.error());
        drafts.push_back({name, std::move(*text)});
    }
    return drafts;
}

void print_findings(const std::vector<check::Finding>& findings, const std::string& name, bool github_format,
                    cli::Context& context) {
    for (const check::Finding& finding : findings) {
        const std::string message = terminal_safe(finding.message);
        const bool note = finding.severity == check::Severity::note;
        if (github_format)
            context.streams.out << cli::annotation(note ? "notice" : "error", name, finding.line,
                                                   finding.rule, message)
                                << '\n';
        else
            context.streams.out << fmt::format("{}:{}: {}{} ({})\n", terminal_safe(name), finding.line,
                                               note ? "note: " : "", message, finding.rule);
    }
}

// Writes the fixed text and names each fix on stderr.
Result<void> fix_draft(const std::string& name, check::CheckInput& input, std::string& text,
                       const profile::Profile& profile, cli::Context& context) {
    check::FixedText fixed = check::fix_edition(input, profile);
    if (fixed.text == text) return {};
    const auto written = write_file_atomically(context.working_folder / name, fixed.text);
    if (!written) return tl::unexpected(written.error());
    for (const check::Finding& finding : fixed.fixed)
        cli::say(context,
                 fmt::format("{}:{}: fixed: {} ({})", name, finding.line, finding.message, finding.rule));
    text = std::move(fixed.text);
    input.text = text;
    return {};
}

// True when the draft has a finding that is more than a note.
Result<bool> check_draft(NamedText& draft, const CheckOptions& options, const profile::Profile& profile,
                         const std::shared_ptr<cache::Store>& store, cli::Context& context) {
    auto previous = previous_text(profile, options.previous, context.working_folder / draft.name, context);
    if (!previous) return tl::unexpected(previous.error());
    check::CheckInput input;
    input.name = draft.name;
    input.text = draft.text;
    input.previous = std::move(*previous);
    use_cache(input, store, profile);
    if (options.online)
        if (const auto asked = ask_github(input, profile, context); !asked)
            return tl::unexpected(asked.error());
    if (options.fix)
        if (const auto done = fix_draft(draft.name, input, draft.text, profile, context); !done)
            return tl::unexpected(done.error());
    const auto findings = check::check_edition(input, profile);
    print_findings(findings, draft.name, options.github_format, context);
    return std::ranges::any_of(
        findings, [](const check::Finding& finding) { return finding.severity == check::Severity::error; });
}

}  // namespace

Result<ExitCode> run_check(const CheckOptions& options, cli::Context& context) {
    if (options.online && context.global.offline)
        return fail(ExitCode::usage, "--online needs the network; run check without --offline");
    const auto profile = cli::load_profile(context);
    if (!profile) return tl::unexpected(profile.error());
    auto drafts = read_drafts(options.files, *profile, context);
    if (!drafts) return tl::unexpected(drafts.error());
    const auto store = known_cache(context);
    if (!store) return tl::unexpected(store.error());
    bool found = false;
    for (NamedText& draft : *drafts) {
        const auto wrong = check_draft(draft, options, *profile, *store, context);
        if (!wrong) return tl::unexpected(wrong.error());
        found = found || *wrong;
    }
    return found ? ExitCode::findings : ExitCode::done;
}

}  // namespace harvester::commands
