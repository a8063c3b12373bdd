// github/: knows HTTP and GraphQL, nothing of newsletters or of the cache.
// This header is the Transport seam: POST requests, several of which may be in flight; one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"

namespace harvester::github {

struct HttpRequest {
    std::string body;  // JSON, UTF-8; the transport knows the URL and the token
};

enum class TransportError {
    none,
    resolve,
    connect,
    tls,
    timeout,
    reset,
    too_large,
    redirect,
    interrupted,
    other
};

struct HttpResponse {
    TransportError error = TransportError::none;
    std::string error_text;                                    // one phrase; never holds the token
    int status = 0;                                            // 0 when no status line arrived
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    std::string body;         // decompressed; what arrived, even when `error` is set
    Milliseconds elapsed{0};  // from start to the last byte: server time plus the way

    // First value of a header; empty when it isn't there. `name` in lower case.
    std::string_view header(std::string_view name) const {
        for (const auto& [key, value] : headers)
            if (key == name) return value;
        return {};
    }
};

struct Completion {
    std::uint64_t ticket = 0;
    HttpResponse response;
};

class Transport {
  public:
    virtual ~Transport() = default;
    // Starts one POST; the ticket names its completion. Never blocks.
    virtual std::uint64_t start(HttpRequest request) = 0;
    // The next request that ended, waiting at most `timeout`; nullopt when none ended in time.
    virtual std::optional<Completion> wait(Milliseconds timeout) = 0;
};

}  // namespace harvester::github
