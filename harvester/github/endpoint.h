// Where the questions go, and by which way: settled before the token is sent anywhere.
#pragma once

#include <string>

#include "base/failure.h"
#include "base/streams.h"

namespace harvester::github {

struct Endpoint {
    std::string url;
    std::string host;
    bool loopback = false;
};

// https, or plain http to a loopback address; no user name or password, no fragment. Anything else is
// ExitCode::usage, naming --api-url.
Result<Endpoint> check_endpoint(const std::string& url);

// The usual variables of the environment.
struct NetworkSettings {
    std::string ca_file;    // CURL_CA_BUNDLE, SSL_CERT_FILE; empty: the system's
    std::string ca_folder;  // SSL_CERT_DIR
    std::string proxy;      // https_proxy, HTTPS_PROXY, all_proxy, ALL_PROXY
    std::string no_proxy;   // no_proxy, NO_PROXY
};

NetworkSettings network_settings(const Environment& environment);

}  // namespace harvester::github
