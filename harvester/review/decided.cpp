#include "review/decided.h"

#include <algorithm>
#include <tuple>

#include "editorial/section.h"
#include "markdown/item_url.h"

namespace harvester::review {
namespace {

const Decided nothing_decided;

const Decided& decided_about(const Decisions& decisions, const std::string& id) {
    const auto found = decisions.find(id);
    return found == decisions.end() ? nothing_decided : found->second;
}

struct ListLine {
    const Decision* decision = nullptr;
    const Decided* decided = nullptr;
    std::size_t block = 0;  // of layout flat, in the list's order
};

std::size_t block_of(const profile::EditorialPolicy& policy, const Item& item) {
    const profile::RepositoryPolicy* repository = editorial::repository_policy(policy, item.repository);
    return repository == nullptr ? 0 : editorial::block_place(policy, item, editorial::section_of(policy, *repository, item).section);
}

auto program_order(const ListLine& line) {
    return std::tie(line.block, line.decision->sort_key, line.decision->item.repository, line.decision->item.number);
}

void put_in_order(std::vector<ListLine>& lines) {
    std::stable_sort(lines.begin(), lines.end(),
                     [](const ListLine& a, const ListLine& b) { return program_order(a) < program_order(b); });
    std::vector<ListLine> ordered, free;
    for (const ListLine& line : lines) (line.decided->order ? ordered : free).push_back(line);
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const ListLine& a, const ListLine& b) { return *a.decided->order < *b.decided->order; });
    for (const ListLine& line : free) {
        const auto later = std::find_if(ordered.begin(), ordered.end(), [&](const ListLine& other) {
            return program_order(line) < program_order(other);
        });
        ordered.insert(later, line);
    }
    lines = std::move(ordered);
}

void decide_entries(const std::string& part, const Decisions& decisions, std::vector<render::Entry>& entries) {
    std::erase_if(entries, [&](const render::Entry& entry) {
        return !decided_about(decisions, row_id(part, entry.url)).listed.value_or(true);
    });
    for (render::Entry& entry : entries)
        if (const auto& title = decided_about(decisions, row_id(part, entry.url)).title) entry.title = *title;
}

}  // namespace

std::string row_id(const std::string& part, const std::string& url) {
    return part + "/" + markdown::link_key(url);
}

render::Report decided_report(const profile::Profile& profile, const edition::Assembly& assembly,
                              const Decisions& decisions, const std::vector<std::string>& headings) {
    render::Report report = assembly.report;
    const bool flat = report.layout == Layout::flat;
    std::vector<std::pair<std::string, std::vector<ListLine>>> sections;
    const auto section_of = [&](const std::string& heading) -> std::vector<ListLine>& {
        const auto found = std::find_if(sections.begin(), sections.end(), [&](const auto& s) { return s.first == heading; });
        return found != sections.end() ? found->second : sections.emplace_back(heading, std::vector<ListLine>{}).second;
    };
    for (const std::string& heading : headings) section_of(heading);
    for (const Decision& decision : assembly.decisions) {
        const Decided& decided = decided_about(decisions, row_id("merged", decision.item.url));
        if (decided.listed.value_or(decision.verdict == Verdict::picked))
            section_of(decided.section.value_or(decision.section)).push_back({&decision, &decided, flat ? block_of(profile.editorial, decision.item) : 0});
    }
    std::vector<render::MergedSection> merged;
    for (auto& [heading, lines] : sections) {
        put_in_order(lines);
        render::MergedSection section{heading, {}, {}};
        for (const ListLine& line : lines)
            section.picks.push_back({"", line.decided->title.value_or(line.decision->title), line.decision->item.url});
        if (!section.picks.empty()) merged.push_back(std::move(section));
    }
    report.merged = std::move(merged);
    decide_entries("approved", decisions, report.approved);
    decide_entries("rfcs", decisions, report.new_rfcs);
    for (render::Group& group : report.final_comment_period) decide_entries("fcp", decisions, group.entries);
    for (render::Group& group : report.testing) decide_entries("testing", decisions, group.entries);
    return report;
}

}  // namespace harvester::review
