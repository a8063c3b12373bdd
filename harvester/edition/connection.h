// The way to GitHub that the context names: endpoint, token, limits.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "cli/context.h"
#include "github/client.h"
#include "github/token.h"
#include "github/transport.h"
#include "model.h"

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

// The token for the endpoint that the context names. Fails with ExitCode::usage (endpoint), ::credentials (no
// token).
Result<github::Token> find_token(const cli::Context& context, github::Purpose purpose);

// Finds the endpoint and the token and makes a client that keeps at most `in_flight` requests in flight, one
// with --serial. Sends nothing yet; names the host on stderr when it isn't GitHub's usual one. Fails with
// ExitCode::usage (endpoint), ::credentials (no token).
Result<Connection> connect(const cli::Context& context, int in_flight, github::Client::Talk talk,
                           github::Purpose purpose = github::Purpose::read);

// ---- items asked of GitHub one by one, by their URLs: what no harvest brought ----

// Keys are those of markdown::link_key.
struct LookedUp {
    std::map<std::string, Item> items;
    std::set<std::string> missing;  // GitHub has none, or the token can't see it
};

// Fails when an answer didn't arrive.
Result<LookedUp> look_up_items(github::Client& client, const std::vector<std::string>& urls);

}  // namespace harvester::edition
