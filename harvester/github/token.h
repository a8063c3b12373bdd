// Where the token comes from. Each token belongs to a host and never goes to another one.
#pragma once

#include <string>

#include "base/failure.h"
#include "base/streams.h"
#include "base/time.h"
#include "github/endpoint.h"

namespace harvester::github {

struct Token {
    std::string text;    // secret
    std::string source;  // "GH_TOKEN" or "gh auth token --hostname github.com": fit to be shown
};

enum class Purpose { read, write };

// The token for an endpoint, by gh's conventions. GH_TOKEN and GITHUB_TOKEN belong to github.com and
// *.ghe.com, or to the server that GITHUB_SERVER_URL names (in Actions); HARVESTER_WRITE_TOKEN goes before
// them to write. GH_ENTERPRISE_TOKEN and GITHUB_ENTERPRISE_TOKEN belong to every other host. Loopback takes
// either. Then what `gh auth token --hostname` prints (GH_PATH may name the program). None, or one with
// spaces, control characters or letters beyond ASCII, is ExitCode::credentials.
Result<Token> find_token(const Environment& environment, const Endpoint& endpoint, Purpose purpose,
                         Milliseconds patience_with_gh = std::chrono::seconds{10});

}  // namespace harvester::github
