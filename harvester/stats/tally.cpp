#include "stats/tally.h"

#include <utility>

#include "stats/percentiles.h"

namespace harvester::stats {

namespace {

// Measures what sums don't give, one group after the other; what is reused between them is kept here.
class Meter {
  public:
    Meter(const TallyRules& rules, const Kept& kept)
        : rules_(rules), kept_(kept), seen_by_(rules.authors ? rules.groups.names->authors.size() : 0) {}

    // Adds to `values` what the pull requests show of which `pull_request` gives the numbers, from 0 to
    // `count`.
    template <class PullRequest>
    void measure(std::size_t count, PullRequest pull_request, Values& values) {
        if (rules_.authors) values.set(Measure::authors, authors(count, pull_request));
        if (!rules_.percentiles.empty()) measure_times(count, pull_request, values);
    }

  private:
    template <class PullRequest>
    std::uint32_t authors(std::size_t count, PullRequest pull_request) {
        ++turn_;
        std::uint32_t out = 0;
        for (std::size_t i = 0; i < count; ++i)
            if (const std::uint32_t author = kept_.authors[pull_request(i)]; author != Kept::nobody)
                out += std::exchange(seen_by_[author], turn_) != turn_;
        return out;
    }

    template <class PullRequest>
    void measure_times(std::size_t count, PullRequest pull_request, Values& values) {
        times_.clear();
        for (std::size_t i = 0; i < count; ++i)
            if (const std::uint32_t time = kept_.times[pull_request(i)]; time != unknown_time)
                times_.push_back(time);
        if (times_.empty()) return;
        // From the highest down: each leaves the lower values before it, where the next one lies.
        Percentiles of(times_);
        for (const Percentile& percentile : rules_.percentiles)
            values.set(percentile.measure, of(percentile.rank));
    }

    const TallyRules& rules_;
    const Kept& kept_;
    std::vector<std::uint32_t> seen_by_;  // the turn in which an author was counted last
    std::uint32_t turn_ = 0;
    std::vector<std::uint32_t> times_;
};

}  // namespace

Counter::Counter(const TallyRules& rules) : rules_(rules) {
    for (const Dimension dimension : rules.by) {
        codes_of_.emplace_back(dimension, rules.groups);
        several_ = several_ || info(dimension).several;
    }
}

void Counter::add(const HistoryPart& part) {
    for (const Fact& fact : part.facts) {
        const std::uint32_t pull_request = total_.merged();
        total_.add(fact);
        if (!rules_.percentiles.empty()) kept_.times.push_back(fact.seconds_to_merge);
        if (rules_.authors) kept_.authors.push_back(fact.bot || fact.ghost ? Kept::nobody : fact.author);
        if (!codes_of_.empty()) add_to_groups(fact, part, pull_request);
    }
}

void Counter::add_to_groups(const Fact& fact, const HistoryPart& part, std::uint32_t pull_request) {
    codes_of_.front().of(fact, part, firsts_);
    if (codes_of_.size() > 1) codes_of_.back().of(fact, part, seconds_);
    for (const std::int64_t first : firsts_)
        for (const std::int64_t second : seconds_) {
            const std::uint32_t number = group({first, second});
            groups_[number].sums.add(fact);
            if (!keeps_members()) continue;
            groups_of_members_.push_back(number);
            if (several_) members_.push_back(pull_request);
        }
}

std::uint32_t Counter::group(GroupCode code) {
    std::uint32_t number = first_numbers_.number(code.first);
    if (codes_of_.size() > 1) number = group_numbers_.number(number, second_numbers_.number(code.second));
    if (number == groups_.size()) groups_.push_back({code, {}});
    return number;
}

std::vector<std::uint32_t> Counter::members_by_group() const {
    std::vector<std::uint32_t> next;  // where the next member of each group comes
    next.reserve(groups_.size());
    std::uint32_t begin = 0;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        next.push_back(begin);
        begin += groups_[g].sums.merged();
    }
    std::vector<std::uint32_t> out(groups_of_members_.size());
    for (std::uint32_t i = 0; i < groups_of_members_.size(); ++i)
        out[next[groups_of_members_[i]]++] = several_ ? members_[i] : i;
    return out;
}

Tally Counter::finish() {
    Tally out;
    Meter meter(rules_, kept_);
    out.without_size = total_.without_size();
    out.total = total_.values();
    meter.measure(
        total_.merged(), [](std::size_t i) { return i; }, out.total);
    out.groups.reserve(groups_.size());
    const std::vector<std::uint32_t> members = members_by_group();
    const std::uint32_t* first = members.data();
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        const RunningGroup& group = groups_[g];
        Group& made = out.groups.emplace_back(Group{group.code, group.sums.values()});
        meter.measure(
            group.sums.merged(), [&](std::size_t i) { return first[i]; }, made.values);
        if (keeps_members()) first += group.sums.merged();
    }
    return out;
}

}  // namespace harvester::stats
