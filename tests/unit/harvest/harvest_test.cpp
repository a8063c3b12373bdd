#include "harvest_fixture.h"

using namespace harvester;
using namespace made_up;
using Catch::Matchers::Contains;
using nlohmann::json;

TEST_CASE("A cold week of 600 pull requests arrives whole in at most nine requests") {
    Fixture f;
    f.spread(600);
    const auto outcome = get(f.harvest());
    CHECK(outcome.complete());
    CHECK(f.whole());
    CHECK(f.github.requests() <= 9);
    CHECK(outcome.items == 600);
}

TEST_CASE("Items come out of the cache as GitHub told them") {
    Fixture f;
    f.spread(7);
    get(f.harvest());
    CHECK(get(f.store.merged(f.request.range)) == f.github.population().items);
}

TEST_CASE("A complete past window is not fetched again, but with refresh") {
    Fixture f(all_searches);
    f.spread(300);
    f.request.issue = Edition{parse_day("2024-11-13").value(),
                              1,
                              {parse_day("2024-11-05").value(), parse_day("2024-11-12").value()}};
    f.github.population().repository = {{"nameWithOwner", "acme/perf"}, {"defaultBranchRef", nullptr}};
    get(f.harvest());
    CHECK(f.github.requests() > 0);
    get(f.harvest());
    CHECK(f.github.requests() == 0);
    f.request.refresh = true;
    get(f.harvest());
    CHECK(f.github.requests() > 3);
}

TEST_CASE("A repeat in the current window asks the open end and the overlap in one request") {
    Fixture f(all_searches);
    f.spread(600);
    f.request.now = at("2024-11-10T20:00:00Z");
    CHECK(get(f.harvest()).complete());
    f.request.now = at("2024-11-10T22:00:00Z");
    // Late in the index: merged before the first harvest.
    f.github.population().items.push_back(merged_pull(900, at("2024-11-10T12:00:00Z")));
    CHECK(get(f.harvest()).complete());
    CHECK(f.github.requests() == 1);
    CHECK(f.github.operations().at(0) == "Sweep");
    CHECK(get(f.store.find_item("acme/anvil", 900)));
}

TEST_CASE("Nothing is asked about the future") {
    Fixture f(all_searches);
    f.request.now = f.request.range.from;
    CHECK(get(f.harvest()).complete());
    CHECK(f.github.requests() == 0);
}

TEST_CASE("A period longer than a search's longest one leaves that search out") {
    Fixture f(all_searches);
    f.request.range = {at("2024-01-01T00:00:00Z"), at("2024-11-13T00:00:00Z")};
    f.spread(500);
    CHECK(get(f.harvest()).complete());
    CHECK(f.whole());
    for (const auto& text : f.github.searches()) CHECK_THAT(text, Contains("is:merged"));
}

TEST_CASE("More than a thousand items in a second are read repository by repository") {
    Fixture f;
    const Instant burst = at("2024-11-07T12:00:00Z");
    for (int i = 0; i < 800; ++i)
        f.github.population().items.push_back(merged_pull(i + 1, burst, "acme/anvil"));
    for (int i = 0; i < 700; ++i)
        f.github.population().items.push_back(merged_pull(i + 1, burst, "acme/rocket"));
    const auto outcome = get(f.harvest());
    CHECK(outcome.complete());
    CHECK(f.whole());
    CHECK(f.ids_in_cache().size() == 1500);
    get(f.harvest());
    CHECK(f.github.requests() == 0);
}

TEST_CASE("A null node is asked for again, then told with the slice that misses it, and all else is kept") {
    Fixture f;
    f.spread(90);
    f.github.bend = [](const std::string&, const std::string&, json& page) {
        for (json& node : page["nodes"])
            if (node["number"] == 33) node = nullptr;
    };
    const auto outcome = get(f.harvest());
    REQUIRE(outcome.missing.size() == 1);
    CHECK(outcome.missing[0].items == 1);
    CHECK(outcome.missing[0].range.contains(*f.github.population().items[32].merged_at));
    CHECK(outcome.missing[0].range.to - outcome.missing[0].range.from <= std::chrono::hours{25});
    CHECK(f.ids_in_cache().size() == 89);
    CHECK(f.github.requests() <= 16);
    // Once GitHub gives it, only that slice is asked.
    f.github.bend = nullptr;
    CHECK(get(f.harvest()).complete());
    CHECK(f.github.requests() == 1);
    CHECK(f.whole());
}

TEST_CASE("A count that lies once is found out and corrected by reading again") {
    Fixture f;
    f.spread(90);
    int pages = 0;
    f.github.bend = [&](const std::string&, const std::string&, json& page) {
        if (++pages == 1) page["issueCount"] = 91;
    };
    CHECK(get(f.harvest()).complete());
    CHECK(f.whole());
}

TEST_CASE("A count that lies always is reported as missing items") {
    Fixture f;
    f.spread(90);
    f.github.bend = [&](const std::string&, const std::string&, json& page) {
        page["issueCount"] = page["nodes"].size() + 2;
        page["pageInfo"]["hasNextPage"] = false;
    };
    const auto outcome = get(f.harvest());
    CHECK_FALSE(outcome.complete());
    CHECK(f.ids_in_cache().size() == 90);
    CHECK(f.github.requests() < 40);
}

TEST_CASE("A count that changes between pages starts the slice anew") {
    Fixture f;
    f.request.range.to = f.request.range.from + Seconds{1};
    for (int i = 0; i < 250; ++i)
        f.github.population().items.push_back(merged_pull(i + 1, f.request.range.from));
    int pages = 0;
    f.github.bend = [&](const std::string&, const std::string&, json&) {
        // While the first page travels, one more is merged: created before the others, it shifts them.
        if (++pages != 1) return;
        Item late = merged_pull(999, f.request.range.from);
        late.created_at -= std::chrono::hours{99};
        f.github.population().items.push_back(late);
    };
    CHECK(get(f.harvest()).complete());
    CHECK(f.whole());
    CHECK(f.ids_in_cache().size() == 251);
}

TEST_CASE("An item repeated on two pages counts once") {
    Fixture f;
    f.request.range.to = f.request.range.from + Seconds{1};
    for (int i = 0; i < 150; ++i)
        f.github.population().items.push_back(merged_pull(i + 1, f.request.range.from));
    json first_node;
    int pages = 0;
    f.github.bend = [&](const std::string&, const std::string& cursor, json& page) {
        if (cursor.empty()) first_node = page["nodes"][0];
        if (!cursor.empty() && ++pages == 1) page["nodes"][0] = first_node;
    };
    CHECK(get(f.harvest()).complete());
    CHECK(f.ids_in_cache().size() == 150);
    CHECK(f.github.requests() == 4);
}

TEST_CASE("Two seconds' worth of the cap in one slice is cut before it is read on") {
    Fixture f;
    f.request.range.to = f.request.range.from + std::chrono::hours{12};
    // Fewer are expected in half a day than there are, so the range is asked at once.
    f.spread(1500);
    const auto outcome = get(f.harvest());
    CHECK(outcome.complete());
    CHECK(f.whole());
}

TEST_CASE("After a failure in the middle the next harvest goes on with the first page not stored") {
    Fixture f;
    f.request.range.to = f.request.range.from + Seconds{1};
    for (int i = 0; i < 450; ++i)
        f.github.population().items.push_back(merged_pull(i + 1, f.request.range.from));
    f.github.trouble = [](int call) {
        return call == 3 ? std::optional(Failure{ExitCode::interrupted, "interrupted"}) : std::nullopt;
    };
    const auto stopped = f.harvest();
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().code == ExitCode::interrupted);
    CHECK(f.ids_in_cache().size() == 200);
    f.github.trouble = nullptr;
    CHECK(get(f.harvest()).complete());
    CHECK(f.github.requests() == 3);
    CHECK(f.whole());
}

TEST_CASE("A request that fails for good leaves its slice missing and the others complete") {
    Fixture f;
    f.spread(600);
    f.github.trouble = [](int call) {
        return call == 4 ? std::optional(Failure{ExitCode::incomplete, "GitHub answered 502 five times"})
                         : std::nullopt;
    };
    const auto outcome = get(f.harvest());
    REQUIRE(outcome.missing.size() == 1);
    CHECK_FALSE(outcome.missing[0].items);
    CHECK_THAT(harvest::describe(outcome.missing[0]), Contains("merged 2024-11-") && Contains("502"));
    CHECK(f.ids_in_cache().size() >= 500);
    f.github.trouble = nullptr;
    CHECK(get(f.harvest()).complete());
    CHECK(f.github.requests() <= 2);
    CHECK(f.whole());
}

TEST_CASE("After three failures the rest is not tried and told in few lines") {
    Fixture f;
    f.spread(3000);
    f.github.trouble = [](int call) {
        return call >= 10 ? std::optional(Failure{ExitCode::incomplete, "the wait is too long"})
                          : std::nullopt;
    };
    const auto outcome = get(f.harvest());
    CHECK_FALSE(outcome.complete());
    CHECK(outcome.missing.size() <= 8);
    CHECK(f.github.requests() < 40);
    f.github.trouble = nullptr;
    CHECK(get(f.harvest()).complete());
    CHECK(f.whole());
}

TEST_CASE("A refused token ends the harvest at once") {
    Fixture f;
    f.spread(600);
    f.github.trouble = [](int) {
        return std::optional(Failure{ExitCode::credentials, "the token is refused"});
    };
    const auto outcome = f.harvest();
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == ExitCode::credentials);
    CHECK(f.github.requests() == 1);
}

TEST_CASE("Renamed, edited and deleted pull requests are followed by a refresh") {
    Fixture f;
    f.spread(250);
    get(f.harvest());
    auto& items = f.github.population().items;
    items[3].repository = "acme/hammer";
    items[4].title = "Another title";
    items[5].labels = {"T-canyon"};
    const std::string deleted = items[200].id;
    items.erase(items.begin() + 200);
    f.request.refresh = true;
    const auto outcome = get(f.harvest());
    CHECK(outcome.complete());
    CHECK(outcome.gone == 1);
    CHECK(f.whole());
    CHECK(get(f.store.find_item("acme/hammer", 4))->id == items[3].id);
    CHECK(get(f.store.find_item("acme/anvil", 5))->title == "Another title");
    CHECK(get(f.store.find_item("acme/anvil", 6))->labels == std::vector<std::string>{"T-canyon"});
    CHECK(get(f.store.find_item("acme/anvil", 201))->id == deleted);
}

TEST_CASE("Labels put on in the window are found, also where the label was replaced since") {
    Fixture f(all_searches);
    const auto issue = [&](int number, const char* label, std::vector<LabelEvent> events) {
        Item item = merged_pull(number, at("2024-11-20T00:00:00Z"));
        item.kind = ItemKind::issue;
        item.state = ItemState::open;
        item.merged_at.reset();
        item.closed_at.reset();
        item.base_branch.reset();
        item.size.reset();
        item.labels = {label};
        item.label_events = std::move(events);
        f.github.population().items.push_back(item);
    };
    issue(1, "comment", {{"comment", at("2024-11-06T00:00:00Z"), true}});
    issue(2, "finished-comment",
          {{"comment", at("2024-11-07T00:00:00Z"), true},
           {"comment", at("2024-11-19T00:00:00Z"), false},
           {"finished-comment", at("2024-11-19T00:00:00Z"), true}});
    issue(3, "comment", {{"comment", at("2024-11-19T00:00:00Z"), true}});
    issue(4, "other", {{"comment", at("2024-11-06T00:00:00Z"), true}});
    CHECK(get(f.harvest()).complete());
    const std::vector<std::string> labels = {"comment"};
    const auto found = get(f.store.labelled(labels, f.request.range));
    REQUIRE(found.size() == 2);
    CHECK(found[0] == f.github.population().items[0]);
    CHECK(found[1] == f.github.population().items[1]);
    // Posters are asked to take a label off once it was printed: what is known of its day stays.
    f.github.population().items[0].labels = {"other"};
    f.request.refresh = true;
    CHECK(get(f.harvest()).complete());
    CHECK(get(f.store.labelled(labels, f.request.range)).size() == 2);
}

TEST_CASE("A label search over years is cut, and what moves meanwhile is caught") {
    Fixture f(all_searches);
    for (int i = 0; i < 1500; ++i) {
        Item item = merged_pull(i + 1, f.request.range.from + Seconds{i * 1000});
        item.labels = {"call"};
        item.label_events = {{"call", at("2024-11-06T00:00:00Z"), true}};
        f.github.population().items.push_back(item);
    }
    int pages = 0;
    std::string moved;
    f.github.bend = [&](const std::string& text, const std::string&, json& page) {
        if (text.find("\"call\"") == std::string::npos || page["nodes"].empty()) return;
        // An item of a slice read late is updated, and so is in none of the slices when they are read.
        if (++pages == 4) {
            Item& item = f.github.population().items[900];
            item.updated_at = f.request.now + Seconds{5};
            moved = item.id;
        }
    };
    CHECK(get(f.harvest()).complete());
    CHECK(pages > 8);
    const std::vector<std::string> labels = {"call"};
    CHECK(get(f.store.labelled(labels, f.request.range)).size() == 1500);
    f.github.bend = nullptr;
    get(f.harvest());
    CHECK(f.github.requests() == 0);
}

TEST_CASE("Plans come with the paths they change") {
    Fixture f(all_searches);
    Item plan = merged_pull(1, at("2024-11-20T00:00:00Z"), "acme/plans");
    plan.created_at = at("2024-11-06T00:00:00Z");
    plan.paths = std::vector<ChangedPath>{{"a.md", false}, {"text/0001.md", true}};
    plan.text_changed_at = at("2024-11-06T00:00:00Z");
    f.github.population().items.push_back(plan);
    CHECK(get(f.harvest()).complete());
    CHECK(get(f.store.pull_requests("acme/plans", f.request.range)) == std::vector{plan});
}
