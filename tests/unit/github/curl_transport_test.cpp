#include "github/curl_transport.h"

#include <atomic>
#include <mutex>

#include "catch.h"
#include "loopback_server.h"

using namespace harvester;
using namespace harvester::github;
using test::LoopbackServer;

namespace {

CurlOptions options_for(const std::string& url) {
    CurlOptions options;
    options.endpoint = check_endpoint(url).value();
    options.token = "opensesame";
    options.user_agent = "harvester-test";
    options.total_timeout = Milliseconds{20'000};
    return options;
}

Completion wait_for(Transport& transport) {
    for (;;)
        if (auto completion = transport.wait(Milliseconds{1000})) return std::move(*completion);
}

HttpResponse post(const CurlOptions& options, const std::string& body = "{}") {
    const auto transport = make_curl_transport(options);
    REQUIRE(transport);
    const std::uint64_t ticket = (*transport)->start({body});
    Completion completion = wait_for(**transport);
    CHECK(completion.ticket == ticket);
    CHECK_FALSE((*transport)->wait(Milliseconds{1000}));
    return std::move(completion.response);
}

}  // namespace

TEST_CASE("A POST carries the body, the token, the user agent and asks for compression") {
    httplib::Request seen;
    LoopbackServer server([&](const httplib::Request& request, httplib::Response& response) {
        seen = request;
        response.set_header("X-GitHub-Request-Id", "  C0DE:1 ");
        response.set_content(R"({"data":{}})", "application/json");
    });
    const HttpResponse response = post(options_for(server.url()), R"({"query":"é"})");
    CHECK(response.error == TransportError::none);
    CHECK(response.status == 200);
    CHECK(response.body == R"({"data":{}})");
    CHECK(response.header("x-github-request-id") == "C0DE:1");
    CHECK(response.header("content-type") == "application/json");
    CHECK(response.header("no-such-header").empty());
    CHECK(seen.body == R"({"query":"é"})");
    CHECK(seen.get_header_value("Authorization") == "Bearer opensesame");
    CHECK(seen.get_header_value("User-Agent") == "harvester-test");
    CHECK(seen.get_header_value("Content-Type") == "application/json");
    CHECK(seen.get_header_value("Accept-Encoding").find("gzip") != std::string::npos);
    CHECK_FALSE(seen.has_header("Expect"));
}

TEST_CASE("Requests fly together over connections that are kept") {
    std::mutex mutex;
    std::set<int> ports;
    LoopbackServer server([&](const httplib::Request& request, httplib::Response& response) {
        const std::lock_guard lock(mutex);
        ports.insert(request.remote_port);
        response.set_content(request.body, "application/json");
    });
    const auto transport = make_curl_transport(options_for(server.url()));
    REQUIRE(transport);
    for (int round = 0; round < 4; ++round) {
        std::map<std::uint64_t, std::string> asked;
        for (int i = 0; i < 3; ++i) {
            const std::string body = std::to_string(round) + std::to_string(i);
            asked[(*transport)->start({body})] = body;
        }
        while (!asked.empty()) {
            const Completion completion = wait_for(**transport);
            CHECK(completion.response.body == asked.at(completion.ticket));
            asked.erase(completion.ticket);
        }
    }
    CHECK(ports.size() <= 3);
}

TEST_CASE("Compressed answers arrive unpacked, and their unpacked size is what is limited") {
    using namespace std::string_literals;
    const std::string small =
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\x4a\x49\x2c\x49\x54\xb2\xaa\xae\xad\x05\x00\xd6\x06\x7b\xf3\x0b\x00\x00\x00"s;
    // 20,000 times the digit 0.
    const std::string bomb =
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xed\xc1\x31\x01\x00\x00\x00\xc2\xa0\x4a\xeb\x9f\xce\x1a\x1e\x40\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xf0\x60\xbd\x0f\x1b\x8c\x20\x4e\x00\x00"s;
    LoopbackServer server([&](const httplib::Request& request, httplib::Response& response) {
        response.set_header("Content-Encoding", "gzip");
        response.set_content(request.body == "small" ? small : bomb, "application/json");
    });
    CurlOptions options = options_for(server.url());
    options.largest_body = 19'999;
    CHECK(post(options, "small").body == R"({"data":{}})");
    CHECK(post(options, "bomb").error == TransportError::too_large);
    options.largest_body = 20'000;
    CHECK(post(options, "bomb").body == std::string(20'000, '0'));
}

TEST_CASE("A body larger than allowed is not taken, whether its length is announced or not") {
    LoopbackServer server([&](const httplib::Request& request, httplib::Response& response) {
        if (request.body == "told") return response.set_content(std::string(5000, 'x'), "application/json");
        response.set_chunked_content_provider("application/json", [](std::size_t, httplib::DataSink& sink) {
            const std::string part(1000, 'x');
            return sink.write(part.data(), part.size());
        });
    });
    CurlOptions options = options_for(server.url());
    options.largest_body = 4999;
    CHECK(post(options, "told").error == TransportError::too_large);
    const HttpResponse endless = post(options, "endless");
    CHECK(endless.error == TransportError::too_large);
    CHECK(endless.body.size() <= 4999);
}

TEST_CASE("A redirect is an error and the other place gets nothing") {
    std::atomic<int> hits{0};
    LoopbackServer elsewhere([&](const httplib::Request&, httplib::Response&) { ++hits; });
    LoopbackServer server([&](const httplib::Request&, httplib::Response& response) {
        response.set_redirect(elsewhere.url(), 307);
    });
    const HttpResponse response = post(options_for(server.url()));
    CHECK(response.error == TransportError::redirect);
    CHECK(response.status == 307);
    CHECK(hits == 0);
}

TEST_CASE("An answer that breaks off is a reset, not a short answer") {
    LoopbackServer server([&](const httplib::Request&, httplib::Response& response) {
        response.set_content_provider(1000, "application/json",
                                      [](std::size_t offset, std::size_t, httplib::DataSink& sink) {
                                          if (offset > 0) return false;
                                          return sink.write("{\"data\":", 8);
                                      });
    });
    CHECK(post(options_for(server.url())).error == TransportError::reset);
}

TEST_CASE("A server that never answers runs into the timeout") {
    std::shared_future<void> release;
    LoopbackServer server([&](const httplib::Request&, httplib::Response&) { release.wait(); });
    release = server.release;
    CurlOptions options = options_for(server.url());
    options.total_timeout = Milliseconds{50};
    CHECK(post(options).error == TransportError::timeout);
}

TEST_CASE("Unreachable places and untrusted answers are distinguished, without the token") {
    std::string closed;
    {
        LoopbackServer server([](const httplib::Request&, httplib::Response&) {});
        closed = server.url();
    }
    HttpResponse response = post(options_for(closed));
    CHECK(response.error == TransportError::connect);
    CHECK_FALSE(response.error_text.empty());
    CHECK(response.error_text.find("opensesame") == std::string::npos);

    LoopbackServer plain([](const httplib::Request&, httplib::Response&) {});
    response = post(options_for(plain.url("https")));
    CHECK(response.error == TransportError::tls);

    CurlOptions options = options_for("https://no-such-host.invalid/graphql");
    CHECK(post(options).error == TransportError::resolve);
}

TEST_CASE("Nothing is asked of a transport that is thrown away in flight") {
    std::shared_future<void> release;
    LoopbackServer server([&](const httplib::Request&, httplib::Response&) { release.wait(); });
    release = server.release;
    const auto transport = make_curl_transport(options_for(server.url()));
    REQUIRE(transport);
    (*transport)->start({"{}"});
    CHECK_FALSE((*transport)->wait(Milliseconds{0}));
}

TEST_CASE("The proxy of the settings is used, but never for a loopback address") {
    LoopbackServer server([](const httplib::Request&, httplib::Response& response) {
        response.set_content("{}", "application/json");
    });
    CurlOptions options = options_for(server.url());
    options.network.proxy = "http://127.0.0.1:1";
    CHECK(post(options).status == 200);
    options.endpoint = check_endpoint("https://api.example.org/graphql").value();
    CHECK(post(options).error == TransportError::connect);
}
