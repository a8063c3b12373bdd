#include "github/limit_policy.h"

#include "scripted_transport.h"

using namespace harvester;
using namespace harvester::github;
using Catch::Matchers::Contains;
using test::broken;
using test::html;
using test::response;

namespace {

const Instant now = *parse_instant("2024-11-05T13:50:00Z");
constexpr const char* in_ten_minutes = "1730815200";  // 14:00:00

using Headers = std::vector<std::pair<std::string, std::string>>;

HttpResponse errors(const std::string& entries, const std::string& data = "", Headers headers = {}) {
    return response(200, (data.empty() ? "{" : R"({"data":)" + data + ",") + R"("errors":[)" + entries + "]}",
                    std::move(headers));
}

Step decided(const HttpResponse& response, Attempt attempt = {}, PolicyOptions options = {},
             double jitter = 0.5) {
    const BodyFacts facts =
        response.error == TransportError::none ? inspect_body(response.body) : BodyFacts{};
    return decide(response, facts, attempt, now, options, jitter);
}

Attempt can_shrink() {
    Attempt attempt;
    attempt.can_shrink = true;
    return attempt;
}

Attempt mutation() {
    Attempt attempt;
    attempt.mutation = true;
    return attempt;
}

struct Row {
    const char* what;
    HttpResponse arrives;
    Action action;
    Seconds wait{0};        // until, from now on
    const char* says = "";  // in the failure or the reason
    ExitCode code = ExitCode::incomplete;
};

const std::string primary = R"({"type":"RATE_LIMITED","message":"API rate limit exceeded for user ID 1."})";
const std::string primary_too =
    R"({"type":"RATE_LIMIT","code":"graphql_rate_limit","message":"API rate limit already exceeded for user ID 1."})";
const std::string secondary = R"({"message":"You have exceeded a secondary rate limit. Please wait."})";
const std::string too_much =
    R"({"type":"RESOURCE_LIMITS_EXCEEDED","path":["search"],"message":"Resource limits for this query exceeded."})";
const std::string went_wrong =
    R"({"message":"Something went wrong while executing your query. Please include `C0DE:1` when reporting this issue."})";
const std::string cannot_access =
    R"({"message":"Resource not accessible by personal access token","documentation_url":"u","status":"403"})";

const std::vector<Row>& matrix() {
    static const std::vector<Row> rows = {
        {"a good answer", response(200, R"({"data":{"a":1}})"), Action::use},
        {"a good answer with points left",
         response(200, R"({"data":{}})",
                  {{"x-ratelimit-remaining", "17"}, {"x-ratelimit-reset", in_ten_minutes}}),
         Action::use},
        {"the last good answer of the hour",
         response(200, R"({"data":{}})",
                  {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", in_ten_minutes}}),
         Action::use, Seconds{601}},

        {"primary limit", errors(primary, "", {{"x-ratelimit-reset", in_ten_minutes}}), Action::wait,
         Seconds{601}, "this hour"},
        {"primary limit with null data", errors(primary, "null", {{"x-ratelimit-reset", in_ten_minutes}}),
         Action::wait, Seconds{601}},
        {"primary limit, the other spelling",
         errors(primary_too, "", {{"x-ratelimit-reset", in_ten_minutes}, {"x-ratelimit-remaining", "4"}}),
         Action::wait, Seconds{601}},
        {"primary limit without a reset", errors(primary), Action::wait, Seconds{60}},
        {"primary limit with a reset of the past", errors(primary, "", {{"x-ratelimit-reset", "1730814000"}}),
         Action::wait, Seconds{60}},
        {"primary limit as 403",
         response(403, R"({"message":"API rate limit exceeded for 192.0.2.1."})",
                  {{"x-ratelimit-reset", in_ten_minutes}}),
         Action::wait, Seconds{601}},
        {"403 with no points left",
         response(403, R"({"message":"no"})",
                  {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", in_ten_minutes}}),
         Action::wait, Seconds{601}},
        {"429 with no points left",
         response(429, "{}", {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", in_ten_minutes}}),
         Action::wait, Seconds{601}},

        {"secondary limit with Retry-After", response(403, secondary, {{"retry-after", "30"}}), Action::wait,
         Seconds{31}, "secondary"},
        {"secondary limit as 429", response(429, secondary, {{"retry-after", "5"}}), Action::wait,
         Seconds{6}},
        {"secondary limit as 200", errors(R"({"message":"You have exceeded a secondary rate limit."})"),
         Action::wait, Seconds{60}, "secondary"},
        {"secondary limit without Retry-After", response(403, secondary), Action::wait, Seconds{60}},
        {"secondary limit without Retry-After and points",
         response(403, secondary, {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", in_ten_minutes}}),
         Action::wait, Seconds{601}},
        {"secondary limit with a senseless Retry-After", response(403, secondary, {{"retry-after", "-3"}}),
         Action::wait, Seconds{60}},
        {"secondary limit as a page for people",
         html(403),
         Action::fail,
         {},
         "permission",
         ExitCode::credentials},
        {"429 without a word", response(429, "{}"), Action::wait, Seconds{60}},
        {"429 with Retry-After", response(429, "{}", {{"retry-after", "10"}}), Action::wait, Seconds{11}},

        {"too much work, with partial nulls",
         errors(too_much, R"({"search":null})"),
         Action::shrink,
         {},
         "too much work"},
        {"out of time inside", errors(went_wrong, R"({"search":null})"), Action::shrink, {}, "out of time"},
        {"out of time inside, without data", errors(went_wrong), Action::shrink},
        {"502 as a page for people", html(502), Action::shrink, {}, "502"},
        {"504 as a page for people", html(504), Action::shrink, {}, "504"},
        {"502 with JSON", response(502, R"({"message":"Server Error"})"), Action::shrink},
        {"out of time in JSON",
         response(200, R"({"message":"We couldn't respond to your request in time. Sorry about that."})"),
         Action::shrink},
        {"out of time in JSON of another status",
         response(503, R"({"message":"We couldn't respond to your request in time."})"), Action::shrink},
        {"no answer within our own time", broken(TransportError::timeout), Action::shrink, {}, "in time"},
        {"an answer without end", broken(TransportError::too_large), Action::shrink, {}, "larger"},

        {"500", response(500, R"({"message":"oops"})"), Action::retry, {}, "500"},
        {"503", html(503), Action::retry, {}, "503"},
        {"503 with Retry-After", response(503, "{}", {{"retry-after", "7"}}), Action::wait, Seconds{8}},
        {"408", response(408, "{}"), Action::retry},
        {"a reset", broken(TransportError::reset), Action::retry, {}, "broke"},
        {"a failed handshake",
         broken(TransportError::tls, "certificate has expired"),
         Action::retry,
         {},
         "certificate has expired"},
        {"a name that cannot be resolved", broken(TransportError::resolve), Action::retry, {}, "reached"},
        {"a refused connection", broken(TransportError::connect), Action::retry, {}, "reached"},
        {"some other accident", broken(TransportError::other), Action::retry},

        {"401",
         response(401, R"({"message":"Bad credentials"})"),
         Action::fail,
         {},
         "GH_TOKEN",
         ExitCode::credentials},
        {"403 for lack of a permission",
         response(403, cannot_access),
         Action::fail,
         {},
         "Resource not accessible",
         ExitCode::credentials},
        {"200 for lack of a permission",
         errors(R"({"type":"FORBIDDEN","message":"Resource not accessible by integration"})"),
         Action::fail,
         {},
         "Resource not accessible",
         ExitCode::credentials},
        {"a part that isn't there",
         errors(R"({"type":"NOT_FOUND","path":["repository"],"message":"Could not resolve"})",
                R"({"repository":null})"),
         Action::use},
        {"a part that is forbidden",
         errors(R"({"type":"FORBIDDEN","path":["search","nodes",3],"message":"no"})", R"({"search":{}})"),
         Action::use},
        {"a head that moved",
         errors(R"({"type":"STALE_DATA","path":["createCommitOnBranch"],"message":"Expected branch"})",
                R"({"createCommitOnBranch":null})"),
         Action::use},
        {"an accident in a part",
         errors(R"({"path":["search","nodes",3],"message":"hiccup"})", R"({"search":{}})"),
         Action::retry,
         {},
         "hiccup"},
        {"400", response(400, R"({"message":"Problems parsing JSON"})"), Action::fail, {}, "bug"},
        {"a query that isn't valid",
         errors(
             R"({"path":["query"],"extensions":{"code":"undefinedField"},"message":"Field 'x' doesn't exist"})"),
         Action::fail,
         {},
         "doesn't exist"},
        {"404", response(404, R"({"message":"Not Found"})"), Action::fail, {}, "--api-url", ExitCode::usage},
        {"422", response(422, R"({"message":"Unprocessable"})"), Action::fail, {}, "Unprocessable"},

        {"a truncated body", response(200, R"({"data":{"search":{"nodes":[)"), Action::retry, {}, "damaged"},
        {"a malformed body",
         response(200, R"({"data":{"search":{"nodes":[}]}}})"),
         Action::retry,
         {},
         "damaged"},
        {"no body", response(200, ""), Action::retry},
        {"JSON without data", response(200, "{}"), Action::retry, {}, "no data"},
        {"null data without errors", response(200, R"({"data":null})"), Action::retry},
        {"a page for people with 200", html(200), Action::retry, {}, "something else than JSON"},
        {"204", response(204, ""), Action::retry},
        {"301", response(301, ""), Action::fail, {}, "--api-url"},
        {"a redirect that the transport saw",
         broken(TransportError::redirect),
         Action::fail,
         {},
         "--api-url"},
        {"an interrupt",
         broken(TransportError::interrupted),
         Action::fail,
         {},
         "interrupted",
         ExitCode::interrupted},
    };
    return rows;
}

}  // namespace

TEST_CASE("Every way in which GitHub answers has its action") {
    for (const Row& row : matrix()) {
        INFO(row.what);
        const Step step = decided(row.arrives, can_shrink());
        CHECK(step.action == row.action);
        CHECK(step.until == (row.wait == Seconds{0} ? Instant{} : now + row.wait));
        CHECK_THAT(step.action == Action::fail ? step.failure.message : step.reason, Contains(row.says));
        if (row.action == Action::fail) CHECK(step.failure.code == row.code);
        if (row.action == Action::retry || row.action == Action::shrink) {
            CHECK(step.delay == Milliseconds{750});
            CHECK_FALSE(step.reason.empty());
        }
    }
}

TEST_CASE("Questions that share a request get smaller pages down to twenty-five, and are split then") {
    Attempt attempt = can_shrink();
    attempt.divisible = true;
    attempt.page_size = 50;
    CHECK(decided(errors(too_much), attempt).action == Action::shrink);
    attempt.page_size = 25;
    CHECK(decided(errors(too_much), attempt).action == Action::divide);
    CHECK(decided(html(502), attempt).action == Action::divide);
}

TEST_CASE(
    "Counts have no page: they are split at once when GitHub says too much, after a second try when it may "
    "be chance") {
    Attempt attempt;
    attempt.divisible = true;
    CHECK(decided(errors(too_much), attempt).action == Action::divide);
    CHECK(decided(html(502), attempt).action == Action::retry);
    attempt.failures = 1;
    CHECK(decided(html(502), attempt).action == Action::divide);
    CHECK(decided(response(500, "{}"), attempt).action == Action::retry);
}

TEST_CASE("What cannot shrink is retried as it is, but not when it was too much work") {
    CHECK(decided(html(502)).action == Action::retry);
    CHECK(decided(errors(went_wrong)).action == Action::retry);
    CHECK(decided(broken(TransportError::timeout)).action == Action::retry);
    CHECK_THAT(decided(errors(too_much)).failure.message, Contains("smallest page"));
    CHECK_THAT(decided(broken(TransportError::too_large)).failure.message, Contains("larger than allowed"));
}

TEST_CASE("Delays double up to a minute and are spread between half and whole") {
    const auto delay = [](int failures, double jitter) {
        Attempt attempt;
        attempt.failures = failures;
        PolicyOptions options;
        options.attempts = 100;
        return decided(response(500, "{}"), attempt, options, jitter).delay;
    };
    CHECK(delay(0, 0) == Milliseconds{500});
    CHECK(delay(1, 0) == Milliseconds{1000});
    CHECK(delay(3, 0) == Milliseconds{4000});
    CHECK(delay(50, 0) == Milliseconds{30000});
    CHECK(delay(50, 0.9999) < Milliseconds{60001});
    CHECK(delay(50, 0.9999) > Milliseconds{59000});
}

TEST_CASE("The last attempt gives up with the number of tries and the request") {
    Attempt attempt;
    attempt.failures = 4;
    const Step step = decided(response(500, "{}"), attempt);
    CHECK(step.action == Action::fail);
    CHECK(step.failure.code == ExitCode::incomplete);
    CHECK_THAT(step.failure.message, Contains("5 times") && Contains("C0DE:1") && Contains("500"));
}

TEST_CASE("An accident in a part is lived with in the end") {
    Attempt attempt;
    attempt.failures = 4;
    CHECK(decided(errors(R"({"path":["a"],"message":"hiccup"})", R"({"a":null})"), attempt).action ==
          Action::use);
}

TEST_CASE("A secondary limit that stays doubles the wait and ends after a few") {
    PolicyOptions options;
    options.max_wait = std::chrono::hours{10};
    Attempt attempt;
    for (int limits = 0; limits < 5; ++limits) {
        attempt.limits = limits;
        CHECK(decided(response(403, secondary), attempt, options).until == now + Seconds{60} * (1 << limits));
    }
    attempt.limits = 5;
    const Step step = decided(response(403, secondary), attempt, options);
    CHECK(step.action == Action::fail);
    CHECK_THAT(step.failure.message, Contains("5 waits"));
}

TEST_CASE("A wait longer than allowed fails and tells when it could go on") {
    PolicyOptions options;
    options.max_wait = Seconds{600};
    const auto limited = [](const char* reset) {
        return errors(primary, "", {{"x-ratelimit-reset", reset}});
    };
    Step step = decided(limited(in_ten_minutes), {}, options);
    CHECK(step.action == Action::fail);
    CHECK(step.failure.code == ExitCode::incomplete);
    CHECK_THAT(step.failure.message, Contains("at 14:00:01 UTC") && Contains("--max-wait 600"));
    CHECK(step.until == now + Seconds{601});
    step = decided(limited("1730899800"), {}, options);
    CHECK_THAT(step.failure.message, Contains("at 2024-11-06T13:30:01Z"));
    options.max_wait = Seconds{601};
    CHECK(decided(limited(in_ten_minutes), {}, options).action == Action::wait);
}

TEST_CASE("A mutation is sent again only when GitHub cannot have seen or done it") {
    for (const Row& row : matrix()) {
        INFO(row.what);
        const Step step = decided(row.arrives, mutation());
        if (step.action != Action::retry) {
            CHECK(step.action != Action::shrink);
            continue;
        }
        CHECK((row.arrives.error == TransportError::resolve || row.arrives.error == TransportError::connect));
    }
    CHECK_THAT(decided(html(502), mutation()).failure.message, Contains("nobody knows"));
    CHECK(decided(response(403, secondary), mutation()).action == Action::wait);
}

TEST_CASE("A refused token is named by where it came from") {
    const auto said = [](std::string_view source) {
        PolicyOptions options;
        options.token_source = source;
        return decided(response(401, R"({"message":"Bad credentials"})"), {}, options).failure.message;
    };
    CHECK_THAT(said("HARVESTER_WRITE_TOKEN"), Contains("set HARVESTER_WRITE_TOKEN") && !Contains("GH_TOKEN"));
    CHECK_THAT(said("gh auth token --hostname github.com"), Contains("log in again"));
    CHECK_THAT(said(""), Contains("set GH_TOKEN"));
}

TEST_CASE("A token that GitHub took before is sent again after a refusal, twice") {
    Attempt attempt = mutation();
    attempt.token_worked = true;
    const auto refused = response(401, R"({"message":"Bad credentials"})");
    for (attempt.failures = 0; attempt.failures < 2; ++attempt.failures)
        CHECK(decided(refused, attempt).action == Action::retry);
    const Step step = decided(refused, attempt);
    CHECK(step.action == Action::fail);
    CHECK(step.failure.code == ExitCode::credentials);
}

TEST_CASE("A write that was submitted too quickly is sent again after a minute") {
    const Step step = decided(
        errors(
            R"({"type":"UNPROCESSABLE","path":["createPullRequest"],"message":"was submitted too quickly"})",
            R"({"createPullRequest":null})"),
        mutation());
    CHECK(step.action == Action::wait);
    CHECK(step.until == now + Seconds{60});
}

TEST_CASE("The token is in no sentence, even when the server repeats it") {
    PolicyOptions options;
    options.secret = "opensesame";
    const Step step =
        decided(response(400, R"({"message":"bad opensesame and ghp_abcDEF123\nmore"})"), {}, options);
    CHECK_THAT(step.failure.message,
               !Contains("opensesame") && !Contains("ghp_") && Contains("bad [token] and [token] more"));
}
