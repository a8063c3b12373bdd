// The way to GitHub that the context names: endpoint, token, limits.
#pragma once

#include <memory>
#include <string>

#include "cli/context.h"
#include "github/client.h"
#include "github/token.h"
#include "github/transport.h"

namespace harvester::edition {

struct Connection {
    std::unique_ptr<github::Transport> transport;  // outlives the client
    std::unique_ptr<github::Client> client;

    Connection(std::unique_ptr<github::Transport> t, std::unique_ptr<github::Client> c)
        : transport(std::move(t)), client(std::move(c)) {}
    Connection(Connection&&) = default;
    // A member-wise one would let go of the old transport before the old client.
    Connection& operator=(Connection&&) = delete;
};

// The token for the endpoint that the context names. Fails with ExitCode::usage (endpoint), ::credentials (no token).
Result<github::Token> find_token(const cli::Context& context, github::Purpose purpose);

// Finds the endpoint and the token and makes a client that keeps at most `in_flight` requests in flight, one
// with --serial. Sends nothing yet; names the host on stderr when it isn't GitHub's usual one. Fails with
// ExitCode::usage (endpoint), ::credentials (no token).
Result<Connection> connect(const cli::Context& context, int in_flight, github::Client::Talk talk,
                           github::Purpose purpose = github::Purpose::read);

}  // namespace harvester::edition
