// Every measure against numbers worked out by hand from made_up::week().
#include "made_up.h"

using namespace harvester;
using namespace harvester::stats;
using namespace made_up;

namespace {

constexpr double hour = 3600;

double value(const Report& report, Measure measure) {
    INFO(info(measure).name);
    REQUIRE(report.total.values[measure]);
    return *report.total.values[measure];
}

}  // namespace

TEST_CASE("Each measure of the week is what counting by hand gives") {
    const Report r = report(week_store(), query());
    CHECK(value(r, Measure::merged) == 7);
    CHECK(value(r, Measure::authors) == 3);             // wile, road, bugs; not the bot, not the ghost
    CHECK(value(r, Measure::first_organisation) == 2);  // wile, bugs; road merged in December
    CHECK(value(r, Measure::first_repository) == 3);    // wile twice, bugs; road knew the anvil
    CHECK(value(r, Measure::by_bots) == 1);
    CHECK(value(r, Measure::additions) == 5 + 100 + 30 + 1 + 1000 + 2);
    CHECK(value(r, Measure::deletions) == 4 + 20 + 10 + 1 + 500);
    CHECK(value(r, Measure::changed_files) == 1 + 3 + 2 + 1 + 10 + 1);
    // Hours to merge: 1 4 10 20 30 48 72.
    CHECK(value(r, Measure::time_median) == Approx(20 * hour));
    CHECK(value(r, Measure::time_p75) == Approx(39 * hour));     // half way from 30 to 48
    CHECK(value(r, Measure::time_p90) == Approx(57.6 * hour));   // 0.4 of the way from 48 to 72
    CHECK(value(r, Measure::time_p99) == Approx(70.56 * hour));  // 0.94 of the way from 48 to 72
    CHECK(value(r, Measure::time_mean) == Approx(185 * hour / 7));
    CHECK(value(r, Measure::rollups) == 1);
    CHECK(value(r, Measure::rollup_share) == Approx(1.0 / 7));
    CHECK(value(r, Measure::backports) == 1);
    CHECK(value(r, Measure::backport_share) == Approx(1.0 / 7));
    CHECK(r.without_size == 1);
}

TEST_CASE("Each grouping puts the pull requests where they belong") {
    const cache::Store store = week_store();
    const auto merged_by = [&](Dimension d) { return told(report(store, query({d}))); };
    CHECK(merged_by(Dimension::repository) == "acme/anvil:4 acme/rocket:3");
    CHECK(merged_by(Dimension::author) == "road:2 wile:2 bugs:1 ghost:1 sam:1");
    CHECK(merged_by(Dimension::team) == "(none):3 T-desert:3 T-sky:2");
    CHECK(merged_by(Dimension::label) == "(none):3 T-desert:3 T-sky:2 A-speed:1");
    CHECK(merged_by(Dimension::day) ==
          "2024-01-01:1 2024-01-02:1 2024-01-03:2 2024-01-04:1 2024-01-05:0 2024-01-06:0 2024-01-07:0 "
          "2024-01-08:1 "
          "2024-01-09:1");
    CHECK(merged_by(Dimension::week) == "2024-W01:5 2024-W02:2");
    CHECK(merged_by(Dimension::issue) ==
          "2024-01-03:2 2024-01-10:5");  // Wednesdays; Tuesday the 2nd ends a week
    CHECK(merged_by(Dimension::month) == "2024-01:7");
    CHECK(merged_by(Dimension::year) == "2024:7");
    CHECK(merged_by(Dimension::weekday) ==
          "Monday:2 Tuesday:2 Wednesday:2 Thursday:1 Friday:0 Saturday:0 Sunday:0");
    CHECK(merged_by(Dimension::size) == "(unknown):1 XS:3 S:1 M:1 XL:1");
    const std::string hours = merged_by(Dimension::hour);
    CHECK(hours.starts_with("00:2 01:1 02:0 03:0 04:1 05:0 06:1 07:0"));
    CHECK(hours.ends_with("20:1 21:0 22:0 23:0"));
}

TEST_CASE("Two groupings at once count each pair") {
    const cache::Store store = week_store();
    CHECK(told(report(store, query({Dimension::repository, Dimension::week}))) ==
          "acme/anvil/2024-W01:3 acme/rocket/2024-W01:2 acme/anvil/2024-W02:1 acme/rocket/2024-W02:1");
    CHECK(told(report(store, query({Dimension::team, Dimension::repository}))) ==
          "(none)/acme/anvil:2 T-desert/acme/anvil:2 T-sky/acme/rocket:2 (none)/acme/rocket:1 "
          "T-desert/acme/rocket:1");
}

TEST_CASE("Groups have separate measures") {
    const Report r = report(week_store(), query({Dimension::repository}));
    CHECK(told(r, Measure::authors) == "acme/anvil:2 acme/rocket:2");
    CHECK(told(r, Measure::first_organisation) == "acme/anvil:1 acme/rocket:1");
    CHECK(told(r, Measure::first_repository) == "acme/anvil:1 acme/rocket:2");
    CHECK(told(r, Measure::additions) == "acme/anvil:1105 acme/rocket:33");
    CHECK(told(r, Measure::time_median) ==
          "acme/anvil:104400 acme/rocket:72000");  // between 10 and 48 hours; 20 hours
    CHECK(told(r, Measure::rollup_share) == "acme/anvil:0.25 acme/rocket:0");
}

TEST_CASE("Filters leave out what does not fit, and firsts are decided before") {
    const cache::Store store = week_store();
    const auto merged = [&](Filters filters) {
        Query q = query();
        q.filters = std::move(filters);
        return *report(store, q).total.values[Measure::merged];
    };
    CHECK(merged({{"rocket"}, {}, {}, false}) == 3);
    CHECK(merged({{"ACME/Anvil"}, {}, {}, false}) == 4);
    CHECK(merged({{"acme/rocket", "anvil"}, {}, {}, false}) == 7);
    CHECK(merged({{}, {"t-sky"}, {}, false}) == 2);
    CHECK(merged({{}, {"T-sky", "A-speed"}, {}, false}) == 3);
    CHECK(merged({{}, {}, {"Road"}, false}) == 2);
    CHECK(merged({{}, {}, {}, true}) == 6);
    CHECK(merged({{"rocket"}, {"T-sky"}, {"bugs"}, true}) == 1);

    Query q = query();
    q.filters.repositories = {"rocket"};
    const Report r = report(store, q);
    CHECK(*r.total.values[Measure::first_organisation] == 1);  // bugs; wile was first merged in the anvil
    CHECK(*r.total.values[Measure::first_repository] == 2);
}

TEST_CASE("Comparing lays the range before over the range") {
    const cache::Store store = week_store();
    Query q = query({Dimension::day});
    q.range = days("2024-01-03", "2024-01-04");
    q.compare = true;
    const Report r = report(store, q);
    CHECK(*r.before == days("2024-01-01", "2024-01-02"));
    CHECK(told(r) == "2024-01-03:2 2024-01-04:1");
    REQUIRE(r.rows[0].before);
    CHECK(*(*r.rows[0].before)[Measure::merged] == 1);
    CHECK(*(*r.rows[1].before)[Measure::merged] == 1);
    CHECK(*(*r.total.before)[Measure::merged] == 2);
    CHECK(relative_change((*r.total.before)[Measure::merged], r.total.values[Measure::merged]) == 0.5);
    // wile is new in the range before, and nobody in the range itself.
    CHECK(*(*r.total.before)[Measure::first_organisation] == 1);
    CHECK(*r.total.values[Measure::first_organisation] == 0);

    q.by = {Dimension::repository};
    const Report by_repository = report(store, q);
    CHECK(told(by_repository) == "acme/anvil:2 acme/rocket:1");
    CHECK(*(*by_repository.rows[1].before)[Measure::additions] == 30);
}

TEST_CASE("Weekdays and hours are compared with themselves, however long the range is") {
    const cache::Store store = week_store();
    Query q = query({Dimension::weekday});
    q.range = days("2024-01-03", "2024-01-04");  // Wednesday and Thursday
    q.compare = true;
    const Report r = report(store, q);
    CHECK(*(*r.rows[0].before)[Measure::merged] == 1);  // Monday the 1st
    CHECK(*(*r.rows[2].before)[Measure::merged] == 0);
}

TEST_CASE("Rows are cut to the top, sorted as asked, and the totals count all") {
    const cache::Store store = week_store();
    Query q = query({Dimension::author});
    q.top = 2;
    q.sort = Sort{Measure::additions, true};
    const Report r = report(store, q);
    CHECK(told(r, Measure::additions) == "ghost:1000 road:100");
    CHECK(r.rows_left_out == 3);
    CHECK(*r.total.values[Measure::merged] == 7);
    q.sort = Sort{std::nullopt, true};
    CHECK(told(report(store, q)) == "wile:2 sam:1");
    q.top = 0;
    q.sort = Sort{Measure::time_median, false};
    CHECK(told(report(store, q), Measure::time_median) ==
          "sam:3600 wile:54000 road:93600 bugs:108000 ghost:259200");
}

TEST_CASE(
    "A bot is known by its account or by the profile's patterns, a rollup by title or label, a backport by "
    "branch") {
    cache::Store store = empty_store();
    harvest(store, days("2024-01-01", "2024-01-31"),
            {item({1, "anvil", "Clerk-7", "2024-01-01", "2024-01-02", {}, {"is-rollup"}, "Everything"}),
             item({2, "anvil", "clerk", "2024-01-01", "2024-01-02", {}, {}, "Plain", "beta"}),
             item({3, "anvil", "wile", "2024-01-01", "2024-01-02", {}, {}, "No Rollup of 2", "not-beta"})});
    const Report r = report(store, query());
    CHECK(value(r, Measure::by_bots) == 1);
    CHECK(value(r, Measure::authors) == 2);
    CHECK(value(r, Measure::rollups) == 1);
    CHECK(value(r, Measure::backports) == 1);
    CHECK_FALSE(r.total.values[Measure::additions]);  // no sizes were harvested: not known, not zero
}

TEST_CASE("Other organisations, open and vanished pull requests are not counted") {
    cache::Store store = empty_store();
    Item foreign = item({1, "anvil", "wile", "2024-01-01", "2024-01-02", {}});
    foreign.repository = "acme-two/anvil";
    Item open = item({2, "anvil", "wile", "2024-01-01", "2024-01-02", {}});
    open.merged_at.reset();
    open.state = ItemState::open;
    harvest(store, days("2024-01-01", "2024-01-31"),
            {foreign, open, item({3, "anvil", "wile", "2024-01-01", "2024-01-02", {}})});
    CHECK(value(report(store, query()), Measure::merged) == 1);
}

TEST_CASE("A range without any merge is all zero, and knows no times") {
    const cache::Store store = week_store();
    Query q = query();
    q.range = days("2024-01-20", "2024-01-21");
    const Report r = report(store, q);
    CHECK(value(r, Measure::merged) == 0);
    CHECK(value(r, Measure::additions) == 0);
    CHECK_FALSE(r.total.values[Measure::time_median]);
    CHECK_FALSE(r.total.values[Measure::rollup_share]);
    q.by = {Dimension::repository};
    CHECK(report(store, q).rows.empty());
}
