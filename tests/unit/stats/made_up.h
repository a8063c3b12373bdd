// A made-up organisation, acme, whose merges are few enough to count by hand.
#pragma once

#include <fmt/format.h>

#include "cache/store.h"
#include "catch.h"
#include "profile/profile.h"
#include "stats/report.h"

namespace made_up {

using namespace harvester;

inline Instant at(const std::string& text) {
    return parse_instant(text.size() == 10 ? text + "T00:00:00Z" : text).value();
}

inline Range days(const char* first, const char* last) {
    return {parse_day(first).value(), parse_day(last).value() + std::chrono::days{1}};
}

inline profile::Profile acme_profile() {
    auto loaded = profile::load_profile("");
    INFO((loaded ? std::string() : loaded.error().message));
    REQUIRE(loaded);
    loaded->organisation = "acme";
    profile::StatsPolicy& stats = loaded->stats;
    stats = {};
    stats.search = "merged";
    stats.team_prefix = "T-";
    stats.bots = {"clerk-.*"};
    stats.rollup.titles = {"^Rollup of \\d+"};
    stats.rollup.labels = {"is-rollup"};
    stats.backport.titles = {"(?i)\\bbackport\\b"};
    stats.backport.branches = {"beta"};
    stats.sizes = {{"XS", 9}, {"S", 49}, {"M", 249}, {"XL", std::nullopt}};
    stats.fcp = {"fcp", "finished-fcp", {{"to-merge", "merge"}, {"to-close", "close"}}};
    return *loaded;
}

struct Change {
    int number;
    const char* repository;
    const char* author;
    const char* created;
    const char* merged;
    std::optional<ChangeSize> size;
    std::vector<std::string> labels = {};
    const char* title = "Change";
    const char* branch = "main";
    ActorKind kind = ActorKind::user;
};

inline Item item(const Change& change) {
    Item out;
    out.id = fmt::format("PR_{}", change.number);
    out.repository = std::string("acme/") + change.repository;
    out.number = change.number;
    out.title = change.title;
    out.url = fmt::format("https://github.com/{}/pull/{}", out.repository, change.number);
    out.state = ItemState::merged;
    out.author = {change.author, change.kind};
    out.created_at = at(change.created);
    out.merged_at = out.closed_at = at(change.merged);
    out.updated_at = *out.merged_at;
    out.labels = change.labels;
    out.base_branch = change.branch;
    out.size = change.size;
    return out;
}

// Seven merges from 1 to 9 January 2024, and one before.
inline std::vector<Item> week() {
    const auto size = [](int added, int deleted, int files) { return ChangeSize{added, deleted, files}; };
    const std::vector<Change> changes = {
        {1, "anvil", "road", "2023-12-19", "2023-12-20", size(1, 1, 1)},
        {2, "anvil", "wile", "2024-01-01", "2024-01-01T10:00:00Z", size(5, 4, 1), {"T-desert"}},
        {3, "anvil", "road", "2024-01-01", "2024-01-03", size(100, 20, 3), {"A-speed", "T-desert"}},
        {4, "rocket", "wile", "2024-01-02", "2024-01-02T20:00:00Z", size(30, 10, 2), {"T-sky"}},
        {5,
         "rocket",
         "sam",
         "2024-01-03",
         "2024-01-03T01:00:00Z",
         size(1, 1, 1),
         {},
         "Bump",
         "main",
         ActorKind::bot},
        {6, "anvil", "road", "2024-01-04", "2024-01-04T04:00:00Z", {}, {}, "Rollup of 3 pull requests"},
        {7,
         "anvil",
         "ghost",
         "2024-01-05",
         "2024-01-08",
         size(1000, 500, 10),
         {},
         "Big",
         "main",
         ActorKind::ghost},
        {8,
         "rocket",
         "bugs",
         "2024-01-08",
         "2024-01-09T06:00:00Z",
         size(2, 0, 1),
         {"T-desert", "T-sky"},
         "[beta] Backport 3",
         "beta"},
    };
    std::vector<Item> out;
    for (const Change& change : changes) out.push_back(item(change));
    return out;
}

inline cache::Store empty_store() {
    auto store = cache::Store::open(":memory:", cache::OpenMode::read_write);
    INFO((store ? std::string() : store.error().message));
    REQUIRE(store);
    return std::move(*store);
}

// Puts items into the cache as the answer of one complete slice.
inline void harvest(cache::Store& store, const Range& range, const std::vector<Item>& items,
                    cache::SliceState state = cache::SliceState::complete, std::int64_t issue_count = -1) {
    const auto received = static_cast<std::int64_t>(items.size());
    const cache::Slice slice{
        {"merged", range, ""}, state, issue_count < 0 ? received : issue_count, received, "", range.to};
    const auto done = store.commit_page(slice, items);
    INFO((done ? std::string() : done.error().message));
    REQUIRE(done);
}

inline cache::Store week_store() {
    cache::Store store = empty_store();
    harvest(store, days("2023-12-01", "2024-01-31"), week());
    return store;
}

inline stats::Query query(std::vector<stats::Dimension> by = {}) {
    stats::Query out;
    out.range = days("2024-01-01", "2024-01-09");
    out.by = std::move(by);
    out.measures = stats::every_measure();
    out.now = at("2024-02-01");
    return out;
}

inline stats::Report report(const cache::Store& store, const stats::Query& query) {
    auto made = stats::make_report(store, acme_profile(), query);
    INFO((made ? std::string() : made.error().message));
    REQUIRE(made);
    return std::move(*made);
}

// "anvil:4 rocket:3": the keys, joined by "/", and one measure, in the report's order.
inline std::string told(const stats::Report& report, stats::Measure measure = stats::Measure::merged) {
    std::string out;
    for (const stats::Row& row : report.rows) {
        if (!out.empty()) out += ' ';
        for (std::size_t i = 0; i < row.keys.size(); ++i) out += (i > 0 ? "/" : "") + row.keys[i];
        const auto& value = row.values[measure];
        out += value ? fmt::format(":{}", *value) : ":?";
    }
    return out;
}

}  // namespace made_up
