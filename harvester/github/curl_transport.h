// The Transport over libcurl: HTTP/2 where it is offered, connections kept, answers compressed, TLS verified,
// no redirect followed. One thread; its waits are libcurl's.
#pragma once

#include <memory>
#include <string>

#include "github/endpoint.h"
#include "github/transport.h"

namespace harvester::github {

struct CurlOptions {
    Endpoint endpoint;
    std::string token;  // goes into the Authorization header and nowhere else; empty: no such header
    std::string user_agent;
    NetworkSettings network;
    std::size_t largest_body = 10u << 20;  // bytes, decompressed
    Milliseconds connect_timeout{30'000};
    Milliseconds total_timeout{30'000};  // GitHub itself gives up after ten seconds
};

Result<std::unique_ptr<Transport>> make_curl_transport(CurlOptions options);

}  // namespace harvester::github
