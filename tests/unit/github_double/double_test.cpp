#include <fmt/format.h>

#include "catch.h"
#include "execute.h"
#include "faults.h"
#include "rate_limit.h"
#include "search.h"
#include "world.h"

using namespace github_double;

namespace {

harvester::Instant at(const char* text) {
    return *harvester::parse_instant(text);
}

World small_world() {
    World world;
    world.load(Json::parse(R"({
        "issue": "2024-05-15", "repos": ["acme/tools"], "defaultBranch": {"acme/tools": "trunk"}, "private": ["acme/secret"],
        "archived": ["acme/old"],
        "files": {"acme/tools": {"a.md": "alpha", "docs/b.md": "beta"}},
        "items": [
          {"repo": "acme/tools", "number": 1, "title": "First", "state": "MERGED", "createdAt": "2024-05-01T00:00:00Z",
           "mergedAt": "2024-05-07T00:00:00Z", "labels": ["T-One", "needs care"], "author": {"login": "ada"}},
          {"repo": "acme/tools", "number": 2, "title": "Second", "state": "MERGED", "createdAt": "2024-05-02T00:00:00Z",
           "mergedAt": "2024-05-07T23:59:59Z", "labels": ["T-Two"]},
          {"repo": "acme/old", "number": 3, "title": "Third", "state": "MERGED", "createdAt": "2024-05-03T00:00:00Z",
           "mergedAt": "2024-05-08T00:00:00Z", "labels": []},
          {"repo": "acme/secret", "number": 4, "title": "Hidden", "state": "MERGED", "createdAt": "2024-05-04T00:00:00Z",
           "mergedAt": "2024-05-07T12:00:00Z"},
          {"repo": "acme/tools", "number": 5, "title": "Open", "createdAt": "2024-05-07T12:00:00Z", "typename": "Issue",
           "labels": ["T-One"], "events": [{"label": "T-One", "createdAt": "2024-05-07T13:00:00Z"}]}
        ]})"));
    world.now = at("2024-05-15T00:00:00Z");
    return world;
}

std::vector<std::int64_t> numbers(World& world, const std::string& query) {
    std::vector<std::int64_t> out;
    Search search;
    for (const auto* item : search.find(world, query)->items) out.push_back(item->number);
    return out;
}

Json answer(World& world, const std::string& document, const Json& variables = Json::object(),
            const Alteration& alteration = {}) {
    const RateLimit limit;
    try {
        const auto prepared = prepare(document, "", variables);
        Search searches;
        Execution execution{world, searches, prepared, alteration, limit};
        return Json::parse(execute(execution));
    } catch (const RequestErrors& wrong) {
        return Json{{"errors", wrong.errors}};
    }
}

}  // namespace

TEST_CASE("Ranges of a search are closed at both ends, and a bare day is that whole day in UTC") {
    auto world = small_world();
    using Numbers = std::vector<std::int64_t>;
    const std::string all = "org:acme is:pr is:public sort:created-asc ";
    CHECK(numbers(world, all + "merged:2024-05-07") == Numbers{1, 2});
    CHECK(numbers(world, all + "merged:2024-05-07T00:00:00Z..2024-05-07T23:59:59Z") == Numbers{1, 2});
    CHECK(numbers(world, all + "merged:2024-05-07T00:00:01Z..2024-05-08T00:00:00Z") == Numbers{2, 3});
    CHECK(numbers(world, all + "merged:>2024-05-07") == Numbers{3});
    CHECK(numbers(world, all + "merged:>=2024-05-07T23:59:59Z") == Numbers{2, 3});
    CHECK(numbers(world, all + "merged:*..2024-05-07T00:00:00Z") == Numbers{1});
    CHECK(numbers(world, all + "merged:2024-02-30..2024-05-09").empty());
}

TEST_CASE("Qualifiers of a search mean what GitHub says they mean") {
    auto world = small_world();
    using Numbers = std::vector<std::int64_t>;
    CHECK(numbers(world, "label:t-one,\"needs care\" sort:created-asc") == Numbers{1, 5});
    CHECK(numbers(world, "label:T-One label:\"needs care\"") == Numbers{1});
    CHECK(numbers(world, "is:pr -label:T-One org:acme archived:false is:public") == Numbers{2});
    CHECK(numbers(world, "repo:acme/tools is:issue state:open") == Numbers{5});
    CHECK(numbers(world, "author:ADA") == Numbers{1});
    CHECK(numbers(world, "is:private") == Numbers{4});
    CHECK(numbers(world, "repo:acme/tools second in:title") == Numbers{2});
    CHECK(numbers(world, "repo:acme/tools nonsense:here").empty());
}

TEST_CASE("A search hands out a thousand hits, tells the true count and says nothing of the rest") {
    World world;
    world.add_items_made_up(1'234, at("2020-01-01T00:00:00Z"), at("2020-02-01T00:00:00Z"), 7);
    const std::string document =
        "query A($after: String) { search(query: \"is:pr sort:created-asc\", type: ISSUE, first: 100, after: "
        "$after) {"
        " issueCount pageInfo { hasNextPage endCursor } nodes { ... on PullRequest { id } } } }";
    std::set<std::string> ids;
    Json variables = Json::object();
    int pages = 0;
    for (bool more = true; more; ++pages) {
        const auto search = answer(world, document, variables)["data"]["search"];
        CHECK(search["issueCount"] == 1'234);
        for (const auto& node : search["nodes"]) ids.insert(node["id"]);
        more = search["pageInfo"]["hasNextPage"];
        variables["after"] = search["pageInfo"]["endCursor"];
    }
    CHECK(pages == 10);
    CHECK(ids.size() == 1'000);
}

TEST_CASE("Cursors are base64 of an offset, and any other text is refused") {
    auto world = small_world();
    const std::string document =
        "query A($after: String) { search(query: \"org:acme sort:created-asc\", type: ISSUE, first: 2, "
        "after: $after) {"
        " pageInfo { endCursor } nodes { ... on PullRequest { number } } } }";
    CHECK(answer(world, document)["data"]["search"]["pageInfo"]["endCursor"] == "Y3Vyc29yOjI=");
    CHECK(answer(world, document, {{"after", "Y3Vyc29yOjI="}})["data"]["search"]["nodes"][0]["number"] == 3);
    const auto refused = answer(world, document, {{"after", "page two"}});
    CHECK(refused["errors"][0]["type"] == "INVALID_CURSOR_ARGUMENTS");
    CHECK(refused["data"].is_null());
}

TEST_CASE("A request is priced by the connections it opens") {
    CHECK(prepare("{ search(query: \"x\", type: ISSUE, first: 100) { issueCount } }", "", {}).cost == 1);
    const auto nested = prepare(
        "{ search(query: \"x\", type: ISSUE, first: 100) { nodes { ... on Issue { labels(first: 50) { "
        "totalCount }"
        " timelineItems(first: 50) { totalCount } } } } }",
        "", {});
    CHECK(nested.cost == 2);  // 1 + 100 + 100 requests
    CHECK(nested.nodes == 100 + 5'000 + 5'000);
}

TEST_CASE("What GitHub refuses is refused before anything is executed") {
    auto world = small_world();
    const auto first_message = [&](const std::string& document, const Json& variables = Json::object()) {
        const auto said = answer(world, document, variables);
        CHECK_FALSE(said.contains("data"));
        return said["errors"][0]["message"].get<std::string>();
    };
    CHECK(first_message("{ viewer { shoeSize } }") == "Field 'shoeSize' doesn't exist on type 'User'");
    CHECK_THAT(first_message("{ search(query: \"x\", type: ISSUE) { issueCount } }"),
               Catch::Contains("You must provide a `first`"));
    CHECK_THAT(first_message("{ search(query: \"x\", type: ISSUE, first: 101) { issueCount } }"),
               Catch::Contains("exceeds the `first` limit"));
    CHECK_THAT(first_message("query A($id: ID!) { node(id: $id) { id } }"),
               Catch::Contains("Variable $id of type ID!"));
    CHECK_THAT(first_message("query A($id: ID) { viewer { login } }"),
               Catch::Contains("declared by A but not used"));
    CHECK_THAT(first_message("{ viewer { login }"), Catch::Contains("Unexpected end"));
    CHECK_THAT(first_message("{ viewer { ... on Issue { id } } }"), Catch::Contains("can't be spread"));
}

TEST_CASE("A null where the schema forbids one empties the nearest place that may be null") {
    auto world = small_world();
    const auto said = answer(world, "{ node(id: \"nobody\") { id } viewer { login } }");
    CHECK(said["data"]["node"].is_null());
    CHECK(said["data"]["viewer"]["login"] == "double-viewer");
    CHECK(said["errors"][0]["type"] == "NOT_FOUND");
    CHECK(said["errors"][0]["path"] == Json{"node"});
}

TEST_CASE("Files are read by revision and path, cut at 512,000 bytes without a word in the text") {
    auto world = small_world();
    world.edit({{"kind", "push"},
                {"repo", "acme/tools"},
                {"files", {{"big.txt", std::string(600'000, 'x')}, {"a.md", nullptr}}}});
    const std::string document =
        "query A($e: String!) { repository(owner: \"acme\", name: \"tools\") { object(expression: $e) { "
        "__typename"
        " ... on Blob { text isTruncated byteSize } ... on Tree { entries { name type } } } } }";
    const auto object = [&](const char* expression) {
        return answer(world, document, {{"e", expression}})["data"]["repository"]["object"];
    };
    CHECK(object("HEAD:docs/b.md")["text"] == "beta");
    CHECK(object("trunk:docs")["entries"] == Json::parse(R"([{"name": "b.md", "type": "blob"}])"));
    CHECK(object("HEAD:")["entries"].size() == 2);
    CHECK(object("HEAD:a.md").is_null());
    CHECK(object("HEAD:big.txt")["text"].get<std::string>().size() == 512'000);
    CHECK(object("HEAD:big.txt")["isTruncated"] == true);
    CHECK(object("HEAD:big.txt")["byteSize"] == 600'000);
}

TEST_CASE("A commit on a head that moved is refused as stale and changes nothing") {
    auto world = small_world();
    const auto head = world.repository("acme/tools")->branches.at("trunk")->oid;
    world.edit({{"kind", "push"}, {"repo", "acme/tools"}, {"files", {{"other.md", "other"}}}});
    const Json input{{"branch", {{"repositoryNameWithOwner", "acme/tools"}, {"branchName", "trunk"}}},
                     {"expectedHeadOid", head},
                     {"message", {{"headline", "Mine"}}},
                     {"fileChanges", {{"additions", {{{"path", "mine.md"}, {"contents", "bWluZQ=="}}}}}}};
    const std::string document =
        "mutation C($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid "
        "} } }";
    const auto refused = answer(world, document, {{"input", input}});
    CHECK(refused["data"]["createCommitOnBranch"].is_null());
    CHECK(refused["errors"][0]["type"] == "STALE_DATA");
    auto renewed = input;
    renewed["expectedHeadOid"] = world.repository("acme/tools")->branches.at("trunk")->oid;
    CHECK_FALSE(answer(world, document, {{"input", renewed}}).contains("errors"));
    CHECK(*world.repository("acme/tools")->branches.at("trunk")->tree.at("mine.md") == "mine");
    renewed["fileChanges"]["additions"][0]["contents"] = "bWluZQ";
    CHECK_FALSE(answer(world, document, {{"input", renewed}}).contains("data"));
}

TEST_CASE("Alterations repeat, lose and miscount items only where they are told to") {
    auto world = small_world();
    const std::string document =
        "query A($after: String) { search(query: \"org:acme sort:created-asc\", type: ISSUE, first: 2, "
        "after: $after) {"
        " issueCount nodes { ... on PullRequest { number } } } }";
    Alteration repeat, gone, miscount;
    repeat.repeat_item = true;
    gone.null_item = "acme/tools#1";
    miscount.count_shift = 3;
    const auto second_page =
        answer(world, document, {{"after", "Y3Vyc29yOjI="}}, repeat)["data"]["search"]["nodes"];
    CHECK(second_page[0]["number"] == 2);
    CHECK(answer(world, document, {}, gone)["data"]["search"]["nodes"][0].is_null());
    CHECK(answer(world, document, {}, miscount)["data"]["search"]["issueCount"] == 8);
}

TEST_CASE("Rules of faults choose requests by number, operation and text") {
    Faults faults;
    faults.set("2=502; Other#1-2=reset; every~needle=429(30)");
    CHECK_FALSE(faults.meet("Some", "{}"));
    CHECK(faults.meet("Some", "{}")->name == "502");
    CHECK(faults.meet("Other", "{}")->name == "reset");
    const auto limited = faults.meet("Some", "{\"q\":\"needle\"}");
    CHECK(limited->name == "429");
    CHECK(limited->number() == 30);
    CHECK(faults.meet("Other", "{}")->name == "reset");
    CHECK_FALSE(faults.meet("Other", "{}"));
    CHECK_THROWS_WITH(faults.set("3=earthquake"), "no such fault: earthquake");
    CHECK_THROWS_WITH(faults.set("x#y=502"), "not a selector of requests: x#y");
}

TEST_CASE("An item that moves to another repository keeps its id") {
    auto world = small_world();
    const auto id = world.item(*world.repository("acme/tools"), 2)->id;
    world.edit({{"kind", "item"},
                {"was", "acme/tools#2"},
                {"item",
                 {{"repo", "acme/other"},
                  {"number", 77},
                  {"title", "Second"},
                  {"state", "MERGED"},
                  {"createdAt", "2024-05-02T00:00:00Z"},
                  {"mergedAt", "2024-05-07T23:59:59Z"}}}});
    CHECK(world.item_by_id(id)->url() == "https://github.com/acme/other/pull/77");
    CHECK(world.item(*world.repository("acme/tools"), 2) == nullptr);
}
