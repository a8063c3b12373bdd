// How fast a page of a search becomes items, beside simdjson's bare parse of the same bytes (which makes
// nothing of them). Prints megabytes and pages a second; CPU of one thread. Fails below 0.3 of the parse.
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <nlohmann/json.hpp>
#include <string>

#include "github/body.h"
#include "github/decode.h"

namespace {

using namespace harvester::github;
using json = nlohmann::ordered_json;  // members in the order of the document, as GitHub sends them

// A page of a hundred merged pull requests with titles, labels and sizes as long as they commonly are.
std::string page() {
    json nodes = json::array();
    for (int i = 0; i < 100; ++i) {
        json labels = json::array();
        for (int k = 0; k < 2 + i % 5; ++k)
            labels.push_back({{"name", fmt::format("S-some-label-{}", (i * 7 + k * 23) % 60)}});
        nodes.push_back(
            {{"__typename", "PullRequest"},
             {"id", fmt::format("PR_kwDOAAsO6M5{:08d}", 1234567 + i * 31)},
             {"number", 132000 + i},
             {"title",
              fmt::format("Keep `field_{}` in its place when {} of the \"old\" things move", i, i * i)},
             {"url", fmt::format("https://github.com/some-organisation/repository/pull/{}", 132000 + i)},
             {"prState", "MERGED"},
             {"isDraft", false},
             {"createdAt", "2024-11-01T10:20:30Z"},
             {"updatedAt", "2024-11-06T11:21:31Z"},
             {"mergedAt", "2024-11-05T08:09:10Z"},
             {"closedAt", "2024-11-05T08:09:10Z"},
             {"baseRefName", "main"},
             {"additions", i * 13},
             {"deletions", i * 7},
             {"changedFiles", 1 + i % 9},
             {"author", {{"__typename", "User"}, {"login", fmt::format("contributor{}", i % 40)}}},
             {"repository", {{"nameWithOwner", "some-organisation/repository"}}},
             {"labels", {{"totalCount", labels.size()}, {"nodes", labels}}}});
    }
    return json{{"data",
                 {{"rateLimit", {{"cost", 1}, {"remaining", 4999}, {"resetAt", "2024-11-06T12:00:00Z"}}},
                  {"search",
                   {{"issueCount", 503},
                    {"pageInfo", {{"hasNextPage", true}, {"endCursor", "Y3Vyc29yOjEwMA=="}}},
                    {"nodes", nodes}}}}}}
        .dump();
}

// Seconds of one call of each work; the best of many short rounds in turn, which others on the machine
// disturb least, and all works alike.
template <class... Works>
std::array<double, sizeof...(Works)> measure(Works... works) {
    constexpr int rounds = 1000, calls = 4;
    std::array<double, sizeof...(Works)> best;
    best.fill(1e9);
    for (int round = 0; round < rounds; ++round) {
        std::size_t which = 0;
        const auto time = [&](auto& work) {
            const auto start = std::chrono::steady_clock::now();
            for (int call = 0; call < calls; ++call) work();
            const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
            best[which] = std::min(best[which], spent.count() / calls);
            ++which;
        };
        (time(works), ...);
    }
    return best;
}

void print(const char* what, std::size_t bytes, double seconds, double bare) {
    fmt::print("{:<34} {:>8.0f} MB/s {:>9.0f} pages/s   {:>5.2f} of bare\n", what,
               static_cast<double>(bytes) / seconds / 1e6, 1 / seconds, bare / seconds);
}

}  // namespace

int main() {
    Answer answer;
    answer.body = page();
    answer.body.reserve(answer.body.size() + simdjson::SIMDJSON_PADDING);
    const simdjson::padded_string padded(answer.body);
    simdjson::dom::parser parser;
    std::size_t seen = 0;

    const auto [bare, decode, inspect] =
        measure([&] { seen += parser.parse(padded).error() == simdjson::SUCCESS; },
                [&] { seen += decode_searches(answer)->pages.front().items.size(); },
                [&] { seen += inspect_body(answer.body).data; });

    fmt::print("a page of 100 pull requests, {} bytes\n", answer.body.size());
    print("bare parse (simdjson, dom)", answer.body.size(), bare, bare);
    print("decode", answer.body.size(), decode, bare);
    print("check from end to end", answer.body.size(), inspect, bare);
    constexpr double slowest = 0.3;  // of the bare parse
    return seen > 0 && bare / decode >= slowest ? 0 : 1;
}
