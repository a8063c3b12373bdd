// Where the token comes from.
#pragma once

#include <string>

#include "base/failure.h"
#include "base/streams.h"
#include "base/time.h"

namespace harvester::github {

struct Token {
    std::string text;    // secret
    std::string source;  // "GH_TOKEN", "GITHUB_TOKEN" or "gh auth token": fit to be shown
};

// GH_TOKEN, then GITHUB_TOKEN, then what `gh auth token` says (GH_PATH may name the program). None, or one
// with spaces, control characters or letters beyond ASCII, is ExitCode::credentials.
Result<Token> find_token(const Environment& environment,
                         Milliseconds patience_with_gh = std::chrono::seconds{10});

}  // namespace harvester::github
