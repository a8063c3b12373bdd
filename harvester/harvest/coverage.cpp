#include "harvest/coverage.h"

#include <algorithm>

#include "harvest/query_text.h"
#include "harvest/ranges.h"

namespace harvester::harvest {
namespace {

Result<void> add_gaps(const cache::Store& store, const std::string& name, const std::string& ledger,
                      const Range& range, Seconds overlap, std::vector<Missing>& out) {
    if (range.empty()) return {};
    const auto slices = store.slices(ledger, range);
    if (!slices) return tl::unexpected(slices.error());
    for (const Range& gap : gaps(range, *slices, overlap)) {
        const auto known = std::find_if(slices->begin(), slices->end(), [&](const cache::Slice& slice) {
            return slice.state == cache::SliceState::incomplete && slice.key.range == gap;
        });
        const bool counted = known != slices->end();
        out.push_back({name, gap, "",
                       counted ? std::optional(known->issue_count - known->received) : std::nullopt,
                       counted ? "GitHub counted more than it gave" : "not harvested yet"});
    }
    return {};
}

}  // namespace

bool asked_for(const profile::SearchPolicy& policy, const Range& range) {
    return policy.longest_days == 0 || range.to - range.from <= std::chrono::days{policy.longest_days};
}

Range report_days(const profile::FilesPolicy& policy, const Edition& issue) {
    return {issue.date - std::chrono::days{policy.days - 1}, issue.date + std::chrono::days{1}};
}

Result<std::vector<Missing>> not_covered(const profile::Profile& profile, const cache::Store& store,
                                         const HarvestRequest& request, bool late) {
    std::vector<Missing> out;
    const auto overlap = [&](int hours) { return late ? Seconds{std::chrono::hours{hours}} : Seconds{0}; };
    const Range range{request.range.from, std::min(request.range.to, request.now)};
    for (const auto& policy : profile.harvest.searches) {
        if (!asked_for(policy, request.range)) continue;
        if (auto added = add_gaps(store, policy.name, ledger_name(profile, policy), range,
                                  overlap(policy.overlap_hours), out);
            !added)
            return tl::unexpected(added.error());
    }
    if (!request.issue) return out;
    for (const auto& policy : profile.harvest.files) {
        const Range days = report_days(policy, *request.issue);
        const Range asked{days.from, std::min(days.to, request.now)};
        if (auto added =
                add_gaps(store, policy.name, ledger_name(policy), asked, overlap(policy.overlap_hours), out);
            !added)
            return tl::unexpected(added.error());
    }
    return out;
}

}  // namespace harvester::harvest
