#include "harvest_fixture.h"

using namespace harvester;
using namespace made_up;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

// A window that was harvested, and is looked at again.
struct Looked : Fixture {
    explicit Looked(const std::string& searches = merged_search) : Fixture(searches) {
        profile.name = "acme";
        request.second_look = true;
        profile.harvest.second_sources = {"acme/anvil"};
    }
    // As the program does it: what a harvest was about is noted.
    harvest::HarvestOutcome run() {
        const auto outcome = get(harvest());
        REQUIRE(store.save_harvest({"acme", request.range, request.now, request.now, outcome.requests,
                                    outcome.bytes, outcome.items, outcome.complete()}));
        request.now += std::chrono::hours{20};
        return outcome;
    }
    Item& item(std::size_t index) { return github.population().items.at(index); }
};

Item call_for_testing(int number) {
    Item item = merged_pull(number, at("2024-11-20T00:00:00Z"));
    item.state = ItemState::open;
    item.merged_at.reset();
    item.closed_at.reset();
    item.labels = {"call"};
    item.label_events = {{"call", at("2024-11-06T00:00:00Z"), true}};
    return item;
}

}  // namespace

TEST_CASE("A complete window is looked at again in two requests") {
    Looked f;
    f.spread(300);
    CHECK(f.run().complete());
    CHECK(f.run().complete());
    CHECK(f.github.operations() == std::vector<std::string>{"Counts", "SecondLook"});
}

TEST_CASE("Items that the index learns of late are harvested without a refresh") {
    Looked f;
    f.spread(200);
    f.github.indexed = [](const Item& item) { return item.number % 2 == 0; };
    f.profile.harvest.second_sources.clear();
    CHECK(f.run().complete());
    CHECK(f.ids_in_cache().size() == 100);
    f.github.indexed = nullptr;
    CHECK(f.run().complete());
    CHECK(f.whole());
}

TEST_CASE("Half of the index gone means neither complete nor gone") {
    Looked f;
    f.spread(400);
    CHECK(f.run().complete());
    f.github.indexed = [](const Item& item) { return item.number % 2 == 0; };
    f.request.refresh = true;
    const auto outcome = f.run();
    CHECK_FALSE(outcome.complete());
    CHECK(outcome.gone == 0);
    CHECK(f.whole());
    CHECK_THAT(outcome.missing.at(0).reason, Contains("leaves out items that exist"));
    // Once the index has them again, all is well.
    f.github.indexed = nullptr;
    f.request.refresh = false;
    CHECK(f.run().complete());
    CHECK(f.whole());
}

TEST_CASE("Searches that suddenly find nothing prove nothing, in any part") {
    Looked f(all_searches);
    f.spread(100);
    f.github.population().items.push_back(call_for_testing(900));
    f.request.issue.reset();
    CHECK(f.run().complete());
    f.github.indexed = [](const Item&) { return false; };
    const auto outcome = f.run();
    CHECK(outcome.gone == 0);
    std::vector<std::string> searches;
    for (const auto& missing : outcome.missing) searches.push_back(missing.search);
    for (const char* name : {"merged", "calls", "comment period", "plans"})
        CHECK(std::ranges::find(searches, name) != searches.end());
    CHECK(f.whole());
}

TEST_CASE("An item that GitHub no longer has is gone, whatever else the search gives") {
    Looked f;
    f.spread(100);
    f.run();
    f.github.population().items.erase(f.github.population().items.begin() + 40);
    const auto outcome = f.run();
    CHECK(outcome.complete());
    CHECK(outcome.gone == 1);
    CHECK(f.whole());
}

TEST_CASE("An index that was short from the start is found out by a repository's own list") {
    Looked f;
    f.spread(400);
    f.github.indexed = [](const Item& item) { return item.number % 2 == 0; };
    const auto outcome = f.run();
    CHECK_FALSE(outcome.complete());
    CHECK(f.ids_in_cache().size() > 200);  // what the list gave is kept
}

TEST_CASE("One item that the index never learns of is kept and blocks nothing") {
    Looked f;
    f.spread(100);
    f.github.indexed = [](const Item& item) { return item.number != 90; };
    for (int run = 0; run < 3; ++run) CHECK(f.run().complete());
    CHECK(f.whole());
}

TEST_CASE("A week far below the weeks before it is doubted, unless a second source agrees") {
    Looked f;
    const Range week = f.request.range;
    f.spread(200);
    for (int weeks = 1; weeks <= 2; ++weeks) {
        f.request.range = {week.from + std::chrono::days{7 * weeks}, week.to + std::chrono::days{7 * weeks}};
        const auto quiet = weeks == 2;
        if (!quiet) f.spread(200);
        for (Item& item : f.github.population().items) item.id = item.url + format_instant(item.created_at);
    }
    f.request.range = week;
    f.run();
    f.request.range = {week.from + std::chrono::days{7}, week.to + std::chrono::days{7}};
    f.run();
    f.request.range = {week.from + std::chrono::days{14}, week.to + std::chrono::days{14}};
    const auto agreed = f.run();
    CHECK(agreed.complete());
    REQUIRE(agreed.warnings.size() == 1);
    CHECK_THAT(agreed.warnings[0], Contains("weeks before"));
    f.profile.harvest.second_sources.clear();
    CHECK_FALSE(f.run().complete());
}

TEST_CASE("What changed since the last harvest is right without a refresh") {
    Looked f(all_searches);
    f.spread(50);
    f.github.population().items.push_back(call_for_testing(900));
    Item plan = merged_pull(1, at("2024-11-20T00:00:00Z"), "acme/plans");
    plan.state = ItemState::open;
    plan.merged_at.reset();
    plan.closed_at.reset();
    plan.created_at = at("2024-11-06T00:00:00Z");
    plan.paths = std::vector<ChangedPath>{{"text/0001.md", true}};
    f.github.population().items.push_back(plan);
    f.run();
    f.item(7).title = "Another title";
    f.item(7).updated_at = f.request.now - Seconds{60};
    f.item(50).labels.clear();
    f.item(50).label_events->push_back({"call", f.request.now - Seconds{60}, false});
    f.item(51).state = ItemState::closed;
    f.item(51).closed_at = f.request.now - Seconds{60};
    CHECK(f.run().complete());
    CHECK(f.github.requests() == 2);
    CHECK(get(f.store.find_item("acme/anvil", 8))->title == "Another title");
    CHECK(get(f.store.find_item("acme/anvil", 900))->label_events->size() == 2);
    CHECK(get(f.store.find_item("acme/plans", 1))->state == ItemState::closed);
    CHECK(get(f.store.find_item("acme/plans", 1))->paths->size() == 1);
}

TEST_CASE("A second look that fails is missing, and takes nothing away") {
    Looked f;
    f.spread(50);
    f.run();
    f.github.trouble = [](int) {
        return std::optional(Failure{ExitCode::incomplete, "GitHub did not answer"});
    };
    const auto outcome = f.run();
    CHECK(outcome.missing.at(0).search == "changes since the last harvest");
    CHECK(f.whole());
}

TEST_CASE("A repository that was renamed is named with both its names") {
    Looked f(all_searches);
    f.github.renamed["acme/plans"] = "acme/designs";
    const auto outcome = f.run();
    REQUIRE(outcome.warnings.size() == 1);
    CHECK_THAT(outcome.warnings[0], Contains("acme/plans") && Contains("acme/designs"));
    f.github.renamed["acme/plans"] = "Acme/Plans";
    CHECK(f.run().warnings.empty());
}

TEST_CASE("A sweep that is too much work is divided, and the next harvest remembers") {
    Fixture f(all_searches);
    f.spread(50);
    f.github.heavy = [](const github::Call& call) {
        const json variables = json::parse(call.variables);
        int searches = 0;
        for (const auto& [name, value] : variables.items())
            searches += name.starts_with("with") && value == true;
        return call.operation.name == "Sweep" && searches > 1;
    };
    CHECK(get(f.harvest()).complete());
    CHECK(f.whole());
    f.request.refresh = true;
    CHECK(get(f.harvest()).complete());
    CHECK(std::ranges::count(f.github.operations(), "Sweep") <= 4);
}

TEST_CASE("Counts that are too much work in one request are divided") {
    Fixture f;
    f.spread(3000);
    f.github.heavy = [](const github::Call& call) {
        return call.operation.name == "Counts" && json::parse(call.variables).contains("search4");
    };
    CHECK(get(f.harvest()).complete());
    CHECK(f.whole());
}

TEST_CASE("An organisation that forbids the token ends the harvest with GitHub's reason after one request") {
    Fixture f;
    f.spread(40);
    f.request.range.to = f.request.range.from + std::chrono::hours{24};
    f.github.partial_errors = {
        {"FORBIDDEN", "search.nodes.0", "acme forbids access via a personal access token (classic)"}};
    f.github.bend = [](const std::string&, const std::string&, json& page) {
        for (json& node : page["nodes"]) node = nullptr;
    };
    const auto outcome = f.harvest();
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == ExitCode::credentials);
    CHECK_THAT(outcome.error().message, Contains("forbids access via a personal access token (classic)"));
    CHECK(f.github.requests() == 1);
}

TEST_CASE("A pull request whose files GitHub never gives is noted and blocks nothing") {
    Fixture f(all_searches);
    Item plan = merged_pull(1, at("2024-11-20T00:00:00Z"), "acme/plans");
    plan.created_at = at("2024-11-06T00:00:00Z");
    f.github.population().items.push_back(plan);
    f.github.bend = [](const std::string& text, const std::string&, json& page) {
        if (text.find("acme/plans") == std::string::npos) return;
        for (json& node : page["nodes"]) node["files"] = nullptr;
    };
    const auto outcome = get(f.harvest());
    CHECK(outcome.complete());
    REQUIRE(outcome.notes.size() == 1);
    CHECK_THAT(outcome.notes[0], Contains("acme/plans/pull/1") && Contains("files"));
}
