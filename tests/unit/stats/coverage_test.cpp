// What the statistics say about what they lack.
#include "stats/coverage.h"

#include "made_up.h"
#include "stats/format/chart.h"
#include "stats/format/formats.h"

using namespace harvester;
using namespace harvester::stats;
using namespace made_up;
using cache::Slice;
using cache::SliceState;
using Catch::Matchers::Contains;

namespace {

const Instant later = at("2030-01-01");

Slice slice(const Range& range, SliceState state = SliceState::complete, const char* repository = "",
            std::int64_t count = 0, std::int64_t received = 0) {
    return {{"merged", range, repository}, state, count, received, "", later};
}

std::vector<std::string> said(const Coverage& coverage) {
    std::vector<std::string> out;
    for (const Gap& gap : coverage.gaps) out.push_back(sentence(gap));
    return out;
}

}  // namespace

TEST_CASE("Slices that touch and overlap cover a range together") {
    const std::vector<Slice> slices = {slice(days("2024-01-05", "2024-01-09")),
                                       slice(days("2024-01-01", "2024-01-04")),
                                       slice(days("2024-01-03", "2024-01-06"))};
    const Coverage c = cover(slices, days("2024-01-02", "2024-01-09"), {}, later);
    CHECK(c.complete());
    CHECK(*c.known_since == at("2024-01-01"));
}

TEST_CASE("Days that nobody asked for are named with the command that brings them") {
    const std::vector<Slice> slices = {slice(days("2024-01-03", "2024-01-04")),
                                       slice(days("2024-01-07", "2024-01-07"))};
    const Coverage c = cover(slices, days("2024-01-01", "2024-01-09"), {}, later);
    CHECK_FALSE(c.known_since);
    CHECK(said(c) == std::vector<std::string>{"2024-01-01 to 2024-01-02 was not harvested; `harvester fetch "
                                              "--from 2024-01-01 --to 2024-01-02` brings it.",
                                              "2024-01-05 to 2024-01-06 was not harvested; `harvester fetch "
                                              "--from 2024-01-05 --to 2024-01-06` brings it.",
                                              "2024-01-08 to 2024-01-09 was not harvested; `harvester fetch "
                                              "--from 2024-01-08 --to 2024-01-09` brings it."});
}

TEST_CASE("A slice that is not complete says how many are missing, the rest of a hole was never asked") {
    const std::vector<Slice> slices = {
        slice(days("2024-01-01", "2024-01-02"), SliceState::incomplete, "", 90, 73)};
    const Coverage c = cover(slices, days("2024-01-02", "2024-01-03"), {}, later);
    REQUIRE(c.gaps.size() == 2);
    CHECK(c.gaps[0] == Gap{Gap::Reason::incomplete, days("2024-01-02", "2024-01-02"), "", 17});
    CHECK(c.gaps[1] == Gap{Gap::Reason::not_harvested, days("2024-01-03", "2024-01-03"), "", 0});
    CHECK_THAT(sentence(c.gaps[0]), Contains("17 pull requests are missing"));
}

TEST_CASE(
    "A slice proves nothing later than the moment it was asked, and the future is not a gap of the harvest") {
    Slice early = slice(days("2024-01-01", "2024-01-09"));
    early.asked_at = at("2024-01-08T06:00:00Z");
    const Coverage c =
        cover(std::vector{early}, days("2024-01-01", "2024-01-09"), {}, at("2024-01-08T07:00:00Z"));
    REQUIRE(c.gaps.size() == 2);
    CHECK(c.gaps[0] ==
          Gap{Gap::Reason::not_harvested, {at("2024-01-08T06:00:00Z"), at("2024-01-08T07:00:00Z")}, "", 0});
    CHECK(c.gaps[1] == Gap{Gap::Reason::future, {at("2024-01-08T07:00:00Z"), at("2024-01-10")}, "", 0});
    CHECK(sentence(c.gaps[1]) == "2024-01-08T07:00:00Z to 2024-01-10T00:00:00Z is still to come.");
}

TEST_CASE("A repository is covered by its own slices or by the organisation's") {
    const std::vector<Slice> slices = {
        slice(days("2024-01-01", "2024-01-04")),
        slice(days("2024-01-05", "2024-01-09"), SliceState::complete, "acme/anvil")};
    const Range range = days("2024-01-01", "2024-01-09");
    CHECK(cover(slices, range, {"acme/anvil"}, later).complete());
    CHECK(cover(slices, range, {"acme/rocket"}, later).gaps ==
          std::vector{Gap{Gap::Reason::not_harvested, days("2024-01-05", "2024-01-09"), "acme/rocket", 0}});
    CHECK_FALSE(cover(slices, range, {}, later).complete());
    CHECK(cover(slices, range, {"acme/anvil", "acme/rocket"}, later).gaps.size() == 1);
    // What both lack is said once.
    CHECK(cover(slices, days("2024-02-01", "2024-02-02"), {"acme/anvil", "acme/rocket"}, later).gaps ==
          std::vector{Gap{Gap::Reason::not_harvested, days("2024-02-01", "2024-02-02"), "", 0}});
}

TEST_CASE("Every format says that a range is not complete, and what is missing") {
    cache::Store store = empty_store();
    harvest(store, days("2024-01-01", "2024-01-04"), week());
    for (const std::vector<Dimension>& by :
         {std::vector<Dimension>{}, {Dimension::repository}, {Dimension::day}}) {
        const Report r = report(store, query(by));
        const std::string missing = "2024-01-05 to 2024-01-09 was not harvested";
        CHECK_FALSE(r.complete());
        for (const std::string& text :
             {table_text(r, 80), markdown_text(r), csv_text(r), json_text(r), html_page(std::vector{r})})
            CHECK_THAT(text, Contains(missing));
        if (!by.empty()) CHECK_THAT(chart_svg(chart_data(r), {}), Contains(missing));
    }
    // Also where not one pull request is there.
    Query q = query({Dimension::repository});
    q.range = days("2024-03-01", "2024-03-02");
    q.now = later;
    CHECK_THAT(csv_text(report(store, q)), Contains("2024-03-01 to 2024-03-02 was not harvested"));
}

TEST_CASE("The report says how far back it looked for who is new") {
    const Report known = report(week_store(), query());
    CHECK_THAT(known.notes.at(0), Contains("since 2023-12-01"));
    cache::Store store = empty_store();
    harvest(store, days("2024-01-05", "2024-01-09"), week());
    CHECK_THAT(report(store, query()).notes.back(), Contains("sizes") || Contains("Sizes"));
    bool said_so = false;
    for (const std::string& note : report(store, query()).notes)
        said_so |= note.find("may not be new") != std::string::npos;
    CHECK(said_so);
}
