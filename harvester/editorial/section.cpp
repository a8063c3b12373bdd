#include "editorial/section.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "base/glob.h"

namespace harvester::editorial {
namespace {

struct Labelled {
    std::string section;
    std::string label;
};

// The sections that the item's labels name, each once, in the policy's order.
std::vector<Labelled> sections_by_label(const profile::EditorialPolicy& policy, const Item& item) {
    std::vector<Labelled> out;
    for (const profile::SectionPolicy& section : policy.sections)
        for (const std::string& label : item.labels)
            if (any_glob_matches(section.labels, label)) {
                out.push_back({section.name, label});
                break;
            }
    return out;
}

// The section that the title's cues speak for most, among `allowed` (empty: any).
std::optional<SectionChoice> section_by_cue(const profile::EditorialPolicy& policy, const Item& item,
                                            const std::vector<Labelled>& allowed) {
    const std::vector<std::size_t> cues = policy.cue_titles.all_in(item.title);
    std::optional<SectionChoice> best;
    double best_sum = 0;
    for (const profile::SectionPolicy& section : policy.sections) {
        const bool possible =
            allowed.empty() || std::any_of(allowed.begin(), allowed.end(),
                                           [&](const Labelled& l) { return l.section == section.name; });
        if (!possible) continue;
        double sum = 0;
        std::string names;
        for (const std::size_t at : cues) {
            const profile::SectionCue& cue = policy.cues[at];
            if (cue.section != section.name) continue;
            sum += cue.weight;
            names += (names.empty() ? "" : ", ") + cue.name;
        }
        if (sum > best_sum) {
            best_sum = sum;
            best =
                SectionChoice{section.name, fmt::format("the title speaks for {} ({})", section.name, names)};
        }
    }
    return best;
}

}  // namespace

const profile::RepositoryPolicy* repository_policy(const profile::EditorialPolicy& policy,
                                                   const std::string& repository) {
    for (const profile::RepositoryPolicy& candidate : policy.repositories)
        if (any_glob_matches(candidate.names, repository)) return &candidate;
    return nullptr;
}

SectionChoice section_of(const profile::EditorialPolicy& policy, const profile::RepositoryPolicy& repository,
                         const Item& item) {
    if (!repository.by_label)
        return {repository.section, fmt::format("{} stands under {}", item.repository, repository.section)};
    const auto labelled = sections_by_label(policy, item);
    if (labelled.size() == 1)
        return {labelled[0].section,
                fmt::format("the label {} names {}", labelled[0].label, labelled[0].section)};
    std::string doubt = "no label names a section";
    for (const Labelled& one : labelled)
        doubt = fmt::format("{} {}", &one == &labelled[0] ? "several labels name sections:" : doubt + ",",
                            one.label);
    if (auto cue = section_by_cue(policy, item, labelled)) {
        cue->reason = fmt::format("{}; {}", doubt, cue->reason);
        return *cue;
    }
    const bool own =
        labelled.empty() || std::any_of(labelled.begin(), labelled.end(),
                                        [&](const Labelled& l) { return l.section == repository.section; });
    const std::string section = own ? repository.section : labelled[0].section;
    return {section, fmt::format("{} and the title gives no cue; {} is the fallback", doubt, section)};
}

std::size_t section_place(const profile::EditorialPolicy& policy, const std::string& section) {
    const auto found = std::find_if(policy.sections.begin(), policy.sections.end(),
                                    [&](const profile::SectionPolicy& s) { return s.name == section; });
    return static_cast<std::size_t>(found - policy.sections.begin());
}

std::size_t block_place(const profile::EditorialPolicy& policy, const Item& item,
                        const std::string& section) {
    const auto takes = [&](const profile::FlatBlock& block) {
        if (!block.repositories.empty() && !any_glob_matches(block.repositories, item.repository))
            return false;
        if (!block.sections.empty() &&
            std::find(block.sections.begin(), block.sections.end(), section) == block.sections.end())
            return false;
        return (block.titles.empty() || block.titles.any_in(item.title)) && !block.except.any_in(item.title);
    };
    const auto found = std::find_if(policy.blocks.begin(), policy.blocks.end(), takes);
    return static_cast<std::size_t>(found - policy.blocks.begin());
}

}  // namespace harvester::editorial
