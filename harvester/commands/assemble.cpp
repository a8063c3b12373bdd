#include "commands/assemble.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "issue/calendar.h"
#include "issue/checkout.h"
#include "issue/published_issue.h"

namespace harvester::commands {
namespace {

// How far back an item's first issue is looked for: a merge older than this isn't in any window that still
// counts.
constexpr std::chrono::days memory_of_issues{60};

issue::Entry entry_of(const Decision& decision) {
    return {"", decision.title, decision.item.url};
}

// The list of merged pull requests: `decisions` come in the order of the list, candidates left out after the
// picks.
std::vector<issue::MergedSection> merged_sections(const std::vector<Decision>& decisions,
                                                  const profile::Profile& profile, Layout layout) {
    std::vector<issue::MergedSection> sections;
    const auto section_of = [&](const std::string& heading) -> issue::MergedSection& {
        const auto found = std::ranges::find(sections, heading, &issue::MergedSection::heading);
        return found != sections.end() ? *found
                                       : sections.emplace_back(issue::MergedSection{heading, {}, {}});
    };
    if (layout == Layout::sections)
        for (const profile::SectionPolicy& section : profile.editorial.sections) section_of(section.name);
    for (const Decision& decision : decisions) {
        if (decision.verdict == Verdict::picked)
            section_of(decision.section).picks.push_back(entry_of(decision));
        if (decision.verdict == Verdict::left)
            section_of(decision.section).others.push_back(entry_of(decision));
    }
    std::erase_if(sections,
                  [](const issue::MergedSection& s) { return s.picks.empty() && s.others.empty(); });
    return sections;
}

// What the issue before printed: from the file that was named, else from the checkout around the working
// folder.
Result<std::vector<issue::PublishedItem>> previous_items(const profile::Profile& profile, const Issue& issue,
                                                         const std::string& named, const Context& context) {
    const Issue before = issue::previous_issue(profile, issue);
    const auto path = !named.empty()
                          ? std::optional(context.working_folder / named)
                          : issue::find_in_checkout(context.working_folder, profile.publish.issues, before);
    if (!path) return std::vector<issue::PublishedItem>{};
    const auto text = read_file(*path);
    if (!text) return tl::unexpected(text.error());
    auto previous = issue::read_published_issue(profile, *text, path->string());
    for (const std::string& oddity : previous.oddities) say_verbose(context, "warning: " + oddity);
    return std::move(previous.items);
}

}  // namespace

Result<editorial::DecideContext> decide_context(const profile::Profile& profile, const cache::Store& store,
                                                const AssembleOptions& options, const Context& context) {
    const Issue& issue = options.issue;
    editorial::DecideContext decide{
        issue, options.layout.value_or(profile.form.layout(issue.date)), {}, false};
    const auto seen = store.seen_before(profile.name, issue.date, issue.date - memory_of_issues);
    if (!seen) return tl::unexpected(seen.error());
    const Day before = issue::previous_issue(profile, issue).date;
    for (const cache::SeenItem& item : *seen) {
        decide.seen.insert(item.url);
        decide.previous_harvest_known |= item.issue == before;
    }
    const auto printed = previous_items(profile, issue, options.previous, context);
    if (!printed) return tl::unexpected(printed.error());
    for (const issue::PublishedItem& item : *printed) decide.seen.insert(item.url);
    return decide;
}

Result<Assembly> assemble(const profile::Profile& profile, const cache::Store& store,
                          const AssembleOptions& options, const Context& context) {
    const auto decide = decide_context(profile, store, options, context);
    if (!decide) return tl::unexpected(decide.error());
    const auto weights = editorial::profile_weights(profile);
    if (!weights) return tl::unexpected(weights.error());
    const auto items = store.merged(options.issue.window.range());
    if (!items) return tl::unexpected(items.error());

    Assembly assembly;
    assembly.decisions = editorial::decide(profile, *weights, *items, *decide);
    issue::Report& report = assembly.report;
    report.issue = options.issue;
    report.layout = decide->layout;
    report.merged_count = static_cast<std::int64_t>(items->size());
    report.merged = merged_sections(assembly.decisions, profile, decide->layout);
    return assembly;
}

Result<void> remember_seen(const profile::Profile& profile, cache::Store& store, const Assembly& assembly,
                           Instant now) {
    const Day date = assembly.report.issue.date;
    if (now >= date + std::chrono::days{2}) return {};
    std::vector<cache::SeenItem> seen;
    for (const Decision& decision : assembly.decisions)
        if (decision.verdict != Verdict::printed)
            seen.push_back({date, decision.item.url, decision.verdict == Verdict::picked});
    return store.save_seen(profile.name, date, seen);
}

}  // namespace harvester::commands
