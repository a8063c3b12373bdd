#include "github/decode.h"

#include <nlohmann/json.hpp>

#include "catch.h"

using namespace harvester;
using namespace harvester::github;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

Answer answer(std::string body) {
    Answer out;
    out.body = std::move(body);
    out.request_id = "C0DE:1";
    return out;
}

json pull_request(int number) {
    return {{"__typename", "PullRequest"},
            {"id", "PR_" + std::to_string(number)},
            {"number", number},
            {"title", "Fix the fence"},
            {"url", "https://example.org/farm/fence/pull/" + std::to_string(number)},
            {"prState", "MERGED"},
            {"isDraft", false},
            {"createdAt", "2024-11-01T10:00:00Z"},
            {"updatedAt", "2024-11-06T10:00:00Z"},
            {"mergedAt", "2024-11-05T08:00:00Z"},
            {"closedAt", "2024-11-05T08:00:01Z"},
            {"baseRefName", "main"},
            {"additions", 12},
            {"deletions", 3},
            {"changedFiles", 2},
            {"author", {{"__typename", "User"}, {"login", "hen"}}},
            {"repository", {{"nameWithOwner", "farm/fence"}}},
            {"labels", {{"totalCount", 2}, {"nodes", {{{"name", "b"}}, {{"name", "a"}}}}}}};
}

json search_of(const json& nodes, int count = 1) {
    return {{"data",
             {{"rateLimit", {{"cost", 1}}},
              {"search",
               {{"issueCount", count},
                {"pageInfo", {{"hasNextPage", true}, {"endCursor", "c1"}}},
                {"nodes", nodes}}}}}};
}

// The one page of an answer with one node.
Result<SearchPage> page_with(const json& node) {
    auto decoded = decode_searches(answer(search_of(json::array({node})).dump()));
    if (!decoded) return tl::unexpected<Failure>(decoded.error());
    REQUIRE(decoded->pages.size() == 1);
    return std::move(decoded->pages.front());
}

std::string failure_of(const json& node) {
    const auto page = page_with(node);
    REQUIRE_FALSE(page);
    CHECK(page.error().code == ExitCode::incomplete);
    CHECK_THAT(page.error().message, Contains("C0DE:1"));
    return page.error().message;
}

Instant at(const char* text) {
    return *parse_instant(text);
}

}  // namespace

TEST_CASE("A merged pull request arrives with all that was asked") {
    const auto page = page_with(pull_request(7));
    REQUIRE(page);
    CHECK(page->alias == "search");
    CHECK(page->issue_count == 1);
    CHECK(page->has_next);
    CHECK(page->end_cursor == "c1");
    CHECK(page->continuations.empty());
    REQUIRE(page->items.size() == 1);
    const Item& item = page->items.front();
    CHECK(item.id == "PR_7");
    CHECK(item.kind == ItemKind::pull_request);
    CHECK(item.repository == "farm/fence");
    CHECK(item.number == 7);
    CHECK(item.title == "Fix the fence");
    CHECK(item.state == ItemState::merged);
    CHECK(item.author == Actor{"hen", ActorKind::user});
    CHECK(item.created_at == at("2024-11-01T10:00:00Z"));
    CHECK(item.updated_at == at("2024-11-06T10:00:00Z"));
    CHECK(item.merged_at == at("2024-11-05T08:00:00Z"));
    CHECK(item.closed_at == at("2024-11-05T08:00:01Z"));
    CHECK(item.labels == std::vector<std::string>{"b", "a"});
    CHECK(item.base_branch == "main");
    CHECK(item.size == ChangeSize{12, 3, 2});
    CHECK_FALSE(item.paths);
    CHECK_FALSE(item.label_events);
}

TEST_CASE("Members may come in any order and unknown ones are passed over") {
    json node = pull_request(1);
    std::string text = "{";
    for (auto it = node.rbegin(); it != node.rend(); ++it)
        text += json(it.key()).dump() + ":" + it->dump() + ",";
    text += R"("extra":[{"deep":[1,2.5,null,"x"]}]})";
    const auto decoded =
        decode_searches(answer(R"({"extensions":{"a":[]},"data":{"search":{"nodes":[)" + text +
                               R"(],"pageInfo":{"endCursor":null,"hasNextPage":false},"issueCount":1}}})"));
    REQUIRE(decoded);
    CHECK(decoded->pages.at(0).items.at(0).title == "Fix the fence");
    CHECK_FALSE(decoded->pages.at(0).has_next);
}

TEST_CASE("An author who is gone becomes the ghost, and bots are known by their type") {
    json node = pull_request(1);
    node["author"] = nullptr;
    CHECK(page_with(node)->items.at(0).author == Actor{"ghost", ActorKind::ghost});
    node["author"] = {{"__typename", "Bot"}, {"login", "tractor"}};
    CHECK(page_with(node)->items.at(0).author == Actor{"tractor", ActorKind::bot});
    node["author"] = {{"__typename", "Mannequin"}, {"login", "scarecrow"}};
    CHECK(page_with(node)->items.at(0).author == Actor{"scarecrow", ActorKind::other});
}

TEST_CASE("Null nodes are counted beside the items that came") {
    const auto decoded = decode_searches(answer(search_of({nullptr, pull_request(1), nullptr}, 3).dump()));
    REQUIRE(decoded);
    CHECK(decoded->pages.at(0).null_nodes == 2);
    CHECK(decoded->pages.at(0).items.size() == 1);
}

TEST_CASE("Label events come oldest first, whichever order they were sent in") {
    json node = pull_request(1);
    node["timelineItems"] = {{"pageInfo", {{"hasNextPage", false}, {"endCursor", nullptr}}},
                             {"nodes",
                              {{{"__typename", "UnlabeledEvent"},
                                {"createdAt", "2024-11-03T00:00:00Z"},
                                {"label", {{"name", "ripe"}}}},
                               {{"__typename", "LabeledEvent"},
                                {"createdAt", "2024-11-02T00:00:00Z"},
                                {"label", {{"name", "ripe"}}}}}}};
    const auto page = page_with(node);
    REQUIRE(page);
    CHECK(page->items.at(0).label_events ==
          std::vector<LabelEvent>{{"ripe", at("2024-11-02T00:00:00Z"), true},
                                  {"ripe", at("2024-11-03T00:00:00Z"), false}});
    CHECK(page->continuations.empty());
}

TEST_CASE("Parts that go on are reported with the item's id and the cursor") {
    json node = pull_request(1);
    node["labels"]["totalCount"] = 51;
    node["timelineItems"] = {{"pageInfo", {{"hasNextPage", true}, {"endCursor", "t100"}}},
                             {"nodes", json::array()}};
    node["files"] = {
        {"pageInfo", {{"hasNextPage", true}, {"endCursor", "f100"}}},
        {"nodes",
         {{{"path", "text/a.md"}, {"changeType", "ADDED"}}, {{"path", "b"}, {"changeType", "RENAMED"}}}}};
    auto page = page_with(node);
    REQUIRE(page);
    CHECK(page->items.at(0).paths == std::vector<ChangedPath>{{"text/a.md", true}, {"b", false}});
    CHECK(page->continuations == std::vector<Continuation>{{"PR_1", ItemPart::labels, ""},
                                                           {"PR_1", ItemPart::label_events, "t100"},
                                                           {"PR_1", ItemPart::paths, "f100"}});
    node["labels"] = nullptr;
    node["files"] = nullptr;
    node.erase("timelineItems");
    page = page_with(node);
    REQUIRE(page);
    CHECK_FALSE(page->items.at(0).paths);
    CHECK(page->continuations ==
          std::vector<Continuation>{{"PR_1", ItemPart::labels, ""}, {"PR_1", ItemPart::paths, ""}});
}

TEST_CASE("The last commit's time is when the text changed") {
    json node = pull_request(1);
    node["commits"] = {{"nodes", {{{"commit", {{"committedDate", "2024-11-04T01:02:03Z"}}}}}}};
    CHECK(page_with(node)->items.at(0).text_changed_at == at("2024-11-04T01:02:03Z"));
    node["commits"] = {{"nodes", json::array()}};
    CHECK_FALSE(page_with(node)->items.at(0).text_changed_at);
}

TEST_CASE("A missing or mistyped member is named with its place and the request") {
    for (const char* member :
         {"__typename", "id", "number", "title", "url", "createdAt", "updatedAt", "author"}) {
        json node = pull_request(1);
        node.erase(member);
        CHECK_THAT(failure_of(node), Contains(std::string("data.search.nodes[0] lacks ") + member));
    }
    const std::pair<const char*, json> wrong[] = {{"id", 5},
                                                  {"number", "7"},
                                                  {"number", -1},
                                                  {"number", 1e300},
                                                  {"title", nullptr},
                                                  {"title", {1}},
                                                  {"createdAt", "soon"},
                                                  {"mergedAt", 3},
                                                  {"prState", "HID"},
                                                  {"labels", "a"},
                                                  {"author", 1},
                                                  {"isDraft", "no"},
                                                  {"additions", 1.5},
                                                  {"repository", nullptr},
                                                  {"url", std::string(5000, 'u')},
                                                  {"__typename", "App"}};
    for (const auto& [member, value] : wrong) {
        json node = pull_request(1);
        node[member] = value;
        CHECK_THAT(failure_of(node), Contains(std::string("data.search.nodes[0].") + member));
    }
}

TEST_CASE("A long title is cut at a code point and told") {
    json node = pull_request(9);
    std::string title;
    for (int i = 0; i < 4000; ++i) title += "\u20ac";  // three bytes each
    node["title"] = title;
    const auto page = page_with(node);
    REQUIRE(page);
    CHECK(page->items.at(0).title.size() == 9999);
    REQUIRE(page->notes.size() == 1);
    CHECK_THAT(page->notes.at(0), Contains("farm/fence#9"));
}

TEST_CASE("A list without end is refused") {
    json node = pull_request(1);
    json labels = json::array();
    for (int i = 0; i < 1001; ++i) labels.push_back({{"name", "l" + std::to_string(i)}});
    node["labels"]["nodes"] = labels;
    CHECK_THAT(failure_of(node), Contains("beyond 1000"));
}

TEST_CASE("Escapes are resolved, and lone surrogates and broken UTF-8 become replacement characters") {
    const auto title_of = [](const std::string& literal) {
        std::string body = search_of(json::array({pull_request(1)})).dump();
        const std::string plain = "Fix the fence";
        body.replace(body.find(plain), plain.size(), literal);
        const auto decoded = decode_searches(answer(body));
        return decoded ? decoded->pages.at(0).items.at(0).title : "failed: " + decoded.error().message;
    };
    CHECK(title_of(R"(\"\\\/\b\f\n\r\t\u00e9\u20ac\ud83e\udd80)") == "\"\\/\b\f\n\r\t\u00e9\u20ac\U0001F980");
    CHECK(title_of(R"(a\ud83eb)") == "a\ufffdb");
    CHECK(title_of(R"(a\udd80b)") == "a\ufffdb");
    CHECK(title_of(R"(\ud83e\u0041)") == "\ufffdA");
    CHECK(title_of("a\xff b") == "a\ufffd b");
    CHECK(title_of(R"(a\"b)") == "a\"b");
    CHECK_THAT(title_of(R"(\x)"), Contains("no JSON"));
    CHECK_THAT(title_of(R"(\u12g4)"), Contains("no JSON"));
    CHECK(title_of(R"(nul\u0000)") == std::string("nul\0", 4));
}

TEST_CASE("No cut of an answer is taken for a whole one") {
    json node = pull_request(1);
    node["title"] = "\"{[]}\\ \u20ac";
    const std::string whole = search_of({node, nullptr}).dump();
    REQUIRE(decode_searches(answer(whole)));
    for (std::size_t length = 0; length < whole.size(); ++length)
        CHECK_FALSE(decode_searches(answer(whole.substr(0, length))));
    CHECK_FALSE(decode_searches(answer(whole + "{}")));
    CHECK_FALSE(decode_searches(answer(whole + "]")));
    CHECK(decode_searches(answer(whole + "\n")));
}

TEST_CASE("Answers of another shape fail with a sentence") {
    for (
        const char* body :
        {"", "null", "[]", "7", "\"x\"", "{}", R"({"data":null})", R"({"data":[]})",
         R"({"data":{"search":null}})",
         R"({"data":{"search":{"issueCount":1,"nodes":null,"pageInfo":{"hasNextPage":false}}}})",
         R"({"data":{"search":{"issueCount":1,"nodes":[]}}})",
         R"({"data":{"search":{"nodes":[],"pageInfo":{"hasNextPage":false}}}})",
         R"({"data":{"search":{"issueCount":1,"nodes":[],"pageInfo":{"hasNextPage":true,"endCursor":null}}}})"}) {
        INFO(body);
        const auto decoded = decode_searches(answer(body));
        REQUIRE_FALSE(decoded);
        CHECK_THAT(decoded.error().message, Contains("C0DE:1"));
    }
    std::string deep;
    for (int i = 0; i < 5000; ++i) deep += R"({"data":)";
    CHECK_FALSE(decode_searches(answer(deep)));
    CHECK_FALSE(decode_searches(answer(std::string(5000, '['))));
}

TEST_CASE("Several searches and counts of one answer keep the names of their slots") {
    const auto decoded = decode_searches(answer(
        R"({"data":{"count1":{"issueCount":5},"count7":{"issueCount":0},"labelled2":{"issueCount":0,"pageInfo":{"hasNextPage":false,"endCursor":null},"nodes":[]}}})"));
    REQUIRE(decoded);
    REQUIRE(decoded->pages.size() == 3);
    CHECK(decoded->pages[0].alias == "count1");
    CHECK(decoded->pages[0].issue_count == 5);
    CHECK(decoded->pages[1].alias == "count7");
    CHECK(decoded->pages[2].alias == "labelled2");
    CHECK_FALSE(decoded->listing);
}

TEST_CASE("A repository's listing joins its folders and its open pull requests") {
    const auto decoded = decode_searches(answer(R"({"data":{"repository":{"nameWithOwner":"farm/logs",
      "defaultBranchRef":{"name":"main","target":{"oid":"0123"}},
      "folder1":{"__typename":"Tree","entries":[{"name":"2024","type":"tree","path":"logs/2024"},{"name":"a.md","type":"blob","path":"logs/a.md"}]},
      "folder2":null,
      "pullRequests":{"totalCount":2,"nodes":[{"id":"PR_1","number":4,"url":"https://example.org/4","headRefOid":"abcd",
        "files":{"pageInfo":{"hasNextPage":false},"nodes":[{"path":"logs/2024/b.md"}]}},null]}}}})"));
    REQUIRE(decoded);
    REQUIRE(decoded->listing);
    const RepositoryListing& listing = *decoded->listing;
    CHECK(listing.repository == "farm/logs");
    CHECK(listing.default_branch == "main");
    CHECK(listing.head_commit == "0123");
    REQUIRE(listing.entries.size() == 2);
    CHECK(listing.entries[0].folder);
    CHECK(listing.entries[1].path == "logs/a.md");
    REQUIRE(listing.open_pull_requests.size() == 1);
    CHECK(listing.open_pull_requests[0].head_commit == "abcd");
    CHECK(listing.open_pull_requests[0].paths == std::vector<std::string>{"logs/2024/b.md"});
    CHECK_FALSE(decode_searches(answer(R"({"data":{"repository":null}})"))->listing);
}

TEST_CASE("Texts of files come with the commit that touched their path last") {
    const auto decoded = decode_files(answer(R"({"data":{"repository":{"nameWithOwner":"farm/logs",
      "defaultBranchRef":{"name":"main","target":{"oid":"0123","file1":{"nodes":[{"oid":"beef"}]},"file3":{"nodes":[]}}},
      "file1":{"__typename":"Blob","isBinary":false,"isTruncated":false,"byteSize":5,"text":"# A\n"},
      "file2":null,
      "file3":{"__typename":"Blob","isBinary":true,"isTruncated":true,"byteSize":5,"text":null}}}})"));
    REQUIRE(decoded);
    CHECK(decoded->default_branch == "main");
    REQUIRE(decoded->files.size() == 2);
    CHECK(decoded->files[0].slot == 1);
    CHECK(decoded->files[0].text == "# A\n");
    CHECK(decoded->files[0].commit == "beef");
    CHECK(decoded->files[1].slot == 3);
    CHECK(decoded->files[1].binary);
    CHECK(decoded->files[1].truncated);
    CHECK(decoded->files[1].commit.empty());
}

TEST_CASE("A further page of an item's part is read, and an item that is gone is reported") {
    const auto labels = decode_item_part(answer(
        R"({"data":{"node":{"__typename":"Issue","id":"I_1","labels":{"pageInfo":{"hasNextPage":true,"endCursor":"c"},"nodes":[{"name":"x"},null]}}}})"));
    REQUIRE(labels);
    CHECK(labels->id == "I_1");
    CHECK(labels->names == std::vector<std::string>{"x"});
    CHECK(labels->null_nodes == 1);
    CHECK(labels->has_next);
    CHECK(labels->end_cursor == "c");
    CHECK(decode_item_part(answer(R"({"data":{"node":null}})"))->gone);
    CHECK_FALSE(decode_item_part(answer(R"({"data":{"node":{"__typename":"User"}}})")));
    CHECK(decode_item_part(answer(R"({"data":{"node":{"id":"I_1","labels":null}}})"))->unavailable);
}

TEST_CASE(
    "A second look gives items in the order of their ids, names of repositories and what was merged there") {
    json named = {{"nameWithOwner", "farm/fence"}, {"pullRequests", {{"nodes", {pull_request(1), nullptr}}}}};
    const json data = {
        {"nodes", {nullptr, pull_request(2)}}, {"repository1", named}, {"repository2", nullptr}};
    const auto found = decode_second_look(answer(json{{"data", data}}.dump()));
    REQUIRE(found);
    REQUIRE(found->items.size() == 2);
    CHECK_FALSE(found->items[0]);
    CHECK(found->items[1]->number == 2);
    CHECK_FALSE(found->updated);
    REQUIRE(found->repositories.size() == 2);
    CHECK(found->repositories[0].name == "farm/fence");
    CHECK(found->repositories[0].merged->size() == 1);
    CHECK(found->repositories[1].slot == 2);
    CHECK(found->repositories[1].name.empty());
}

TEST_CASE("An item asked for by its number is found, with the events of its labels when they are all there") {
    const auto found = [](const json& node) {
        const json data = {{"rateLimit", {{"cost", 1}}}, {"repository", {{"issueOrPullRequest", node}}}};
        return decode_found_item(answer(json{{"data", data}}.dump()));
    };
    json node = pull_request(7);
    node["timelineItems"] = {{"pageInfo", {{"hasNextPage", false}, {"endCursor", nullptr}}},
                             {"nodes",
                              {{{"__typename", "LabeledEvent"},
                                {"createdAt", "2024-11-04T00:00:00Z"},
                                {"label", {{"name", "ripe"}}}}}}};
    auto item = found(node);
    REQUIRE(item);
    REQUIRE(*item);
    CHECK((*item)->number == 7);
    CHECK((*item)->label_events == std::vector<LabelEvent>{{"ripe", at("2024-11-04T00:00:00Z"), true}});
    node["timelineItems"]["pageInfo"] = {{"hasNextPage", true}, {"endCursor", "t100"}};
    item = found(node);
    REQUIRE(item);
    REQUIRE(*item);
    CHECK_FALSE((*item)->label_events);

    const auto nothing = found(nullptr);
    REQUIRE(nothing);
    CHECK_FALSE(*nothing);
    const auto unseen = decode_found_item(answer(R"({"data":{"repository":null}})"));
    REQUIRE(unseen);
    CHECK_FALSE(*unseen);
    node.erase("title");
    const auto broken = found(node);
    REQUIRE_FALSE(broken);
    CHECK_THAT(broken.error().message, Contains("C0DE:1") && Contains("title"));
}

TEST_CASE("The budget is read with its login") {
    const auto limit = decode_rate_limit(answer(
        R"({"data":{"viewer":{"login":"hen"},"rateLimit":{"limit":5000,"cost":1,"remaining":4999,"used":1,"resetAt":"2024-11-05T09:00:00Z"}}})"));
    REQUIRE(limit);
    CHECK(limit->login == "hen");
    CHECK(limit->limit == 5000);
    CHECK(limit->remaining == 4999);
    CHECK(limit->resets_at == at("2024-11-05T09:00:00Z"));
}
