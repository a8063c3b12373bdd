// A Transport that plays a script: it fails the test on a request that nobody expects, and on a script that
// isn't played to its end.
#pragma once

#include <deque>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/clock.h"
#include "catch.h"
#include "github/transport.h"

namespace harvester::github::test {

inline HttpResponse response(int status, std::string body,
                             std::vector<std::pair<std::string, std::string>> headers = {}) {
    HttpResponse out;
    out.status = status;
    out.body = std::move(body);
    out.headers = std::move(headers);
    out.headers.emplace_back("content-type", "application/json; charset=utf-8");
    out.headers.emplace_back("x-github-request-id", "C0DE:1");
    out.elapsed = Milliseconds{100};
    return out;
}

inline HttpResponse html(int status) {
    HttpResponse out = response(status, "<html><head><title>Bad Gateway</title></head></html>");
    out.headers = {{"content-type", "text/html"}};
    return out;
}

inline HttpResponse broken(TransportError error, std::string text = "it broke") {
    HttpResponse out;
    out.error = error;
    out.error_text = std::move(text);
    return out;
}

inline HttpResponse good(const std::string& word = "fine") {
    return response(200, R"({"data":{"word":")" + word + "\"}}");
}

class ScriptedTransport final : public Transport {
  public:
    using Answering = std::function<HttpResponse(const nlohmann::json& request)>;

    explicit ScriptedTransport(VirtualClock& clock) : clock_(clock) {}
    ~ScriptedTransport() override {
        if (std::uncaught_exceptions() == 0) CHECK(script_.empty());
    }

    void expect(HttpResponse response) {
        script_.push_back([response](const nlohmann::json&) { return response; });
    }
    void expect(Answering answering) { script_.push_back(std::move(answering)); }

    std::uint64_t start(HttpRequest request) override {
        const nlohmann::json body = nlohmann::json::parse(request.body);
        INFO("request: " << request.body);
        REQUIRE_FALSE(script_.empty());
        requests.push_back(body);
        started_at.push_back(clock_.now());
        HttpResponse answer = script_.front()(body);
        script_.pop_front();
        const auto ready = clock_.now() + answer.elapsed;
        flying_.push_back({++last_ticket_, ready, std::move(answer)});
        most_in_flight = std::max(most_in_flight, flying_.size());
        return last_ticket_;
    }

    std::optional<Completion> wait(Milliseconds timeout) override {
        const auto first =
            std::min_element(flying_.begin(), flying_.end(),
                             [](const Flight& a, const Flight& b) { return a.ready < b.ready; });
        const auto now = clock_.now();
        if (first == flying_.end() || first->ready > now + timeout) {
            clock_.advance(timeout);
            return std::nullopt;
        }
        if (first->ready > now) clock_.advance(first->ready - now);
        Completion completion{first->ticket, std::move(first->response)};
        flying_.erase(first);
        return completion;
    }

    std::vector<nlohmann::json> requests;
    std::vector<std::chrono::sys_time<Milliseconds>> started_at;
    std::size_t most_in_flight = 0;

  private:
    struct Flight {
        std::uint64_t ticket;
        std::chrono::sys_time<Milliseconds> ready;
        HttpResponse response;
    };

    VirtualClock& clock_;
    std::deque<Answering> script_;
    std::vector<Flight> flying_;
    std::uint64_t last_ticket_ = 0;
};

}  // namespace harvester::github::test
