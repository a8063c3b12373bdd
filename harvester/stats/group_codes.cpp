#include "stats/group_codes.h"

#include <algorithm>

namespace harvester::stats {

GroupCodes::GroupCodes(Dimension dimension, const GroupRules& rules)
    : dimension_(dimension), rules_(rules), is_team_(rules.names->labels, IsTeam{rules.policy->team_prefix}) {
    if (!info(dimension).calendar) rules_.shift = Seconds{0};
}

void GroupCodes::of(const Fact& fact, const HistoryPart& part, std::vector<std::int64_t>& out) {
    out.clear();
    switch (dimension_) {
        case Dimension::repository:
            out.push_back(fact.repository);
            break;
        case Dimension::author:
            out.push_back(fact.author);
            break;
        case Dimension::size:
            out.push_back(size_class(fact));
            break;
        case Dimension::team:
        case Dimension::label:
            add_labels(fact, part, out);
            break;
        default:
            out.push_back(time_group(fact.merged_at + rules_.shift));
    }
}

void GroupCodes::add_labels(const Fact& fact, const HistoryPart& part, std::vector<std::int64_t>& out) {
    for (std::uint32_t i = fact.labels_begin; i < fact.labels_end; ++i)
        if (dimension_ == Dimension::label || is_team_(part.labels[i])) out.push_back(part.labels[i]);
    if (out.empty()) out.push_back(no_label);
}

std::int64_t GroupCodes::size_class(const Fact& fact) const {
    if (!fact.sized()) return unknown_size;
    const auto& sizes = rules_.policy->sizes;
    const std::int64_t lines = std::int64_t{fact.additions} + fact.deletions;
    const auto fits = [&](const profile::SizeClass& s) { return !s.up_to || lines <= *s.up_to; };
    return std::find_if(sizes.begin(), sizes.end(), fits) - sizes.begin();
}

// Facts come in the order of time, so most fall into the hour of the one before, and no group is shorter.
std::int64_t GroupCodes::time_group(Instant merged_at) {
    if (!hour_.contains(merged_at)) {
        const Instant begin = std::chrono::floor<std::chrono::hours>(merged_at);
        hour_ = {begin, begin + std::chrono::hours{1}};
        code_of_hour_ = time_code(dimension_, merged_at, rules_.rhythm);
    }
    return code_of_hour_;
}

}  // namespace harvester::stats
