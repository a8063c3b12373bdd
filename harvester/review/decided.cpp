#include "review/decided.h"

#include <algorithm>
#include <tuple>

#include "editorial/section.h"
#include "markdown/item_url.h"

namespace harvester::review {
namespace {

bool listed(const Decisions& decisions, const std::string& id, bool suggested) {
    const auto found = decisions.find(id);
    return found == decisions.end() ? suggested : found->second.listed.value_or(suggested);
}

// Of the one list of layout flat, in its order.
std::size_t block_of(const profile::EditorialPolicy& policy, const Item& item) {
    const profile::RepositoryPolicy* repository = editorial::repository_policy(policy, item.repository);
    return repository == nullptr ? 0 : editorial::block_place(policy, item, editorial::section_of(policy, *repository, item).section);
}

void remove_rejected(const std::string& part, const Decisions& decisions, std::vector<render::Entry>& entries) {
    std::erase_if(entries, [&](const render::Entry& entry) { return !listed(decisions, row_id(part, entry.url), true); });
}

}  // namespace

std::string row_id(const std::string& part, const std::string& url) {
    return part + "/" + markdown::link_key(url);
}

bool in_program_order(const profile::Profile& profile, Layout layout, const Decision& a, const Decision& b) {
    const auto block = [&](const Decision& d) { return layout == Layout::flat ? block_of(profile.editorial, d.item) : 0; };
    return std::tuple(block(a), std::tie(a.sort_key, a.item.repository, a.item.number)) <
           std::tuple(block(b), std::tie(b.sort_key, b.item.repository, b.item.number));
}

render::Report decided_report(const profile::Profile& profile, const edition::Assembly& assembly, const Decisions& decisions) {
    render::Report report = assembly.report;
    report.merged.clear();
    const auto section_of = [&](const std::string& heading) -> render::MergedSection& {
        const auto found = std::find_if(report.merged.begin(), report.merged.end(), [&](const auto& s) { return s.heading == heading; });
        return found != report.merged.end() ? *found : report.merged.emplace_back(render::MergedSection{heading, {}, {}});
    };
    if (report.layout == Layout::sections)
        for (const profile::SectionPolicy& section : profile.editorial.sections) section_of(section.name);
    std::vector<const Decision*> lines;
    for (const Decision& decision : assembly.decisions)
        if (listed(decisions, row_id("merged", decision.item.url), decision.verdict == Verdict::picked)) lines.push_back(&decision);
    std::stable_sort(lines.begin(), lines.end(), [&](const Decision* a, const Decision* b) {
        return in_program_order(profile, report.layout, *a, *b);
    });
    for (const Decision* line : lines) section_of(line->section).picks.push_back({"", line->title, line->item.url});
    std::erase_if(report.merged, [](const render::MergedSection& section) { return section.picks.empty(); });
    remove_rejected("approved", decisions, report.approved);
    remove_rejected("rfcs", decisions, report.new_rfcs);
    for (render::Group& group : report.final_comment_period) remove_rejected("fcp", decisions, group.entries);
    for (render::Group& group : report.testing) remove_rejected("testing", decisions, group.entries);
    return report;
}

}  // namespace harvester::review
