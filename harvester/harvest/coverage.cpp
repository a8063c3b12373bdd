#include "harvest/coverage.h"

#include <algorithm>

#include "harvest/requests.h"

namespace harvester::harvest {
namespace {

// One search of a window: `range` is what is asked of it up to now, `open` that more will come.
struct Asked {
    std::string name;
    std::string ledger;
    Range range;
    Seconds overlap;
    bool open = false;
};

// A gap that a later harvest closes as a matter of course: it begins where a proved part ends, and goes on to
// now.
bool is_tail(const Range& gap, const Asked& asked) {
    return asked.open && gap.from > asked.range.from && gap.to == asked.range.to &&
           gap.to - gap.from <= asked.overlap;
}

Result<SearchCoverage> coverage_of_search(const cache::Store& store, const Asked& asked, bool late) {
    SearchCoverage out{asked.name, {}, true};
    if (asked.range.empty()) return out;
    const auto slices = store.slices(asked.ledger, asked.range);
    if (!slices) return tl::unexpected(slices.error());
    for (const Range& gap : gaps(asked.range, *slices, late ? asked.overlap : Seconds{0})) {
        const auto known = std::find_if(slices->begin(), slices->end(), [&](const cache::Slice& slice) {
            return slice.state == cache::SliceState::incomplete && slice.key.range == gap;
        });
        const bool counted = known != slices->end();
        out.proved = out.proved && !counted && is_tail(gap, asked);
        out.missing.push_back({asked.name, gap, "",
                               counted ? std::optional(known->issue_count - known->received) : std::nullopt,
                               counted ? "GitHub counted more than it gave" : "not harvested yet"});
    }
    return out;
}

}  // namespace

std::vector<Range> uncovered(const Range& range, std::vector<Range> covered) {
    std::sort(covered.begin(), covered.end(), [](const Range& a, const Range& b) { return a.from < b.from; });
    std::vector<Range> out;
    Instant at = range.from;
    for (const Range& part : covered) {
        if (part.empty() || part.to <= at) continue;
        if (part.from >= range.to) break;
        if (part.from > at) out.push_back({at, part.from});
        at = part.to;
    }
    if (at < range.to) out.push_back({at, range.to});
    return out;
}

Range proved(const cache::Slice& slice, Seconds overlap) {
    const Range& range = slice.key.range;
    if (slice.state != cache::SliceState::complete || !slice.key.repository.empty())
        return {range.from, range.from};
    return {range.from, std::min(range.to, slice.asked_at - overlap)};
}

std::vector<Range> gaps(const Range& range, std::span<const cache::Slice> slices, Seconds overlap) {
    std::vector<Range> covered;
    for (const cache::Slice& slice : slices) covered.push_back(proved(slice, overlap));
    return uncovered(range, std::move(covered));
}

double density(const Range& range, std::span<const cache::Slice> slices) {
    double items = 0, seconds = 0;
    for (const cache::Slice& slice : slices) {
        const Range& known = slice.key.range;
        const auto length = known.to - known.from;
        if (slice.state != cache::SliceState::complete || !slice.key.repository.empty()) continue;
        if (known.to + length < range.from || known.from - length > range.to) continue;
        // What was asked before its end has come counts up to that moment.
        const auto end = std::min(known.to, slice.asked_at);
        if (end <= known.from) continue;
        items += static_cast<double>(slice.issue_count);
        seconds += static_cast<double>((end - known.from).count());
    }
    const bool enough = seconds > 0 && seconds * 8 >= static_cast<double>((range.to - range.from).count());
    return enough ? items / seconds : -1;
}

bool asked_for(const profile::SearchPolicy& policy, const Range& range) {
    return policy.longest_days == 0 || range.to - range.from <= std::chrono::days{policy.longest_days};
}

Range report_days(const profile::FilesPolicy& policy, const Edition& issue) {
    return {issue.date - std::chrono::days{policy.days - 1}, issue.date + std::chrono::days{1}};
}

Result<std::vector<SearchCoverage>> coverage_of(const profile::Profile& profile, const cache::Store& store,
                                                const HarvestRequest& request, bool late) {
    std::vector<Asked> asked;
    const auto ask = [&](std::string name, std::string ledger, const Range& range, int overlap_hours) {
        asked.push_back({std::move(name),
                         std::move(ledger),
                         {range.from, std::min(range.to, request.now)},
                         std::chrono::hours{overlap_hours},
                         range.to > request.now});
    };
    for (const auto& policy : profile.harvest.searches)
        if (asked_for(policy, request.range))
            ask(policy.name, ledger_name(profile, policy), request.range, policy.overlap_hours);
    if (request.issue)
        for (const auto& policy : profile.harvest.files)
            ask(policy.name, ledger_name(policy), report_days(policy, *request.issue), policy.overlap_hours);
    std::vector<SearchCoverage> out;
    for (const Asked& search : asked) {
        auto coverage = coverage_of_search(store, search, late);
        if (!coverage) return tl::unexpected(coverage.error());
        out.push_back(std::move(*coverage));
    }
    return out;
}

}  // namespace harvester::harvest
