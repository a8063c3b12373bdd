// An HTTP server on a free port of the loopback address, for the time of a test.
#pragma once

#include <httplib.h>

#include <future>
#include <string>
#include <thread>

namespace harvester::github::test {

class LoopbackServer {
  public:
    // Every POST to /graphql gets what `handler` makes of it.
    explicit LoopbackServer(httplib::Server::Handler handler) {
        server_.Post("/graphql", std::move(handler));
        port_ = server_.bind_to_any_port("127.0.0.1");
        thread_ = std::thread([this] { server_.listen_after_bind(); });
    }
    ~LoopbackServer() {
        released.set_value();
        while (!server_.is_running()) std::this_thread::yield();
        server_.stop();
        thread_.join();
    }
    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;

    int port() const { return port_; }
    std::string url(const std::string& scheme = "http") const {
        return scheme + "://127.0.0.1:" + std::to_string(port_) + "/graphql";
    }

    std::promise<void> released;  // set at the end: for handlers that never answer
    std::shared_future<void> release = released.get_future().share();

  private:
    httplib::Server server_;
    int port_ = 0;
    std::thread thread_;
};

}  // namespace harvester::github::test
