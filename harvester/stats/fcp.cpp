#include "stats/fcp.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace harvester::stats {
namespace {

using cache::Value;

// The label events of one item, played from the first to the last.
class Replay {
  public:
    Replay(const profile::FcpPolicy& policy, const Range& range, FcpCounts& counts)
        : policy_(policy), range_(range), counts_(counts) {}

    void event(Instant at, std::string_view label, bool added) {
        if (added)
            labels_.emplace(label);
        else if (const auto found = labels_.find(label); found != labels_.end())
            labels_.erase(found);
        if (label == policy_.started && added) {
            if (open_ && !taken_off_) return;  // put on twice
            if (taken_off_) withdraw(*taken_off_);
            open_ = true;
            counts_.started += range_.contains(at);
        } else if (label == policy_.started && open_) {
            taken_off_ = at;  // the label that says it is over may come a moment later
        } else if (label == policy_.finished && added && open_) {
            open_ = false;
            taken_off_.reset();
            if (range_.contains(at)) ++counts_.outcomes[outcome()];
        }
    }

    void end(std::optional<Instant> closed_at) {
        if (!open_) return;
        std::optional<Instant> ended = taken_off_;
        if (closed_at && *closed_at < range_.to && !ended) ended = closed_at;
        if (ended)
            withdraw(*ended);
        else
            ++counts_.open;
    }

  private:
    void withdraw(Instant at) {
        taken_off_.reset();
        if (range_.contains(at)) ++counts_.outcomes[withdrawn];
    }

    std::string outcome() const {
        for (const profile::FcpOutcome& outcome : policy_.outcomes)
            if (labels_.contains(outcome.label)) return outcome.name;
        return unnamed_outcome;
    }

    const profile::FcpPolicy& policy_;
    Range range_;
    FcpCounts& counts_;
    std::set<std::string, std::less<>> labels_;
    bool open_ = false;
    std::optional<Instant> taken_off_;
};

void add(FcpCounts& sum, const FcpCounts& counts) {
    sum.started += counts.started;
    sum.open += counts.open;
    for (const auto& [name, count] : counts.outcomes) sum.outcomes[name] += count;
}

}  // namespace

Result<FcpSummary> final_comment_periods(const cache::Store& store, const profile::FcpPolicy& policy,
                                         const std::string& organisation, const Range& range,
                                         const Filters& filters) {
    struct Event {
        Instant at;
        std::string label;
        bool added;
    };
    struct Subject {
        std::string repository;
        std::optional<Instant> closed_at;
        std::vector<Event> events;
    };
    std::map<std::int64_t, Subject> subjects;
    const auto moment = [](const cache::Row& row, int column) {
        return Instant{Seconds{row.integer(column)}};
    };
    const std::array<Value, 2> parameters = {std::string_view(policy.started), range.to};
    const auto asked = store.select("cache/stats/fcp_events.sql", parameters, [&](const cache::Row& row) {
        const auto repository = row.text(1);
        if (!repository.starts_with(organisation + "/")) return;
        if (!filters.repository_fits(repository) || !filters.author_fits(row.text(2)) ||
            (filters.no_bots && row.text(3) == "bot"))
            return;
        Subject& subject = subjects[row.integer(0)];
        subject.repository = repository;
        if (!row.is_null(4)) subject.closed_at = moment(row, 4);
        subject.events.push_back({moment(row, 5), std::string(row.text(6)), row.integer(7) != 0});
    });
    if (!asked) return tl::unexpected(asked.error());
    FcpSummary out;
    for (const auto& [key, subject] : subjects) {
        FcpCounts counts;
        Replay replay(policy, range, counts);
        for (const Event& event : subject.events) replay.event(event.at, event.label, event.added);
        replay.end(subject.closed_at);
        if (counts == FcpCounts{}) continue;
        add(out.total, counts);
        add(out.by_repository[subject.repository], counts);
    }
    return out;
}

}  // namespace harvester::stats
