#include "stats/history.h"

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_set>

#include "stats/kinds.h"

namespace harvester::stats {
namespace {

using cache::Value;
using Row = std::span<const Value>;

std::int64_t number(const Value& value, std::int64_t fallback) {
    const auto* found = std::get_if<std::int64_t>(&value);
    return found != nullptr ? *found : fallback;
}

std::string_view text(const Value& value) {
    const auto* found = std::get_if<std::string_view>(&value);
    return found != nullptr ? *found : std::string_view();
}

std::int64_t seconds(Instant t) {
    return t.time_since_epoch().count();
}

// Answers a yes-or-no question of a text once and remembers the answer by the text's number.
template <class Ask>
class Remembered {
  public:
    Remembered(const Interner& texts, Ask ask) : texts_(texts), ask_(std::move(ask)) {}
    bool operator()(std::uint32_t number) {
        if (number >= answers_.size()) answers_.resize(number + 1, -1);
        signed char& answer = answers_[number];
        if (answer < 0) answer = ask_(texts_.text(number)) ? 1 : 0;
        return answer == 1;
    }

  private:
    const Interner& texts_;
    Ask ask_;
    std::vector<signed char> answers_;
};

bool listed(const std::vector<std::string>& names, std::string_view text) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return same_name(name, text); });
}

class Loader {
  public:
    Loader(const cache::Store& store, const profile::StatsPolicy& policy, const std::string& organisation,
           const Range& range, Names& names)
        : store_(store), policy_(policy), owner_(organisation + "/"), range_(range), names_(names) {}

    Result<void> read_facts(bool kinds) {
        const AnyOf bots(policy_.bots, AnyOf::Match::whole, true);
        const KindRule rollup(policy_.rollup), backport(policy_.backport);
        Remembered is_bot(names_.authors, [&](const std::string& login) { return bots(login); });
        Remembered is_ours(names_.repositories,
                           [&](const std::string& name) { return name.starts_with(owner_); });
        const std::array<Value, 3> parameters = {seconds(range_.from), seconds(range_.to),
                                                 std::int64_t{kinds ? 1 : 0}};
        return store_.select("cache/stats/merged.sql", parameters, [&](Row row) {
            Fact fact;
            fact.repository = names_.repositories.number(text(row[3]));
            if (!is_ours(fact.repository)) return;
            fact.item = number(row[0], 0);
            fact.merged_at = Instant{Seconds{number(row[1], 0)}};
            fact.seconds_to_merge =
                number(row[1], 0) - number(row[2], std::numeric_limits<std::int32_t>::max());
            fact.author = names_.authors.number(text(row[4]));
            const std::string_view kind = text(row[5]);
            fact.ghost = kind == "ghost";
            fact.bot = !fact.ghost && (kind == "bot" || is_bot(fact.author));
            fact.additions = number(row[6], -1);
            fact.deletions = number(row[7], -1);
            fact.changed_files = number(row[8], -1);
            if (kinds) {
                fact.rollup = rollup.fits(text(row[9]), text(row[10]));
                fact.backport = backport.fits(text(row[9]), text(row[10]));
            }
            history.facts.push_back(fact);
        });
    }

    // The first merge of each author in the range is a first merge when the cache knows none before the
    // range.
    Result<void> mark_firsts() {
        if (history.facts.empty()) return {};
        std::int64_t oldest = std::numeric_limits<std::int64_t>::min();
        auto asked = store_.select("cache/stats/first_merge.sql", {},
                                   [&](Row row) { oldest = number(row[0], oldest); });
        if (!asked) return asked;
        const bool nothing_before = oldest >= seconds(range_.from);
        std::vector<signed char> known(names_.authors.size(), -1);  // -1 not asked, 1 merged before the range
        std::vector<bool> seen(names_.authors.size());
        std::unordered_set<std::uint64_t> seen_in_repository;
        for (Fact& fact : history.facts) {
            if (fact.bot || fact.ghost) continue;
            signed char& before = known[fact.author];
            if (before < 0) {
                const auto answer = nothing_before
                                        ? Result<bool>(false)
                                        : merged_before(fact, owner_, "cache/stats/merged_before.sql");
                if (!answer) return tl::unexpected(answer.error());
                before = *answer ? 1 : 0;
            }
            fact.first_in_organisation = before == 0 && !seen[fact.author];
            seen[fact.author] = true;
            if (!seen_in_repository.insert(std::uint64_t{fact.author} << 32 | fact.repository).second)
                continue;
            if (before == 0) {
                fact.first_in_repository = true;
                continue;
            }
            const auto answer = merged_before(fact, names_.repositories.text(fact.repository),
                                              "cache/stats/merged_before_in_repository.sql");
            if (!answer) return tl::unexpected(answer.error());
            fact.first_in_repository = !*answer;
        }
        return {};
    }

    Result<void> read_labels() {
        if (history.facts.empty()) return {};
        std::unordered_map<std::int64_t, std::uint32_t> numbers;  // the cache's key of a label -> ours
        auto asked = store_.select("cache/stats/label_names.sql", {}, [&](Row row) {
            numbers.emplace(number(row[0], 0), names_.labels.number(text(row[1])));
        });
        if (!asked) return asked;
        const auto by_item = [](const Fact& a, const Fact& b) { return a.item < b.item; };
        const auto [first, last] = std::minmax_element(history.facts.begin(), history.facts.end(), by_item);
        const std::int64_t lowest = first->item, span = last->item - lowest + 1;
        std::vector<std::pair<std::int64_t, std::uint32_t>> found;  // item, label
        const auto take = [&](Row row) {
            const auto label = numbers.find(number(row[1], 0));
            if (label != numbers.end()) found.emplace_back(number(row[0], 0), label->second);
        };
        // Reading past foreign items is some four times cheaper than looking one item up.
        if (span / 4 <= static_cast<std::int64_t>(history.facts.size())) {
            const std::array<Value, 2> keys = {lowest, last->item};
            asked = store_.select("cache/stats/labels_of_keys.sql", keys, take);
        } else {
            const std::array<Value, 2> moments = {seconds(range_.from), seconds(range_.to)};
            asked = store_.select("cache/stats/labels_of_range.sql", moments, take);
        }
        if (!asked) return asked;
        attach(std::move(found));
        return {};
    }

    void add_kinds_by_label() {
        const auto mark = [&](const std::vector<std::string>& wanted, bool Fact::*kind) {
            if (wanted.empty()) return;
            Remembered fits(names_.labels, [&](const std::string& label) { return listed(wanted, label); });
            for (Fact& fact : history.facts)
                for (std::uint32_t i = fact.labels_begin; i < fact.labels_end && !(fact.*kind); ++i)
                    fact.*kind = fits(history.labels[i]);
        };
        mark(policy_.rollup.labels, &Fact::rollup);
        mark(policy_.backport.labels, &Fact::backport);
    }

    void filter(const Filters& filters) {
        Remembered repository(names_.repositories, [&](const std::string& name) {
            return listed(filters.repositories, name) ||
                   listed(filters.repositories, name.substr(name.find('/') + 1));
        });
        Remembered author(names_.authors,
                          [&](const std::string& login) { return listed(filters.authors, login); });
        Remembered label(names_.labels,
                         [&](const std::string& name) { return listed(filters.labels, name); });
        const auto passes = [&](const Fact& fact) {
            if (filters.no_bots && fact.bot) return false;
            if (!filters.repositories.empty() && !repository(fact.repository)) return false;
            if (!filters.authors.empty() && !author(fact.author)) return false;
            return filters.labels.empty() || std::any_of(history.labels.begin() + fact.labels_begin,
                                                         history.labels.begin() + fact.labels_end, label);
        };
        std::erase_if(history.facts, [&](const Fact& fact) { return !passes(fact); });
    }

    History history;

  private:
    Result<bool> merged_before(const Fact& fact, const std::string& where, std::string_view question) {
        bool found = false;
        const std::array<Value, 3> parameters = {std::string_view(names_.authors.text(fact.author)),
                                                 seconds(range_.from), std::string_view(where)};
        const auto asked = store_.select(question, parameters, [&](Row) { found = true; });
        if (!asked) return tl::unexpected(asked.error());
        return found;
    }

    // Gives each fact its part of History::labels.
    void attach(std::vector<std::pair<std::int64_t, std::uint32_t>> found) {
        std::sort(found.begin(), found.end());
        history.labels.reserve(found.size());
        for (const auto& [item, label] : found) history.labels.push_back(label);
        for (Fact& fact : history.facts) {
            const auto begin =
                std::lower_bound(found.begin(), found.end(), std::pair{fact.item, std::uint32_t{0}});
            auto end = begin;
            while (end != found.end() && end->first == fact.item) ++end;
            fact.labels_begin = static_cast<std::uint32_t>(begin - found.begin());
            fact.labels_end = static_cast<std::uint32_t>(end - found.begin());
        }
    }

    const cache::Store& store_;
    const profile::StatsPolicy& policy_;
    std::string owner_;
    Range range_;
    Names& names_;
};

}  // namespace

std::uint32_t Interner::number(std::string_view text) {
    if (const auto found = numbers_.find(text); found != numbers_.end()) return found->second;
    const auto number = static_cast<std::uint32_t>(texts_.size());
    numbers_.emplace(texts_.emplace_back(text), number);
    return number;
}

Result<History> load_history(const cache::Store& store, const profile::StatsPolicy& policy,
                             const std::string& organisation, const Range& range, const Filters& filters,
                             HistoryNeeds needs, Names& names) {
    Loader loader(store, policy, organisation, range, names);
    auto done = loader.read_facts(needs.kinds);
    if (done && needs.firsts) done = loader.mark_firsts();
    const bool kinds_by_label =
        needs.kinds && !(policy.rollup.labels.empty() && policy.backport.labels.empty());
    if (done && (needs.labels || kinds_by_label || !filters.labels.empty())) done = loader.read_labels();
    if (!done) return tl::unexpected(done.error());
    if (kinds_by_label) loader.add_kinds_by_label();
    loader.filter(filters);
    return std::move(loader.history);
}

}  // namespace harvester::stats
