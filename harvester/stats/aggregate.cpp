#include "stats/aggregate.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "stats/coverage.h"

namespace harvester::stats {
namespace {

constexpr std::array<std::pair<Measure, double>, 4> percentiles = {{{Measure::time_median, 0.5},
                                                                    {Measure::time_p75, 0.75},
                                                                    {Measure::time_p90, 0.9},
                                                                    {Measure::time_p99, 0.99}}};

// Adds up the merges of one group.
struct Sums {
    std::int64_t merged = 0, bots = 0, rollups = 0, backports = 0, new_to_organisation = 0,
                 new_to_repository = 0;
    std::int64_t sized = 0, additions = 0, deletions = 0, files = 0, timed = 0, seconds = 0;
    // Kept only where they are asked for.
    std::vector<std::int64_t> times, authors;

    void add(const Merge& merge, bool keep_times, bool keep_authors) {
        ++merged;
        bots += merge.bot;
        rollups += merge.rollup;
        backports += merge.backport;
        new_to_organisation += merge.new_to_organisation;
        new_to_repository += merge.new_to_repository;
        if (merge.sized()) {
            ++sized;
            additions += merge.additions;
            deletions += merge.deletions;
            files += std::max<std::int64_t>(merge.changed_files, 0);
        }
        if (merge.seconds_to_merge >= 0) {
            ++timed;
            seconds += merge.seconds_to_merge;
            if (keep_times) times.push_back(merge.seconds_to_merge);
        }
        if (keep_authors && !merge.bot && !merge.ghost) authors.push_back(merge.author);
    }

    Values values(const Query& query) {
        const auto number = [](std::int64_t n) { return static_cast<double>(n); };
        Values v;
        v.set(Measure::merged, number(merged));
        v.set(Measure::first_organisation, number(new_to_organisation));
        v.set(Measure::first_repository, number(new_to_repository));
        v.set(Measure::by_bots, number(bots));
        v.set(Measure::rollups, number(rollups));
        v.set(Measure::backports, number(backports));
        if (sized > 0 || merged == 0) {
            v.set(Measure::additions, number(additions));
            v.set(Measure::deletions, number(deletions));
            v.set(Measure::changed_files, number(files));
        }
        if (merged > 0) {
            v.set(Measure::rollup_share, number(rollups) / number(merged));
            v.set(Measure::backport_share, number(backports) / number(merged));
        }
        if (timed > 0) v.set(Measure::time_mean, number(seconds) / number(timed));
        if (query.wants({Measure::authors})) {
            std::sort(authors.begin(), authors.end());
            v.set(Measure::authors, number(std::unique(authors.begin(), authors.end()) - authors.begin()));
        }
        std::sort(times.begin(), times.end());
        for (const auto& [measure, rank] : percentiles)
            if (!times.empty() && query.wants({measure})) v.set(measure, percentile(times, rank));
        return v;
    }
};

// Which groups of one dimension a merge belongs to.
class Grouping {
  public:
    Grouping(Dimension dimension, const History& history, const profile::Profile& profile,
             const std::optional<Overlay>& overlay)
        : dimension_(dimension),
          sizes_(profile.stats.sizes),
          rhythm_{profile.first_issue, profile.window_last},
          overlay_(info(dimension).calendar ? overlay : std::nullopt) {
        for (const auto& [key, name] : history.names.labels)
            if (dimension == Dimension::label || name.starts_with(profile.stats.team_prefix))
                labels_.insert(key);
    }

    // Replaces `out` by the codes: one, or several where the dimension is so.
    void codes(const Merge& merge, std::vector<std::int64_t>& out) const {
        out.clear();
        switch (dimension_) {
            case Dimension::repository:
                return out.push_back(merge.repository);
            case Dimension::author:
                return out.push_back(merge.author);
            case Dimension::size:
                return out.push_back(size_class(merge));
            case Dimension::team:
            case Dimension::label:
                std::copy_if(merge.labels.begin(), merge.labels.end(), std::back_inserter(out),
                             [&](std::int64_t label) { return labels_.contains(label); });
                if (out.empty()) out.push_back(no_label);
                return;
            default:
                out.push_back(time_group(merge.merged_at));
        }
    }

  private:
    std::int64_t time_group(Instant merged_at) const {
        if (!overlay_) return time_code(dimension_, merged_at, rhythm_);
        const auto& [from, onto] = *overlay_;
        const int months = whole_months(onto);
        if (months > 0 && dimension_ == Dimension::month)
            return time_code(dimension_, merged_at, rhythm_) + months;
        if (months > 0 && months % 12 == 0 && dimension_ == Dimension::year)
            return time_code(dimension_, merged_at, rhythm_) + months / 12;
        // The last day of a longer month falls on the last of a shorter one.
        const Instant shifted = merged_at + (onto.from - from.from);
        return time_code(dimension_, std::min(shifted, onto.to - Seconds{1}), rhythm_);
    }

    std::int64_t size_class(const Merge& merge) const {
        if (!merge.sized()) return unknown_size;
        const std::int64_t lines = merge.additions + merge.deletions;
        const auto fits = [&](const profile::SizeClass& s) { return !s.up_to || lines <= *s.up_to; };
        return std::find_if(sizes_.begin(), sizes_.end(), fits) - sizes_.begin();
    }

    Dimension dimension_;
    const std::vector<profile::SizeClass>& sizes_;
    IssueRhythm rhythm_;
    std::optional<Overlay> overlay_;
    std::unordered_set<std::int64_t> labels_;  // those that make a group
};

struct HashCode {
    std::size_t operator()(const GroupCode& code) const {
        return static_cast<std::size_t>(code[0]) * 1'000'003 ^ static_cast<std::size_t>(code[1]);
    }
};

}  // namespace

double percentile(std::span<const std::int64_t> sorted, double rank) {
    const double place = rank * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const auto low = static_cast<double>(sorted[below]);
    const auto high = static_cast<double>(sorted[std::min(below + 1, sorted.size() - 1)]);
    return low + (place - static_cast<double>(below)) * (high - low);
}

Tally aggregate(const History& history, const profile::Profile& profile, const Query& query,
                const std::optional<Overlay>& overlay) {
    const bool keep_authors = query.wants({Measure::authors});
    const bool keep_times =
        query.wants({Measure::time_median, Measure::time_p75, Measure::time_p90, Measure::time_p99});
    std::vector<Grouping> groupings;
    for (const Dimension dimension : query.by) groupings.emplace_back(dimension, history, profile, overlay);

    Sums total;
    std::unordered_map<GroupCode, Sums, HashCode> groups;
    std::vector<std::int64_t> firsts, seconds{0};
    for (const Merge& merge : history.merges) {
        total.add(merge, keep_times, keep_authors);
        if (groupings.empty()) continue;
        groupings.front().codes(merge, firsts);
        if (groupings.size() > 1) groupings.back().codes(merge, seconds);
        for (const std::int64_t first : firsts)
            for (const std::int64_t second : seconds)
                groups[{first, second}].add(merge, keep_times, keep_authors);
    }
    Tally out;
    out.without_size = total.merged - total.sized;
    out.total = total.values(query);
    out.groups.reserve(groups.size());
    for (auto& [code, sums] : groups) out.groups.push_back({code, sums.values(query)});
    return out;
}

Values nothing_merged() {
    Values v;
    for (const Measure m : {Measure::merged, Measure::authors, Measure::first_organisation,
                            Measure::first_repository, Measure::by_bots, Measure::additions,
                            Measure::deletions, Measure::changed_files, Measure::rollups, Measure::backports})
        v.set(m, 0);
    return v;
}

}  // namespace harvester::stats
