#include "harvest/files_job.h"
#include "harvest_fixture.h"

using namespace harvester;
using namespace made_up;
using nlohmann::json;

namespace {

json blob(const char* name) {
    return {{"name", name}, {"type", "blob"}, {"path", std::string("reports/") + name}};
}

struct ReportFixture : Fixture {
    ReportFixture() : Fixture(all_searches) {
        request.issue = Edition{parse_day("2024-11-13").value(),
                                1,
                                {parse_day("2024-11-05").value(), parse_day("2024-11-12").value()}};
        json entries = json::array(
            {blob("2024-11-05.md"), blob("2024-11-12.md"), blob("2024-11-06.md"), blob("README.md")});
        json pull = {{"id", "PR"},
                     {"number", 9},
                     {"url", "https://github.com/acme/perf/pull/9"},
                     {"headRefOid", std::string(40, 'd')},
                     {"files",
                      {{"pageInfo", {{"hasNextPage", false}}},
                       {"nodes", json::array({json{{"path", "reports/2024/2024-11-13.md"}},
                                              json{{"path", "src/2024-11-13.md"}}})}}}};
        github.population().repository = {
            {"nameWithOwner", "acme/perf"},
            {"defaultBranchRef", {{"name", "trunk"}, {"target", {{"oid", std::string(40, 'a')}}}}},
            {"folder1", {{"__typename", "Tree"}, {"entries", entries}}},
            {"folder2", nullptr},
            {"pullRequests", {{"totalCount", 1}, {"nodes", json::array({pull})}}}};
        const auto text = [](const char* body) {
            return json{{"__typename", "Blob"},
                        {"isBinary", false},
                        {"isTruncated", false},
                        {"byteSize", 3},
                        {"text", body}};
        };
        const auto history = [](char c) {
            return json{{"nodes", json::array({json{{"oid", std::string(40, c)}}})}};
        };
        github.population().files = {{"nameWithOwner", "acme/perf"},
                                     {"defaultBranchRef",
                                      {{"name", "trunk"},
                                       {"target",
                                        {{"oid", std::string(40, 'a')},
                                         {"file1", {{"nodes", json::array()}}},
                                         {"file2", history('2')},
                                         {"file3", history('3')}}}}},
                                     {"file1", text("one")},
                                     {"file2", text("two")},
                                     {"file3", text("three")}};
    }
};

}  // namespace

TEST_CASE("A report's date is read from a path that the profile's pattern allows") {
    const auto policy = acme(all_searches).harvest.files.at(0);
    CHECK(harvest::report_date(policy, "reports/2024-11-12.md") == parse_day("2024-11-12"));
    CHECK(harvest::report_date(policy, "reports/2024/2024-11-12.md") == parse_day("2024-11-12"));
    for (const char* other : {"reports/2023/2024-11-12.md", "2024-11-12.md", "reports/2024-11-31.md",
                              "reports/README.md", "reports/x2024-11-12.md", ""})
        CHECK_FALSE(harvest::report_date(policy, other));
}

TEST_CASE("Reports of the week are read from the folder and from open pull requests") {
    ReportFixture f;
    CHECK(get(f.harvest()).complete());
    const auto files = get(f.store.files("acme/perf"));
    REQUIRE(files.size() == 2);  // the report of the window's first day is last week's
    CHECK(files[0].path == "reports/2024-11-12.md");
    CHECK(files[0].text == "two");
    CHECK(files[0].commit == std::string(40, '2'));
    CHECK(files[0].branch == "trunk");
    CHECK(files[0].pull_request.empty());
    CHECK(files[1].path == "reports/2024/2024-11-13.md");
    CHECK(files[1].text == "one");
    CHECK(files[1].pull_request == "https://github.com/acme/perf/pull/9");
}

TEST_CASE("A repeat lists again and reads no text while the repository stands still") {
    ReportFixture f;
    f.request.now = at("2024-11-12T20:00:00Z");
    get(f.harvest());
    get(f.harvest());
    CHECK(f.github.operations() == std::vector<std::string>{"Sweep"});
    CHECK(get(f.store.files("acme/perf")).size() == 2);
}

TEST_CASE("A repository that GitHub doesn't show is reported") {
    ReportFixture f;
    f.github.population().repository = nullptr;
    const auto outcome = get(f.harvest());
    REQUIRE(outcome.missing.size() == 1);
    CHECK(outcome.missing[0].search == "reports");
}
