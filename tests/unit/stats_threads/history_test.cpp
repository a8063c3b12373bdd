// Histories of one part and of many, which are read by one thread and by two.
#include "stats/history.h"

#include <algorithm>
#include <optional>
#include <set>

#include "../stats/made_up.h"

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

HistoryNeeds everything() {
    HistoryNeeds needs;
    needs.times = needs.sizes = needs.labels = needs.kinds = true;
    needs.first_in_organisation = needs.first_in_repository = true;
    return needs;
}

}  // namespace

TEST_CASE("A history is taken in the order of time, each pull request once and with all that belongs to it") {
    const auto profile = acme_profile();
    for (const int count : {0, 100, 4096, 20'000}) {
        INFO(count << " pull requests");
        const auto items = history(count);
        const auto store = filled(items);
        Names names;
        std::size_t next = 0;
        std::optional<int> wrong;  // told afterwards: only the test's own thread may fail it
        std::set<std::string> seen;
        // Names of repositories and authors are looked up when all is read, for they still grow meanwhile.
        std::vector<std::pair<std::uint32_t, std::uint32_t>> named;
        const auto read = read_history(
            store, profile.stats, "acme", {first_merge, first_merge + Seconds{count}}, {}, everything(),
            names, [&](const HistoryPart& part) {
                for (const Fact& fact : part.facts) {
                    if (next == items.size()) {
                        wrong = -1;
                        return;
                    }
                    const Item& item = items[next++];
                    const int i = static_cast<int>(item.number);
                    std::vector<std::string> labels;
                    for (std::uint32_t l = fact.labels_begin; l < fact.labels_end; ++l)
                        labels.push_back(names.labels.text(part.labels[l]));
                    std::sort(labels.begin(), labels.end());
                    const bool title_is_rollup = i % 50 == 0 && i % 70 != 0;
                    const bool right =
                        fact.merged_at == *item.merged_at && fact.additions == i && labels == item.labels &&
                        fact.rollup == (title_is_rollup || i % 30 == 0) &&
                        fact.backport == (i % 70 == 0 || i % 90 == 0) &&
                        fact.first_in_organisation == seen.insert(item.author.login).second &&
                        fact.first_in_repository == seen.insert(item.author.login + item.repository).second;
                    if (!right && !wrong) wrong = i;
                    named.emplace_back(fact.repository, fact.author);
                }
            });
        REQUIRE(read);
        REQUIRE_FALSE(wrong);
        REQUIRE(next == items.size());
        for (std::size_t i = 0; i < items.size(); ++i)
            if (names.repositories.text(named[i].first) != items[i].repository ||
                names.authors.text(named[i].second) != items[i].author.login)
                FAIL("wrongly named: " << i);
    }
}

TEST_CASE(
    "Filters leave the same of a long history as of its parts, and two ranges are counted one after the "
    "other") {
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
