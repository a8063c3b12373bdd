#include "stats/tally.h"

#include <algorithm>
#include <numeric>
#include <span>

namespace harvester::stats {
namespace {

// Measures one set of facts after the other; what is reused between them is kept here.
class Meter {
  public:
    explicit Meter(const Names& names) : seen_by_(names.authors.size()) {}

    // The facts at `places` of `facts`.
    Values measure(const std::vector<Fact>& facts, std::span<const std::uint32_t> places) {
        return measure(places.size(), [&](std::size_t i) -> const Fact& { return facts[places[i]]; });
    }
    Values measure(const std::vector<Fact>& facts) {
        return measure(facts.size(), [&](std::size_t i) -> const Fact& { return facts[i]; });
    }

  private:
    template <class FactAt>
    Values measure(std::size_t count, FactAt fact_at) {
        ++turn_;
        Values v;
        double merged = 0, authors = 0, new_here = 0, new_in_repository = 0, bots = 0, rollups = 0,
               backports = 0;
        std::int64_t additions = 0, deletions = 0, files = 0, sized = 0;
        times_.clear();
        for (std::size_t i = 0; i < count; ++i) {
            const Fact& fact = fact_at(i);
            ++merged;
            bots += fact.bot;
            rollups += fact.rollup;
            backports += fact.backport;
            new_here += fact.first_in_organisation;
            new_in_repository += fact.first_in_repository;
            if (!fact.bot && !fact.ghost && std::exchange(seen_by_[fact.author], turn_) != turn_) ++authors;
            if (fact.additions >= 0 && fact.deletions >= 0) {
                ++sized;
                additions += fact.additions;
                deletions += fact.deletions;
                files += std::max<std::int64_t>(fact.changed_files, 0);
            }
            if (fact.seconds_to_merge >= 0) times_.push_back(fact.seconds_to_merge);
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
            // From the highest down: each leaves the lower values before it, where the next one lies.
            Percentiles of(times_);
            v[Measure::time_p99] = of(0.99);
            v[Measure::time_p90] = of(0.9);
            v[Measure::time_p75] = of(0.75);
            v[Measure::time_median] = of(0.5);
        }
        return v;
    }

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

// Which facts each group has: two passes of a counting sort.
class Grouping {
  public:
    Grouping(const History& history, const TallyRules& rules) {
        struct Entry {
            std::uint32_t first, second;  // the numbers of the codes
            std::uint32_t fact;           // its place
            std::uint32_t group = 0;
        };
        std::vector<Entry> entries;
        entries.reserve(history.facts.size());
        const Coder first(rules.by.front(), history, rules);
        const Coder second(rules.by.back(), history, rules);
        KeyNumbers firsts, seconds;
        std::vector<std::int64_t> a, b{0};
        for (std::uint32_t at = 0; at < history.facts.size(); ++at) {
            first.codes(history.facts[at], a);
            if (rules.by.size() > 1) second.codes(history.facts[at], b);
            for (const std::int64_t x : a)
                for (const std::int64_t y : b) entries.push_back({firsts.number(x), seconds.number(y), at});
        }
        KeyNumbers groups;
        const std::int64_t width = std::ssize(seconds.keys());
        for (Entry& entry : entries) entry.group = groups.number(entry.first * width + entry.second);
        for (const std::int64_t pair : groups.keys())
            codes.push_back({firsts.keys()[static_cast<std::size_t>(pair / width)],
                             seconds.keys()[static_cast<std::size_t>(pair % width)]});
        begins.assign(codes.size() + 1, 0);
        for (const Entry& entry : entries) ++begins[entry.group + 1];
        std::partial_sum(begins.begin(), begins.end(), begins.begin());
        members.resize(entries.size());
        std::vector<std::size_t> next(begins.begin(), begins.end());
        for (const Entry& entry : entries) members[next[entry.group]++] = entry.fact;
    }

    std::vector<GroupCode> codes;
    std::vector<std::size_t> begins;     // of each group in `members`, and the end
    std::vector<std::uint32_t> members;  // places in History::facts
};

}  // namespace

double Percentiles::operator()(double rank) {
    const double place = rank * static_cast<double>(values_.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t end = below + 1 < upper_ ? upper_ : values_.size();
    const auto begin = values_.begin(), at = begin + static_cast<std::ptrdiff_t>(below);
    std::nth_element(begin, at, begin + static_cast<std::ptrdiff_t>(end));
    upper_ = below + 1;
    const double low = static_cast<double>(*at);
    if (below + 1 == values_.size()) return low;
    const double high =
        static_cast<double>(*std::min_element(at + 1, begin + static_cast<std::ptrdiff_t>(end)));
    return low + (place - static_cast<double>(below)) * (high - low);
}

Tally tally(const History& history, const TallyRules& rules) {
    Tally out;
    Meter meter(*rules.names);
    for (const Fact& fact : history.facts) out.without_size += fact.additions < 0 || fact.deletions < 0;
    out.total = meter.measure(history.facts);
    if (rules.by.empty()) return out;
    const Grouping grouping(history, rules);
    for (std::size_t g = 0; g < grouping.codes.size(); ++g) {
        const auto begin = grouping.members.data() + grouping.begins[g];
        const auto end = grouping.members.data() + grouping.begins[g + 1];
        out.groups.push_back({grouping.codes[g], meter.measure(history.facts, std::span(begin, end))});
    }
    std::sort(out.groups.begin(), out.groups.end(),
              [](const Group& a, const Group& b) { return a.code < b.code; });
    return out;
}

}  // namespace harvester::stats
