// Asks GraphQL operations through a Transport under the limit policy and the governor, and hands out
// answers that are fit to decode. Retries, waits, page sizes and secrets are its business, not the caller's.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/failure.h"
#include "github/transport.h"

namespace harvester::github {

// One document of queries/github/, embedded. Both views live as long as the program.
struct Operation {
    std::string_view name;      // "MergedPullRequests", the operation's name inside the document
    std::string_view document;  // GraphQL text
};

// Finds the document github/NAME.graphql; empty when there is none.
std::optional<Operation> find_operation(std::string_view file_stem);

struct Call {
    Operation operation;
    std::string variables;       // JSON object without the page size
    std::string page_size_name;  // variable that holds the page size, "first"; empty: nothing to shrink
    int page_size = 100;         // wanted; the client may send less, see Answer
    // Holds several questions that could be asked apart: when GitHub can't do it in one request, the answer
    // says so (Answer::too_heavy) before the page gets small.
    bool divisible = false;
    bool mutation = false;  // repeated only when GitHub refused it for a limit, thus without doing it
    std::uint64_t tag = 0;  // the caller's own
};

// An entry of errors[] that concerns one part of the answer only; a mutation that was refused (STALE_DATA)
// has its payload null and the reason here.
struct PartialError {
    std::string type;     // "NOT_FOUND"; may be empty
    std::string path;     // "search.nodes.3"
    std::string message;  // redacted
};

struct Answer {
    std::uint64_t tag = 0;
    std::string body;  // JSON, checked from end to end, with an object as data; for decode.h
    std::vector<PartialError> partial_errors;
    int page_size = 0;       // as sent
    bool too_heavy = false;  // of a divisible call: nothing was answered, ask its questions apart
    std::string request_id;  // x-github-request-id
    std::size_t bytes = 0;
};

struct ClientOptions {
    int in_flight = 4;                                // 1: strictly serial
    Milliseconds max_wait{std::chrono::minutes{15}};  // for one wait that a limit asks for
    double server_seconds_per_minute = 60;            // token bucket of the governor
    int attempts = 5;                                 // per request, for transient failures
    std::string secret;                               // the token: removed from every sentence
    std::string token_source;                         // "GH_TOKEN": named when the token is refused
    std::function<double()> jitter;                   // in [0, 1); empty: the standard library's generator
};

struct ClientStatistics {
    std::int64_t requests = 0;  // sent, repetitions included
    std::int64_t bytes = 0;
    Milliseconds server_time{0};
    Milliseconds waited{0};
    std::optional<std::int64_t> remaining;  // points left of the hour, as the last answer said
    std::optional<Instant> resets_at;
};

class Client {
  public:
    using Talk = std::function<void(const std::string&)>;  // waits and retries, a sentence each

    virtual ~Client() = default;
    // Queues a call. Calls start in the order in which they were queued.
    virtual void ask(Call call) = 0;
    // The next call that ended, in any order; blocks. Requires pending() > 0.
    // The failure's code is credentials, incomplete or interrupted; `tag` of the failed call is in the pair.
    virtual std::pair<std::uint64_t, Result<Answer>> next() = 0;
    virtual std::size_t pending() const = 0;
    virtual ClientStatistics statistics() const = 0;
    // Where the token came from, fit to be shown; empty: not known.
    virtual std::string token_source() const { return {}; }
    // Page size that worked last for an operation, to be remembered between runs.
    virtual int page_size(std::string_view operation) const = 0;
    virtual void set_page_size(std::string_view operation, int size) = 0;
};

// `transport` and `clock` outlive the client.
std::unique_ptr<Client> make_client(Transport& transport, Clock& clock, ClientOptions options,
                                    Client::Talk talk);

}  // namespace harvester::github
