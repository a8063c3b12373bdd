#include "editorial/section.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "base/glob.h"
#include "base/text.h"
#include "markdown/inline_text.h"

namespace harvester::editorial {
namespace {

// "feat" of "feat(parser)!: read it", in lower case; empty: the title has no commit type.
std::string commit_type(std::string_view title) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    std::size_t at = 0;
    while (at < title.size() && is_letter(title[at])) ++at;
    const std::string_view type = title.substr(0, at);
    if (at < title.size() && title[at] == '(') {
        const auto close = title.find(')', at);
        if (close == std::string_view::npos) return {};
        at = close + 1;
    }
    if (at < title.size() && title[at] == '!') ++at;
    return at < title.size() && title[at] == ':' ? to_lower(type) : std::string();
}

struct Labelled {
    std::string section;
    std::string label;
};

constexpr std::string_view label_hole = "{label}";

// The heading of a section that an item's label opens.
std::string heading_for(const profile::SectionPolicy& section, const std::string& label) {
    const auto at = section.name.find(label_hole);
    if (at == std::string::npos) return section.name;
    return section.name.substr(0, at) + markdown::escape_inline(label) +
           section.name.substr(at + label_hole.size());
}

// Whether `heading` is one that the section has for some label.
bool is_heading_of(const profile::SectionPolicy& section, std::string_view heading) {
    const std::string_view name = section.name;
    const auto at = name.find(label_hole);
    if (at == std::string_view::npos) return heading == name;
    const std::string_view before = name.substr(0, at), after = name.substr(at + label_hole.size());
    return heading.size() >= before.size() + after.size() && heading.starts_with(before) &&
           heading.ends_with(after);
}

// The sections that the item's labels name, each once, in the policy's order.
std::vector<Labelled> sections_by_label(const profile::EditorialPolicy& policy, const Item& item) {
    std::vector<Labelled> out;
    for (const profile::SectionPolicy& section : policy.sections)
        for (const std::string& label : item.labels)
            if (any_glob_matches(section.labels, label)) {
                out.push_back({heading_for(section, label), label});
                break;
            }
    return out;
}

// The first section that the title's commit type or a changed path names.
std::optional<SectionChoice> section_by_change(const profile::EditorialPolicy& policy, const Item& item) {
    const std::string type = commit_type(item.title);
    for (const profile::SectionPolicy& section : policy.sections) {
        if (!type.empty() &&
            std::find(section.types.begin(), section.types.end(), type) != section.types.end())
            return SectionChoice{section.name,
                                 fmt::format("the commit type {} names {}", type, section.name)};
        if (section.paths.empty() || !item.paths) continue;
        for (const ChangedPath& file : *item.paths)
            if (any_glob_matches(section.paths, file.path))
                return SectionChoice{section.name,
                                     fmt::format("it changes {}, which names {}", file.path, section.name)};
    }
    return std::nullopt;
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
    if (labelled.empty())
        if (auto change = section_by_change(policy, item)) return *change;
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
    const auto found =
        std::find_if(policy.sections.begin(), policy.sections.end(),
                     [&](const profile::SectionPolicy& s) { return is_heading_of(s, section); });
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
