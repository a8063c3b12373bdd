#include "commands/check.h"

#include <fmt/format.h>

#include <memory>

#include "base/files.h"
#include "cache/store.h"
#include "cli/annotation.h"
#include "edition/connection.h"
#include "edition/item_lookup.h"
#include "profile/calendar.h"
#include "check/check.h"
#include "draft/checkout.h"
#include "markdown/item_url.h"

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
                                        const Edition& issue) {
    constexpr int harvests_looked_at = 1000;
    const auto harvests = store.last_harvests(harvests_looked_at);
    if (!harvests) return std::nullopt;
    const Range window = issue.window.range();
    for (const cache::HarvestRecord& harvest : *harvests) {
        const bool over = harvest.finished_at >= window.to;
        if (harvest.profile != profile.name || !harvest.complete || !over) continue;
        if (harvest.range.from > window.from || harvest.range.to < window.to) continue;
        if (const auto count = store.merged_count(window)) return *count;
    }
    return std::nullopt;
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
    input.merged_count = [store, &profile](const Edition& issue) {
        return known_count(*store, profile, issue);
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
    auto connection = edition::connect(context, in_flight, [&](const std::string& talk) { cli::say(context, talk); });
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

// The previous issue: as named, in the checkout, or beside the file.
Result<std::optional<std::string>> previous_text(const profile::Profile& profile, const std::string& named,
                                                 const std::filesystem::path& file, const cli::Context& context) {
    std::optional<std::filesystem::path> path;
    if (!named.empty()) {
        path = context.working_folder / named;
    } else if (const auto issue = check::edition_of_file(file.filename().string(), {}, profile)) {
        const Edition before = profile::previous_edition(profile, *issue);
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

Result<std::size_t> check_file(const std::string& name, const CheckOptions& options,
                               const profile::Profile& profile, const std::shared_ptr<cache::Store>& store,
                               cli::Context& context) {
    const auto path = context.working_folder / name;
    auto text = read_file(path);
    if (!text) return tl::unexpected(text.error());
    auto previous = previous_text(profile, options.previous, path, context);
    if (!previous) return tl::unexpected(previous.error());
    check::CheckInput input;
    input.name = name;
    input.text = *text;
    input.previous = std::move(*previous);
    use_cache(input, store, profile);
    if (options.online)
        if (const auto asked = ask_github(input, profile, context); !asked)
            return tl::unexpected(asked.error());
    std::string mended;
    if (options.fix) {
        mended = check::mend_issue(input, profile);
        if (mended != *text)
            if (const auto written = write_file_atomically(path, mended); !written)
                return tl::unexpected(written.error());
        input.text = mended;
    }
    const auto findings = check::check_issue(input, profile);
    for (const check::Finding& finding : findings) {
        const std::string message = terminal_safe(finding.message);
        if (options.github_format)
            context.streams.out << cli::error_annotation(name, finding.line, finding.rule, message) << '\n';
        else
            context.streams.out << fmt::format("{}:{}: {} ({})\n", terminal_safe(name), finding.line, message,
                                               finding.rule);
    }
    return findings.size();
}

}  // namespace

Result<ExitCode> run_check(const CheckOptions& options, cli::Context& context) {
    if (options.online && context.global.offline)
        return fail(ExitCode::usage, "--online needs the network; run check without --offline");
    const auto profile = cli::load_profile(context);
    if (!profile) return tl::unexpected(profile.error());
    const auto store = known_cache(context);
    if (!store) return tl::unexpected(store.error());
    std::size_t findings = 0;
    for (const std::string& file : options.files) {
        const auto found = check_file(file, options, *profile, *store, context);
        if (!found) return tl::unexpected(found.error());
        findings += *found;
    }
    return findings == 0 ? ExitCode::done : ExitCode::findings;
}

}  // namespace harvester::commands
