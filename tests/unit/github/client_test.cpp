#include "github/client.h"

#include <set>

#include "scripted_transport.h"

using namespace harvester;
using namespace harvester::github;
using Catch::Matchers::Contains;
using test::broken;
using test::good;
using test::html;
using test::response;
using test::ScriptedTransport;

namespace {

const Instant start = *parse_instant("2024-11-05T08:00:00Z");
const std::string secondary = R"({"message":"You have exceeded a secondary rate limit."})";

// A client with virtual time that plays a script.
struct Stage {
    VirtualClock clock{start};
    ScriptedTransport transport{clock};
    std::vector<std::string> talk;
    std::unique_ptr<Client> client;

    explicit Stage(ClientOptions options = {}) {
        options.jitter = [] { return 0.0; };
        client = make_client(transport, clock, options,
                             [this](const std::string& sentence) { talk.push_back(sentence); });
    }

    void ask(std::uint64_t tag, int page_size = 100) {
        Call call;
        call.operation = {"Hens", "query Hens { a }"};
        call.variables = R"({"tag":)" + std::to_string(tag) + "}";
        call.page_size_name = "first";
        call.page_size = page_size;
        call.tag = tag;
        client->ask(call);
    }

    // The outcome of one call.
    Result<Answer> only() {
        ask(1);
        auto [tag, result] = client->next();
        CHECK(tag == 1);
        CHECK(client->pending() == 0);
        return std::move(result);
    }

    Seconds passed() const { return std::chrono::floor<Seconds>(clock.now() - start); }
};

int sent_size(const nlohmann::json& request) {
    return request["variables"]["first"].get<int>();
}

}  // namespace

TEST_CASE("An answer comes with its tag, page size, request id and bytes") {
    Stage stage;
    stage.transport.expect(good());
    stage.ask(42, 30);
    CHECK(stage.client->pending() == 1);
    const auto [tag, answer] = stage.client->next();
    CHECK(tag == 42);
    REQUIRE(answer);
    CHECK(answer->tag == 42);
    CHECK(answer->body == R"({"data":{"word":"fine"}})");
    CHECK(answer->page_size == 30);
    CHECK(answer->request_id == "C0DE:1");
    CHECK(answer->bytes == answer->body.size());
    CHECK(stage.transport.requests.at(0)["operationName"] == "Hens");
    CHECK(sent_size(stage.transport.requests.at(0)) == 30);
    CHECK(stage.client->statistics().requests == 1);
    CHECK(stage.client->statistics().server_time == Milliseconds{100});
    CHECK(stage.talk.empty());
}

TEST_CASE("Several calls fly together and each ends once, the slow not holding up the quick") {
    Stage stage;
    auto slow = good("slow");
    slow.elapsed = Milliseconds{5000};
    stage.transport.expect(slow);
    for (int i = 0; i < 5; ++i) stage.transport.expect(good());
    for (std::uint64_t tag = 0; tag < 6; ++tag) stage.ask(tag);
    std::vector<std::uint64_t> order;
    while (stage.client->pending() > 0) {
        const auto [tag, answer] = stage.client->next();
        CHECK(answer);
        order.push_back(tag);
    }
    CHECK(order == std::vector<std::uint64_t>{1, 2, 3, 4, 5, 0});
    CHECK(stage.transport.most_in_flight == 4);
}

TEST_CASE("With one in flight the calls go one after the other, in their order") {
    ClientOptions options;
    options.in_flight = 1;
    Stage stage(options);
    for (int i = 0; i < 5; ++i) stage.transport.expect(good());
    for (std::uint64_t tag = 0; tag < 5; ++tag) stage.ask(tag);
    for (std::uint64_t tag = 0; tag < 5; ++tag) CHECK(stage.client->next().first == tag);
    CHECK(stage.transport.most_in_flight == 1);
}

TEST_CASE("Passing failures are fetched again until the answer comes") {
    const HttpResponse failures[] = {response(500, "{}"),
                                     html(503),
                                     broken(TransportError::reset),
                                     broken(TransportError::resolve),
                                     response(200, R"({"data":{"search":)"),
                                     html(200)};
    for (const HttpResponse& failure : failures) {
        Stage stage;
        stage.transport.expect(failure);
        stage.transport.expect(good());
        CHECK(stage.only());
        CHECK(stage.passed() < Seconds{2});
        REQUIRE(stage.talk.size() == 1);
        CHECK_THAT(stage.talk.front(), Contains("retrying in 0.5 s"));
        CHECK(stage.client->statistics().requests == 2);
    }
}

TEST_CASE("A call that keeps failing ends after five attempts and leaves the others alone") {
    Stage stage;
    for (int i = 0; i < 7; ++i)
        stage.transport.expect([](const nlohmann::json& request) {
            return request["variables"]["tag"] == 2 ? response(500, "{}") : good();
        });
    stage.ask(1);
    stage.ask(2);
    stage.ask(3);
    std::set<std::uint64_t> good_ones;
    while (stage.client->pending() > 0) {
        const auto [tag, answer] = stage.client->next();
        if (answer) {
            good_ones.insert(tag);
            continue;
        }
        CHECK(tag == 2);
        CHECK(answer.error().code == ExitCode::incomplete);
    }
    CHECK(good_ones == std::set<std::uint64_t>{1, 3});
    CHECK(stage.passed() == Seconds{8});  // 0.5 + 1 + 2 + 4, and the answers' own time
}

TEST_CASE("Pages that are too much work halve with all other variables kept, and recover") {
    Stage stage;
    stage.transport.expect(html(504));
    stage.transport.expect(response(
        200, R"({"data":{"search":null},"errors":[{"type":"RESOURCE_LIMITS_EXCEEDED","message":"m"}]})"));
    stage.transport.expect(good());
    REQUIRE(stage.only());
    CHECK(sent_size(stage.transport.requests.at(0)) == 100);
    CHECK(sent_size(stage.transport.requests.at(1)) == 50);
    CHECK(sent_size(stage.transport.requests.at(2)) == 25);
    CHECK(stage.transport.requests.at(2)["variables"]["tag"] == 1);
    CHECK_THAT(stage.talk.at(0), Contains("with a page of 50"));
    CHECK(stage.client->page_size("Hens") == 25);
    for (int i = 0; i < 20; ++i) {
        stage.transport.expect(good());
        CHECK(stage.only());
    }
    CHECK(stage.client->page_size("Hens") == 100);
    CHECK(sent_size(stage.transport.requests.back()) == 100);
}

TEST_CASE("A remembered page size is where the next run begins") {
    Stage stage;
    stage.client->set_page_size("Hens", 40);
    stage.transport.expect(good());
    CHECK(stage.only()->page_size == 40);
}

TEST_CASE("Timeouts down to single items end with a failure, not with a loop") {
    Stage stage;
    for (int i = 0; i < 6 + 5; ++i) stage.transport.expect(html(502));
    const auto result = stage.only();
    REQUIRE_FALSE(result);
    CHECK_THAT(result.error().message, Contains("502"));
    CHECK(sent_size(stage.transport.requests.back()) == 1);
}

TEST_CASE("A limit holds every call until its time, which is reported as a time of day") {
    Stage stage;
    stage.transport.expect(response(403, secondary, {{"retry-after", "89"}}));
    for (int i = 0; i < 3; ++i) stage.transport.expect(good());
    for (int i = 0; i < 6; ++i) stage.transport.expect(good());
    for (std::uint64_t tag = 0; tag < 9; ++tag) stage.ask(tag);
    while (stage.client->pending() > 0) CHECK(stage.client->next().second);
    // The first four had gone out together; all others waited.
    for (std::size_t i = 4; i < 10; ++i) CHECK(stage.transport.started_at.at(i) >= start + Seconds{90});
    REQUIRE(stage.talk.size() == 1);
    CHECK_THAT(stage.talk.front(), Contains("continuing at 08:01:30 UTC"));
    CHECK(stage.client->statistics().waited >= Seconds{89});
}

TEST_CASE(
    "A wait that is too long ends all calls not yet sent, and later ones too, without another request") {
    ClientOptions options;
    options.in_flight = 1;
    Stage stage(options);
    const std::string reset = std::to_string((start + std::chrono::minutes{40}).time_since_epoch().count());
    stage.transport.expect(
        response(200, R"({"errors":[{"type":"RATE_LIMIT","message":"API rate limit already exceeded"}]})",
                 {{"x-ratelimit-reset", reset}}));
    for (std::uint64_t tag = 0; tag < 3; ++tag) stage.ask(tag);
    for (int i = 0; i < 3; ++i) {
        const auto [tag, result] = stage.client->next();
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ExitCode::incomplete);
        CHECK_THAT(result.error().message, Contains("08:40:01 UTC"));
    }
    stage.ask(9);
    CHECK_FALSE(stage.client->next().second);
    CHECK(stage.client->statistics().requests == 1);
    CHECK(stage.passed() < Seconds{1});
}

TEST_CASE("The last answer of the hour is used at once, and only the next call waits") {
    Stage stage;
    const std::string reset = std::to_string((start + std::chrono::minutes{10}).time_since_epoch().count());
    stage.transport.expect(
        response(200, R"({"data":{}})", {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", reset}}));
    CHECK(stage.only());
    CHECK(stage.passed() < Seconds{1});
    CHECK(stage.client->statistics().remaining == 0);
    CHECK(stage.client->statistics().resets_at == start + std::chrono::minutes{10});
    stage.transport.expect(good());
    CHECK(stage.only());
    CHECK(stage.passed() == Seconds{601});
}

TEST_CASE("A refused token ends the call at once") {
    Stage stage;
    stage.transport.expect(response(401, R"({"message":"Bad credentials"})"));
    const auto result = stage.only();
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ExitCode::credentials);
}

TEST_CASE("Errors of a part come beside the answer") {
    Stage stage;
    stage.transport.expect(response(
        200,
        R"({"data":{"a":null},"errors":[{"type":"NOT_FOUND","path":["a"],"message":"gone ghp_secret"}]})"));
    const auto answer = stage.only();
    REQUIRE(answer);
    REQUIRE(answer->partial_errors.size() == 1);
    CHECK(answer->partial_errors[0].type == "NOT_FOUND");
    CHECK(answer->partial_errors[0].path == "a");
    CHECK(answer->partial_errors[0].message == "gone [token]");
}

TEST_CASE("Mutations go one at a time, a second apart, and are not repeated when they may have been done") {
    Stage stage;
    stage.transport.expect(good());
    stage.transport.expect(html(502));
    Call call;
    call.operation = {"Hatch", "mutation Hatch { a }"};
    call.variables = "{}";
    call.mutation = true;
    stage.client->ask(call);
    stage.client->ask(call);
    CHECK(stage.client->next().second);
    CHECK_FALSE(stage.client->next().second);
    CHECK(stage.transport.started_at.at(1) - stage.transport.started_at.at(0) >= Seconds{1});
    CHECK(stage.transport.most_in_flight == 1);
}

TEST_CASE("Variables that are no object fail alone") {
    Stage stage;
    Call call;
    call.operation = {"Hens", "query Hens { a }"};
    call.variables = "nonsense";
    stage.client->ask(call);
    CHECK(stage.client->next().second.error().code == ExitCode::usage);
    CHECK(stage.client->pending() == 0);
}

namespace {

// Interrupted at a given moment.
class InterruptedClock final : public Clock {
  public:
    explicit InterruptedClock(VirtualClock& clock) : clock_(clock) {}
    std::chrono::sys_time<Milliseconds> now() const override { return clock_.now(); }
    bool sleep(Milliseconds length) override {
        const auto end = std::min(clock_.now() + length, at);
        clock_.sleep(std::max(Milliseconds{0}, end - clock_.now()));
        return clock_.now() < at;
    }
    std::chrono::sys_time<Milliseconds> at = start + Seconds{20};

  private:
    VirtualClock& clock_;
};

}  // namespace

TEST_CASE("An interrupt ends a wait and every call, whether in flight or not yet sent") {
    VirtualClock time(start);
    InterruptedClock clock(time);
    ScriptedTransport transport(time);
    ClientOptions options;
    options.in_flight = 2;
    const auto client = make_client(transport, clock, options, {});
    transport.expect(response(403, secondary));
    auto slow = good();
    slow.elapsed = std::chrono::minutes{5};
    transport.expect(slow);
    Call call;
    call.operation = {"Hens", "query Hens { a }"};
    call.variables = "{}";
    for (int i = 0; i < 4; ++i) client->ask(call);
    int interrupted_ones = 0;
    while (client->pending() > 0) {
        const auto result = client->next().second;
        REQUIRE_FALSE(result);
        if (result.error().code == ExitCode::interrupted) ++interrupted_ones;
    }
    CHECK(interrupted_ones == 4);
    CHECK(time.now() < start + Seconds{21});
}
