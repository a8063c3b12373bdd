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
    return repository == nullptr
               ? 0
               : editorial::block_place(policy, item,
                                        editorial::section_of(policy, *repository, item).section);
}

}  // namespace

std::string row_id(const std::string& part, const std::string& url) {
    return part + "/" + markdown::link_key(url);
}

bool in_program_order(const profile::Profile& profile, Layout layout, const Decision& a, const Decision& b) {
    const auto block = [&](const Decision& d) {
        return layout == Layout::flat ? block_of(profile.editorial, d.item) : 0;
    };
    return std::tuple(block(a), std::tie(a.sort_key, a.item.repository, a.item.number)) <
           std::tuple(block(b), std::tie(b.sort_key, b.item.repository, b.item.number));
}

render::Report decided_report(const profile::Profile& profile, const edition::Assembly& assembly,
                              const Decisions& decisions) {
    render::Report report = assembly.report;
    for (render::Part& part : report.parts) {
        const profile::PartPolicy* policy = profile.form.find_part(part.name);
        for (render::Section& section : part.sections) {
            section.others.clear();
            std::erase_if(section.picks, [&](const render::Entry& entry) {
                return !listed(decisions, row_id(part.name, entry.url), true);
            });
        }
        if (policy == nullptr || policy->kind != profile::PartKind::merged) continue;
        std::vector<const Decision*> lines;
        for (const Decision& decision : assembly.decisions)
            if (edition::merged_part_of(profile, decision.item) == policy &&
                decision.verdict != Verdict::outside &&
                listed(decisions, row_id(part.name, decision.item.url), decision.verdict == Verdict::picked))
                lines.push_back(&decision);
        std::stable_sort(lines.begin(), lines.end(), [&](const Decision* a, const Decision* b) {
            return in_program_order(profile, report.layout, *a, *b);
        });
        part.sections.clear();
        for (const Decision* line : lines) {
            const std::string name = policy->sections ? line->section : "";
            auto section = std::find_if(part.sections.begin(), part.sections.end(),
                                        [&](const auto& s) { return s.name == name; });
            if (section == part.sections.end())
                section = part.sections.insert(section, render::Section{name, {}});
            const Item& item = line->item;
            section->picks.push_back(
                {"", line->title, item.url, item.author.login, item.repository, item.number});
        }
        std::stable_sort(part.sections.begin(), part.sections.end(),
                         [&](const render::Section& a, const render::Section& b) {
                             return editorial::section_place(profile.editorial, a.name) <
                                    editorial::section_place(profile.editorial, b.name);
                         });
    }
    return report;
}

}  // namespace harvester::review
