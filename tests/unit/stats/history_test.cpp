#include "stats/history.h"

#include <algorithm>
#include <set>

#include "made_up.h"

using namespace harvester;
using namespace harvester::stats;
using namespace made_up;

namespace {

const Instant first_merge = at("2024-01-01");

// One merge a second; each kind of sign of a rollup or a backport, each label and each author at its own
// pace.
std::vector<Item> history(int count) {
    std::vector<Item> out;
    for (int i = 0; i < count; ++i) {
        Change change{
            i, i % 3 == 0 ? "anvil" : "rocket", "road", "2023-12-01", "2024-01-01", ChangeSize{i, 1, 1}};
        if (i % 50 == 0) change.title = "Rollup of 7 pull requests";
        if (i % 70 == 0) change.title = "Backport a fix";
        if (i % 90 == 0) change.branch = "beta";
        if (i % 2 == 0) change.labels.push_back("T-sky");
        if (i % 30 == 0) change.labels.push_back("is-rollup");
        out.push_back(item(change));
        out.back().author.login = fmt::format("author-{}", i % 1000);
        out.back().merged_at = out.back().closed_at = first_merge + Seconds{i};
    }
    return out;
}

cache::Store filled(const std::vector<Item>& items) {
    auto store = cache::Store::open(":memory:", cache::OpenMode::read_write);
    REQUIRE(store);
    const auto size = static_cast<std::int64_t>(items.size());
    const Range range{first_merge, first_merge + Seconds{std::max<std::int64_t>(size, 1)}};
    REQUIRE(store->commit_page({{"merged", range, ""}, cache::SliceState::complete, size, size, "", range.to},
                               items));
    return std::move(*store);
}

}  // namespace

TEST_CASE("A history is in the order of time, each pull request once and with all that belongs to it") {
    const auto profile = acme_profile();
    for (const int count : {0, 100, 5000}) {
        INFO(count << " pull requests");
        const auto items = history(count);
        const auto store = filled(items);
        const auto read = read_history(store, profile, {first_merge, first_merge + Seconds{count}}, {},
                                       {true, true, true, true});
        REQUIRE(read);
        REQUIRE(read->merges.size() == items.size());
        std::set<std::string> seen;
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Item& item = items[i];
            const Merge& merge = read->merges[i];
            const int number = static_cast<int>(item.number);
            std::vector<std::string> labels;
            for (const std::int64_t label : merge.labels) labels.push_back(read->names.labels.at(label));
            std::sort(labels.begin(), labels.end());
            const bool title_is_rollup = number % 50 == 0 && number % 70 != 0;
            const bool right =
                merge.merged_at == *item.merged_at && merge.additions == number && labels == item.labels &&
                merge.rollup == (title_is_rollup || number % 30 == 0) &&
                merge.backport == (number % 70 == 0 || number % 90 == 0) &&
                merge.new_to_organisation == seen.insert(item.author.login).second &&
                merge.new_to_repository == seen.insert(item.author.login + item.repository).second &&
                read->names.repositories.at(merge.repository) == item.repository &&
                read->names.authors.at(merge.author) == item.author.login;
            if (!right) FAIL("wrongly read: " << number);
        }
    }
}

TEST_CASE("A long history is filtered by label and repository, and compared with the range before") {
    const auto profile = acme_profile();
    const auto store = filled(history(20'000));
    Query query;
    query.range = {first_merge + Seconds{8000}, first_merge + Seconds{20'000}};
    query.by = {Dimension::label};
    query.measures = every_measure();
    query.filters.labels = {"T-sky"};
    query.filters.repositories = {"anvil"};
    query.compare = true;
    query.now = query.range.to;
    const auto report = make_report(store, profile, query);
    REQUIRE(report);
    // Every sixth is labelled so and merged there.
    const double before = 1334, now = 2000;
    CHECK(report->total.values[Measure::merged] == now);
    REQUIRE(report->total.before);
    CHECK((*report->total.before)[Measure::merged] == before);
    CHECK(report->total.values[Measure::rollups] == 400);
    for (const Row& row : report->rows)
        if (row.keys.at(0) == "T-sky") CHECK(row.values[Measure::merged] == now);
}
