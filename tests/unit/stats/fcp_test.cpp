#include "stats/fcp.h"

#include "made_up.h"

using namespace harvester;
using namespace harvester::stats;
using namespace made_up;

namespace {

// An issue with its label events: {label, time, put on}.
Item subject(int number, const char* repository, std::vector<LabelEvent> events,
             const char* closed = nullptr) {
    Item out = item({number, repository, "wile", "2023-01-01", "2023-01-02", {}});
    out.kind = ItemKind::issue;
    out.merged_at.reset();
    out.closed_at.reset();
    out.state = ItemState::open;
    if (closed != nullptr) {
        out.closed_at = at(closed);
        out.state = ItemState::closed;
    }
    out.label_events = std::move(events);
    return out;
}

FcpSummary count(const std::vector<Item>& items, const Filters& filters = {}) {
    cache::Store store = empty_store();
    harvest(store, days("2023-01-01", "2024-01-31"), items);
    auto made = final_comment_periods(store, acme_profile().stats.fcp, "acme",
                                      days("2024-01-01", "2024-01-09"), filters);
    INFO((made ? std::string() : made.error().message));
    REQUIRE(made);
    return std::move(*made);
}

}  // namespace

TEST_CASE("Final comment periods are counted where they start, stay open and end, with their outcome") {
    const FcpSummary s = count({
        subject(1, "anvil", {{"to-merge", at("2024-01-01"), true}, {"fcp", at("2024-01-02"), true}}),
        subject(2, "anvil",
                {{"fcp", at("2023-12-28"), true},
                 {"to-close", at("2023-12-28"), true},
                 {"fcp", at("2024-01-07"), false},
                 {"finished-fcp", at("2024-01-07"), true}}),
        subject(3, "rocket", {{"fcp", at("2024-01-01"), true}, {"finished-fcp", at("2024-01-08"), true}}),
        subject(4, "rocket", {{"fcp", at("2024-01-01"), true}, {"fcp", at("2024-01-03"), false}}),
        subject(5, "rocket", {{"fcp", at("2023-06-01"), true}}, "2023-07-01"),
        subject(6, "rocket", {{"fcp", at("2024-01-12"), true}}),
    });
    CHECK(s.total.started == 3);  // 1, 3, 4
    CHECK(s.total.open == 1);     // 1
    CHECK(s.total.outcomes ==
          std::map<std::string, std::int64_t>{{"close", 1}, {"other", 1}, {"withdrawn", 1}});
    CHECK(s.by_repository.at("acme/anvil").started == 1);
    CHECK(s.by_repository.at("acme/anvil").outcomes == std::map<std::string, std::int64_t>{{"close", 1}});
    CHECK(s.by_repository.at("acme/rocket").open == 0);
}

TEST_CASE("A period that is started again after it was withdrawn is a new one") {
    const FcpSummary s = count({subject(1, "anvil",
                                        {{"fcp", at("2024-01-01"), true},
                                         {"fcp", at("2024-01-02"), false},
                                         {"to-merge", at("2024-01-03"), true},
                                         {"fcp", at("2024-01-03"), true},
                                         {"finished-fcp", at("2024-01-09"), true}})});
    CHECK(s.total.started == 2);
    CHECK(s.total.outcomes == std::map<std::string, std::int64_t>{{"merge", 1}, {"withdrawn", 1}});
}

TEST_CASE("Final comment periods follow the filters by repository and author") {
    const std::vector<Item> items = {subject(1, "anvil", {{"fcp", at("2024-01-02"), true}}),
                                     subject(2, "rocket", {{"fcp", at("2024-01-02"), true}})};
    CHECK(count(items, {{"rocket"}, {}, {}, false}).total.started == 1);
    CHECK(count(items, {{}, {}, {"road"}, false}).total.started == 0);
    CHECK(count(items).total.started == 2);
}
