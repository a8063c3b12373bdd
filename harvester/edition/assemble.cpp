#include "edition/assemble.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "draft/checkout.h"
#include "draft/published_issue.h"
#include "edition/label_parts.h"
#include "edition/learned_weights.h"
#include "edition/newcomers.h"
#include "edition/proved_parts.h"
#include "edition/report_marks.h"
#include "editorial/decide.h"
#include "editorial/section.h"
#include "harvest/coverage.h"
#include "profile/calendar.h"
#include "render/selection.h"

namespace harvester::edition {
namespace {

render::Entry entry_of(const Decision& decision) {
    const Item& item = decision.item;
    return {"", decision.title, item.url, item.author.login, item.repository, item.number};
}

// The lists of merged pull requests: `decisions` come in the order of the list, candidates left out after the
// picks.
void fill_merged_parts(const std::vector<Decision>& decisions, const profile::Profile& profile,
                       render::Report& report) {
    const auto section_of = [](render::Part& part, const std::string& name) -> render::Section& {
        const auto found = std::ranges::find(part.sections, name, &render::Section::name);
        return found != part.sections.end() ? *found : part.sections.emplace_back(render::Section{name, {}});
    };
    for (const Decision& decision : decisions) {
        const profile::PartPolicy* policy = merged_part_of(profile, decision.item);
        if (policy == nullptr) continue;
        render::Part& part = report.part(policy->name);
        ++part.count;
        const std::string name = policy->sections ? decision.section : "";
        if (decision.verdict == Verdict::picked) section_of(part, name).picks.push_back(entry_of(decision));
        if (decision.verdict == Verdict::left) section_of(part, name).others.push_back(entry_of(decision));
    }
    for (render::Part& part : report.parts)
        std::ranges::sort(part.sections, {}, [&](const render::Section& section) {
            return std::pair(editorial::section_place(profile.editorial, section.name), section.name);
        });
}

// The issue before: the file that was named, else that of the checkout around the working folder.
Result<std::optional<EarlierIssue>> previous_issue_file(const profile::Profile& profile,
                                                        const AssembleOptions& options,
                                                        const cli::Context& context) {
    if (options.earlier) return options.earlier;
    const Edition before = profile::previous_edition(profile, options.issue);
    const auto path = !options.previous.empty()
                          ? std::optional(context.working_folder / options.previous)
                          : draft::find_in_checkout(context.working_folder, profile.publish.issues, before);
    if (!path) return std::nullopt;
    auto text = read_file(*path);
    if (!text) return tl::unexpected(text.error());
    return EarlierIssue{path->string(), std::move(*text)};
}

// What decides about the items of an issue: its layout, and what earlier issues have seen.
Result<editorial::DecideContext> decide_context(const profile::Profile& profile, const cache::Store& store,
                                                const AssembleOptions& options,
                                                const std::optional<EarlierIssue>& previous,
                                                const cli::Context& context) {
    const Edition& issue = options.issue;
    editorial::DecideContext decide;
    decide.issue = issue;
    decide.layout = options.layout.value_or(profile.form.layout(issue.date));
    decide.explained = options.explained;
    const auto reports = ReportMarks::read(profile, store);
    if (!reports) return tl::unexpected(reports.error());
    decide.marks = reports->of(profile, issue.date);
    const auto seen = store.seen_before(profile.name, issue.date, issue.date - memory_of_issues);
    if (!seen) return tl::unexpected(seen.error());
    const Day before = profile::previous_edition(profile, issue).date;
    for (const cache::SeenItem& item : *seen) {
        if (item.part != "merged") continue;
        decide.seen.insert(item.url);
        decide.previous_harvest_known |= item.issue == before;
    }
    if (!previous) return decide;
    const auto printed = draft::read_published_issue(profile, previous->text, previous->name);
    for (const std::string& oddity : printed.oddities) cli::say_verbose(context, "warning: " + oddity);
    for (const draft::PublishedItem& item : printed.items) decide.seen.insert(item.url);
    return decide;
}

// Notes in the report what isn't proved of the window, as far as it had passed when it was harvested.
Result<void> fill_coverage(const profile::Profile& profile, const cache::Store& store,
                           const AssembleOptions& options, Instant now, render::Report& report) {
    const Instant as_of = options.harvested != nullptr ? options.harvested->as_of : now;
    const auto coverage = harvest::coverage_of(
        profile, store, {options.issue.window.range(), options.issue, false, as_of}, false);
    if (!coverage) return tl::unexpected(coverage.error());
    report.warnings = coverage_warnings(*coverage);
    if (options.harvested != nullptr)
        report.warnings.insert(report.warnings.end(), options.harvested->warnings.begin(),
                               options.harvested->warnings.end());
    report.unproved = unproved_parts(profile, *coverage, options.harvested);
    return {};
}

}  // namespace

const profile::PartPolicy* merged_part_of(const profile::Profile& profile, const Item& item) {
    const profile::PartPolicy* rest = nullptr;
    for (const profile::PartPolicy& part : profile.form.parts) {
        if (part.kind != profile::PartKind::merged) continue;
        if (part.has_conditions() && render::takes_item(part, item)) return &part;
        if (!part.has_conditions() && rest == nullptr) rest = &part;
    }
    return rest;
}

Result<Assembly> assemble(const profile::Profile& profile, const cache::Store& store,
                          const AssembleOptions& options, const cli::Context& context) {
    const auto previous = previous_issue_file(profile, options, context);
    if (!previous) return tl::unexpected(previous.error());
    const auto decide = decide_context(profile, store, options, *previous, context);
    if (!decide) return tl::unexpected(decide.error());
    const auto weights = weights_in_use(context, profile);
    if (!weights) return tl::unexpected(weights.error());
    auto items = store.merged(options.issue.window.range());
    if (!items) return tl::unexpected(items.error());
    // One cache may serve newsletters of several organisations.
    std::erase_if(*items, [&](const Item& item) { return !profile.takes(item.repository); });

    Assembly assembly;
    assembly.decisions = editorial::decide(profile, weights->weights, std::move(*items), *decide);
    render::Report& report = assembly.report;
    report.issue = options.issue;
    report.layout = decide->layout;
    fill_merged_parts(assembly.decisions, profile, report);
    if (auto filled = fill_label_parts(profile, store, *previous, report); !filled)
        return tl::unexpected(filled.error());
    if (auto filled = fill_coverage(profile, store, options, context.clock.now_seconds(), report); !filled)
        return tl::unexpected(filled.error());
    if (auto named = fill_newcomers(profile, store, assembly.decisions, context.clock.now_seconds(), report);
        !named)
        return tl::unexpected(named.error());
    const auto ungrouped = ungrouped_items(profile, store, options.issue);
    if (!ungrouped) return tl::unexpected(ungrouped.error());
    if (!ungrouped->empty()) report.warnings.push_back(describe(*ungrouped));
    return assembly;
}

Result<void> remember_seen(const profile::Profile& profile, cache::Store& store, const Assembly& assembly,
                           Instant now) {
    const Day date = assembly.report.issue.date;
    if (now >= date + std::chrono::days{2}) return {};
    std::vector<cache::SeenItem> seen;
    for (const Decision& decision : assembly.decisions)
        if (decision.verdict != Verdict::printed)
            seen.push_back({date, decision.item.url, decision.verdict == Verdict::picked, "merged"});
    for (const render::Part& part : assembly.report.parts) {
        const profile::PartPolicy* policy = profile.form.find_part(part.name);
        if (policy == nullptr || policy->kind == profile::PartKind::merged) continue;
        for (const render::Section& section : part.sections)
            for (const render::Entry& entry : section.picks)
                seen.push_back({date, entry.url, true, part.name});
    }
    return store.save_seen(profile.name, date, seen);
}

}  // namespace harvester::edition
