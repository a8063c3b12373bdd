#include "stats/tally.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace harvester::stats {
namespace {

// Measures one set of facts after the other; what is reused between them is kept here.
class Meter {
  public:
    explicit Meter(const Names& names) : seen_by_(names.authors.size()) {}

    template <class Facts>
    Values measure(const Facts& facts) {
        ++turn_;
        Values v;
        double merged = 0, authors = 0, new_here = 0, new_in_repository = 0, bots = 0, rollups = 0,
               backports = 0;
        std::int64_t additions = 0, deletions = 0, files = 0, sized = 0;
        times_.clear();
        for (const Fact* fact : facts) {
            ++merged;
            bots += fact->bot;
            rollups += fact->rollup;
            backports += fact->backport;
            new_here += fact->first_in_organisation;
            new_in_repository += fact->first_in_repository;
            if (!fact->bot && !fact->ghost && std::exchange(seen_by_[fact->author], turn_) != turn_)
                ++authors;
            if (fact->additions >= 0 && fact->deletions >= 0) {
                ++sized;
                additions += fact->additions;
                deletions += fact->deletions;
                files += std::max<std::int64_t>(fact->changed_files, 0);
            }
            if (fact->seconds_to_merge >= 0) times_.push_back(fact->seconds_to_merge);
        }
        v[Measure::merged] = merged;
        v[Measure::authors] = authors;
        v[Measure::first_organisation] = new_here;
        v[Measure::first_repository] = new_in_repository;
        v[Measure::by_bots] = bots;
        v[Measure::rollups] = rollups;
        v[Measure::backports] = backports;
        if (sized > 0 || merged == 0) {
            v[Measure::additions] = static_cast<double>(additions);
            v[Measure::deletions] = static_cast<double>(deletions);
            v[Measure::changed_files] = static_cast<double>(files);
        }
        if (merged > 0) {
            v[Measure::rollup_share] = rollups / merged;
            v[Measure::backport_share] = backports / merged;
        }
        if (!times_.empty()) {
            const double sum = std::accumulate(times_.begin(), times_.end(), 0.0);
            v[Measure::time_mean] = sum / static_cast<double>(times_.size());
            v[Measure::time_median] = percentile(times_, 0.5);
            v[Measure::time_p75] = percentile(times_, 0.75);
            v[Measure::time_p90] = percentile(times_, 0.9);
            v[Measure::time_p99] = percentile(times_, 0.99);
        }
        return v;
    }

  private:
    std::vector<std::uint32_t> seen_by_;  // the turn in which an author was counted last
    std::uint32_t turn_ = 0;
    std::vector<std::int64_t> times_;
};

// Puts a fact's codes of one dimension into `out`.
class Coder {
  public:
    Coder(Dimension dimension, const History& history, const TallyRules& rules)
        : dimension_(dimension), history_(history), rules_(rules) {
        if (dimension == Dimension::team)
            for (std::uint32_t i = 0; i < rules.names->labels.size(); ++i)
                team_.push_back(rules.names->labels.text(i).starts_with(rules.policy->team_prefix));
    }

    void codes(const Fact& fact, std::vector<std::int64_t>& out) const {
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
                for (std::uint32_t i = fact.labels_begin; i < fact.labels_end; ++i)
                    if (dimension_ == Dimension::label || team_[history_.labels[i]])
                        out.push_back(history_.labels[i]);
                if (out.empty()) out.push_back(no_label);
                break;
            default: {
                const Seconds shift = info(dimension_).calendar ? rules_.shift : Seconds{0};
                out.push_back(time_code(dimension_, fact.merged_at + shift, rules_.rhythm));
            }
        }
    }

  private:
    std::int64_t size_class(const Fact& fact) const {
        if (fact.additions < 0 || fact.deletions < 0) return unknown_size;
        const auto& sizes = rules_.policy->sizes;
        const auto fits = [&](const profile::SizeClass& s) {
            return !s.up_to || fact.additions + fact.deletions <= *s.up_to;
        };
        return std::find_if(sizes.begin(), sizes.end(), fits) - sizes.begin();
    }

    Dimension dimension_;
    const History& history_;
    const TallyRules& rules_;
    std::vector<bool> team_;
};

struct CodeHash {
    std::size_t operator()(const GroupCode& code) const {
        return std::hash<std::int64_t>{}(code.first * 1'000'003 + code.second);
    }
};

// Which facts each group has: two passes of a counting sort.
class Grouping {
  public:
    Grouping(const History& history, const TallyRules& rules) {
        std::vector<std::pair<std::uint32_t, const Fact*>> entries;
        entries.reserve(history.facts.size());
        std::unordered_map<GroupCode, std::uint32_t, CodeHash> index;
        const Coder first(rules.by.front(), history, rules);
        const Coder second(rules.by.back(), history, rules);
        std::vector<std::int64_t> a, b{0};
        for (const Fact& fact : history.facts) {
            first.codes(fact, a);
            if (rules.by.size() > 1) second.codes(fact, b);
            for (const std::int64_t x : a)
                for (const std::int64_t y : b) {
                    const auto [place, fresh] =
                        index.try_emplace({x, y}, static_cast<std::uint32_t>(codes.size()));
                    if (fresh) codes.push_back({x, y});
                    entries.emplace_back(place->second, &fact);
                }
        }
        begins.assign(codes.size() + 1, 0);
        for (const auto& [group, fact] : entries) ++begins[group + 1];
        std::partial_sum(begins.begin(), begins.end(), begins.begin());
        members.resize(entries.size());
        std::vector<std::size_t> next(begins.begin(), begins.end());
        for (const auto& [group, fact] : entries) members[next[group]++] = fact;
    }

    std::vector<GroupCode> codes;
    std::vector<std::size_t> begins;  // of each group in `members`, and the end
    std::vector<const Fact*> members;
};

}  // namespace

double percentile(std::vector<std::int64_t>& values, double rank) {
    const double place = rank * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(below);
    std::nth_element(values.begin(), at, values.end());
    const double low = static_cast<double>(*at);
    if (below + 1 == values.size()) return low;
    const double high = static_cast<double>(*std::min_element(at + 1, values.end()));
    return low + (place - static_cast<double>(below)) * (high - low);
}

Tally tally(const History& history, const TallyRules& rules) {
    Tally out;
    Meter meter(*rules.names);
    std::vector<const Fact*> all;
    all.reserve(history.facts.size());
    for (const Fact& fact : history.facts) {
        all.push_back(&fact);
        out.without_size += fact.additions < 0 || fact.deletions < 0;
    }
    out.total = meter.measure(all);
    if (rules.by.empty()) return out;
    const Grouping grouping(history, rules);
    for (std::size_t g = 0; g < grouping.codes.size(); ++g) {
        const auto begin = grouping.members.data() + grouping.begins[g];
        const auto end = grouping.members.data() + grouping.begins[g + 1];
        out.groups.push_back({grouping.codes[g], meter.measure(std::span(begin, end))});
    }
    std::sort(out.groups.begin(), out.groups.end(),
              [](const Group& a, const Group& b) { return a.code < b.code; });
    return out;
}

}  // namespace harvester::stats
