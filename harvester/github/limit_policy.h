// What to do with what arrived: one pure function, so that every way in which GitHub can refuse is a row of a
// table.
#pragma once

#include <string>

#include "base/failure.h"
#include "base/time.h"
#include "github/body.h"
#include "github/transport.h"

namespace harvester::github {

enum class Action {
    use,     // hand the answer out
    wait,    // GitHub asks everybody to wait: nothing is sent before `until`, then this request again
    shrink,  // this request again after `delay`, with a smaller page
    divide,  // too much for one request: its questions are to be asked apart
    retry,   // this request again after `delay`
    fail,    // give up on this request
};

struct PolicyOptions {
    int attempts = 5;                                 // of one request that fails for passing reasons
    int limit_waits = 5;                              // of one request that meets limits
    Milliseconds max_wait{std::chrono::minutes{15}};  // for one wait
    std::string_view secret;                          // the token: removed from what the server says
    std::string_view token_source;                    // "GH_TOKEN"; empty: not known
};

// What is known of the request.
struct Attempt {
    int failures = 0;  // of passing kinds, before this one
    int limits = 0;    // limits met before this one
    bool mutation = false;
    bool can_shrink = false;
    bool divisible = false;
    int page_size = 0;          // as sent
    bool token_worked = false;  // GitHub took the token before: a refusal may pass
};

struct Step {
    Action action = Action::use;
    Instant until{};  // nothing may be sent before; also with `use` and `fail`
    Milliseconds delay{0};
    std::string reason;  // a phrase for people: "GitHub's hourly limit is used up"
    Failure failure;     // of `fail`
};

// `response` with its facts (which are ignored when the transport failed); `jitter` in [0, 1) spreads the
// delays. Texts of the server in the result are not redacted yet.
Step decide(const HttpResponse& response, const BodyFacts& facts, const Attempt& attempt, Instant now,
            const PolicyOptions& options, double jitter);

// The failure in place of a wait that is longer than allowed.
Failure too_long_a_wait(const std::string& reason, Instant until, Instant now, Milliseconds max_wait);

}  // namespace harvester::github
