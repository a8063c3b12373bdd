#include "stats/fact_labels.h"

#include <algorithm>
#include <array>

#include "stats/kinds.h"

namespace harvester::stats {
namespace {

using cache::Value;

struct Tag {
    std::int64_t item;
    std::uint32_t label;
};

// Gives each fact its part of History::labels; `tags` are by item.
void attach(const std::vector<Tag>& tags, History& history) {
    history.labels.reserve(tags.size());
    for (const Tag& tag : tags) history.labels.push_back(tag.label);
    // Keys follow each other in the order in which items came, and so nearly in that of the merges: from one
    // fact to the next it is seldom far.
    auto place = tags.begin();
    const auto earlier = [](const Tag& tag, std::int64_t item) { return tag.item < item; };
    for (Fact& fact : history.facts) {
        const auto near = [&](auto from, auto to) { return std::lower_bound(from, to, fact.item, earlier); };
        constexpr std::ptrdiff_t step = 64;
        const auto low = place - std::min(step, place - tags.begin());
        const auto high = place + std::min(step, tags.end() - place);
        const bool close = (low == tags.begin() || std::prev(low)->item < fact.item) &&
                           (high == tags.end() || high->item >= fact.item);
        place = close ? near(low, high) : near(tags.begin(), tags.end());
        auto end = place;
        while (end != tags.end() && end->item == fact.item) ++end;
        fact.labels_begin = static_cast<std::uint32_t>(place - tags.begin());
        fact.labels_end = static_cast<std::uint32_t>(end - tags.begin());
    }
}

}  // namespace

Result<void> read_labels(const cache::Store& store, const Range& range,
                         const std::optional<std::vector<std::string>>& only, History& history,
                         Names& names) {
    if (history.facts.empty()) return {};
    KeyNumbers numbers;                   // of the cache's keys of labels
    std::vector<std::uint32_t> label_of;  // by these numbers: ours
    std::vector<std::int64_t> wanted;     // keys, with `only`
    auto asked = store.select("cache/stats/label_names.sql", {}, [&](const cache::Row& row) {
        if (only && !listed(*only, row.text(1))) return;
        numbers.number(row.integer(0));
        label_of.push_back(names.labels.number(row.text(1)));
        if (only) wanted.push_back(row.integer(0));
    });
    if (!asked) return asked;
    if (only && wanted.empty()) return {};
    const std::string list = key_list(wanted);
    const auto by_item = [](const Fact& a, const Fact& b) { return a.item < b.item; };
    const auto [first, last] = std::minmax_element(history.facts.begin(), history.facts.end(), by_item);
    std::vector<Tag> tags;
    const auto take = [&](const cache::Row& row) {
        const std::uint32_t number = numbers.number(row.integer(1));
        if (number < label_of.size()) tags.push_back({row.integer(0), label_of[number]});
    };
    const bool in_one_pass = one_pass_is_cheaper(first->item, last->item, history.facts.size());
    const Value from = in_one_pass ? Value{first->item} : Value{range.from};
    const Value to = in_one_pass ? Value{last->item} : Value{range.to};
    const std::array<Value, 4> parameters = {from, to, std::int64_t{only ? 0 : 1}, std::string_view(list)};
    asked = store.select(in_one_pass ? "cache/stats/labels_of_keys.sql" : "cache/stats/labels_of_range.sql",
                         parameters, take);
    if (!asked) return asked;
    const auto earlier = [](const Tag& a, const Tag& b) { return a.item < b.item; };
    if (!std::is_sorted(tags.begin(), tags.end(), earlier))
        std::stable_sort(tags.begin(), tags.end(), earlier);
    attach(tags, history);
    return {};
}

void add_kinds_by_label(const profile::StatsPolicy& policy, const Names& names, History& history) {
    const auto mark = [&](const std::vector<std::string>& wanted, bool Fact::*kind) {
        if (wanted.empty()) return;
        Remembered fits(names.labels, [&](const std::string& label) { return listed(wanted, label); });
        for (Fact& fact : history.facts)
            for (std::uint32_t i = fact.labels_begin; i < fact.labels_end && !(fact.*kind); ++i)
                fact.*kind = fits(history.labels[i]);
    };
    mark(policy.rollup.labels, &Fact::rollup);
    mark(policy.backport.labels, &Fact::backport);
}

}  // namespace harvester::stats
