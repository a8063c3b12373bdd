// A server for one page of one person on this machine: safe against other pages of the same browser and other
// programs of the machine. It knows files, routes and bytes, nothing of what they mean.
//
// Only the loopback address is bound. The address that is printed has a token that works once and is
// exchanged for a cookie (HttpOnly, SameSite=Strict); everything else needs the cookie. Host must be the
// server's own (DNS rebinding), Origin and Sec-Fetch-Site must not be another's (cross-site requests). Paths
// are compared whole with a list: no file is ever looked up. Bodies have a bound. A Content-Security-Policy
// allows the page's own files only.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/failure.h"
#include "queries/embedded.h"

namespace harvester::review {

struct Reply {
    int status = 200;
    std::string body;  // JSON
};

struct Route {
    std::string method;  // "GET" or "POST"; a POST has a JSON body
    std::string path;    // "/week"
    // Called by one thread at a time.
    std::function<Reply(const std::string& body)> answer;
};

class Server {
  public:
    // `files` are served by their names, "index.html" as "/" too. `talk` gets sentences for the person at the
    // terminal, from any thread.
    Server(std::vector<Route> routes, std::span<const queries::EmbeddedFile> files,
           std::function<void(const std::string& sentence)> talk);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // Binds a port of the loopback address, any free one for 0. Fails with ExitCode::usage when it is in use.
    Result<void> bind(int port);
    // "http://127.0.0.1:4321/open?token=...": works once. Requires: bound.
    std::string address() const;
    // Serves until `ended` is true, which is asked several times a second, or until stop().
    void run(const std::function<bool()>& ended);
    // Ends run() after the replies under way. May be called by an answer.
    void stop();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace harvester::review
