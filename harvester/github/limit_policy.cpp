#include "github/limit_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "github/redact.h"

namespace harvester::github {
namespace {

constexpr std::int64_t farthest = 4'000'000'000;  // seconds; no header is believed beyond that

// A header that is a count of seconds; nullopt when it isn't there or is something else.
std::optional<std::int64_t> header_seconds(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0 || value > farthest)
        return std::nullopt;
    return value;
}

// Whether `text` has `words`, which are in lower case.
bool mentions(std::string_view text, std::string_view words) {
    return std::search(text.begin(), text.end(), words.begin(), words.end(),
                       [](char a, char b) { return to_lower(a) == b; }) != text.end();
}

class Decider {
  public:
    Decider(const HttpResponse& response, const BodyFacts& facts, const Attempt& attempt, Instant now,
            const PolicyOptions& options, double jitter)
        : response_(response),
          facts_(facts),
          attempt_(attempt),
          now_(now),
          options_(options),
          jitter_(jitter) {}

    Step decide() const {
        if (response_.error != TransportError::none) return transport_failed();
        if (response_.status == 401) return token_refused();
        if (response_.status >= 300 && response_.status < 400) return redirected();
        if (any_text("secondary rate") || any_text("submitted too quickly")) return secondary_limit();
        if (has_error("RATE_LIMITED") || has_error("RATE_LIMIT") || has_error("graphql_rate_limit") ||
            any_text("api rate limit"))
            return primary_limit();
        if (response_.status == 200) return answered();
        return refused();
    }

  private:
    // ---- what the response says ----

    std::optional<std::int64_t> header(std::string_view name) const {
        return header_seconds(response_.header(name));
    }

    std::optional<Instant> reset() const {
        const auto seconds = header("x-ratelimit-reset");
        return seconds ? std::optional<Instant>(Instant{Seconds{*seconds}}) : std::nullopt;
    }

    bool has_error(std::string_view type) const {
        return std::any_of(facts_.errors.begin(), facts_.errors.end(),
                           [&](const PartialError& error) { return error.type == type; });
    }

    // In errors[], in the root's message and in bodies that are no JSON.
    bool any_text(std::string_view words) const {
        constexpr std::size_t enough = 4'096;
        return mentions(facts_.message, words) ||
               (facts_.broken && mentions(std::string_view(response_.body).substr(0, enough), words)) ||
               std::any_of(facts_.errors.begin(), facts_.errors.end(),
                           [&](const PartialError& error) { return mentions(error.message, words); });
    }

    bool is_json() const {
        const std::string_view type = response_.header("content-type");
        return mentions(type, "application/json") || mentions(type, "+json");
    }

    std::string request() const {
        const std::string_view id = response_.header("x-github-request-id");
        return id.empty() ? std::string("request without id") : "request " + phrase(id, options_.secret);
    }

    std::string server_words() const {
        if (!facts_.message.empty()) return phrase(facts_.message, options_.secret);
        return facts_.errors.empty() ? std::string("no reason given")
                                     : phrase(facts_.errors.front().message, options_.secret);
    }

    // ---- what to do ----

    Step give_up(ExitCode code, std::string sentence) const {
        Step step;
        step.action = Action::fail;
        step.failure = {code, std::move(sentence)};
        return step;
    }

    Step again(Action action, std::string reason, Milliseconds delay) const {
        Step step;
        step.action = action;
        step.reason = std::move(reason);
        step.delay = delay;
        return step;
    }

    Milliseconds backoff(int failures) const {
        const double seconds = std::min(60.0, std::ldexp(1.0, std::clamp(failures, 0, 10)));
        return Milliseconds{static_cast<std::int64_t>(seconds * 1000 * (0.5 + jitter_ / 2))};
    }

    // `sent`: whether the request may have reached GitHub, so that a mutation may have been done.
    Step transient(const std::string& what, bool sent = true) const {
        if (attempt_.mutation && sent)
            return give_up(
                ExitCode::incomplete,
                fmt::format("{} ({}), so that nobody knows whether GitHub made the change: run the same "
                            "command again, which looks first",
                            what, request()));
        if (attempt_.failures + 1 >= options_.attempts)
            return give_up(ExitCode::incomplete,
                           fmt::format("{} ({}), {} times in a row: run the same command again later", what,
                                       request(), attempt_.failures + 1));
        return again(Action::retry, what, backoff(attempt_.failures));
    }

    // For work that was too much for one request: first a smaller page, then its questions apart. Searches
    // that share a request get no smaller page than this, because alone they bear a larger one.
    static constexpr int smallest_shared_page = 25;

    // `surely`: GitHub said so; else it may have been an accident, and one more try is worth it.
    Step too_much(const std::string& what, bool surely = false) const {
        if (attempt_.mutation) return transient(what);
        const bool shared_as_small_as_may_be =
            !attempt_.can_shrink || attempt_.page_size <= smallest_shared_page;
        if (attempt_.divisible && shared_as_small_as_may_be &&
            (surely || attempt_.can_shrink || attempt_.failures > 0))
            return again(Action::divide, what, Milliseconds{0});
        if (attempt_.can_shrink) return again(Action::shrink, what, backoff(0));
        if (!surely) return transient(what);
        return give_up(
            ExitCode::incomplete,
            fmt::format("{}, even alone and with the smallest page ({}); run the same command again "
                        "later",
                        what, request()));
    }

    // In the middle of a run GitHub sometimes refuses a token that it took before and takes again.
    Step token_refused() const {
        constexpr int patience_with_refusals = 2;
        if (attempt_.token_worked && attempt_.failures < patience_with_refusals)
            return again(Action::retry, "GitHub refused the token that it took before (401)",
                         backoff(attempt_.failures + 2));
        const std::string source(options_.token_source);
        return give_up(
            ExitCode::credentials,
            fmt::format("GitHub refused the token{} (401): it is wrong, expired or revoked; {}",
                        source.empty() ? "" : " from " + source,
                        source.starts_with("gh ")
                            ? "log in again with `gh auth login`"
                            : fmt::format("set {} to a valid one", source.empty() ? "GH_TOKEN" : source)));
    }

    Step hold(const std::string& reason, Instant until) const {
        if (attempt_.limits >= options_.limit_waits)
            return give_up(ExitCode::incomplete,
                           fmt::format("{} ({}), even after {} waits: run the same command again in an hour",
                                       reason, request(), attempt_.limits));
        Step step;
        step.until = until;
        step.reason = reason;
        step.action = Action::wait;
        if (until - now_ > options_.max_wait) {
            step.action = Action::fail;
            step.failure = too_long_a_wait(reason, until, now_, options_.max_wait);
        }
        return step;
    }

    // 60 s, doubled at each further limit; for refusals that name no time.
    Instant patience() const { return now_ + Seconds{60} * (1 << std::clamp(attempt_.limits, 0, 10)); }

    // Clocks differ: a reset that has passed already is not believed.
    Instant after_reset() const {
        const auto time = reset();
        return time && *time >= now_ ? *time + Seconds{1} : patience();
    }

    Step primary_limit() const { return hold("GitHub's limit for this hour is used up", after_reset()); }

    Step secondary_limit() const {
        const std::string reason = "GitHub's secondary rate limit was reached";
        if (const auto wait = header("retry-after")) return hold(reason, now_ + Seconds{*wait + 1});
        return hold(reason, header("x-ratelimit-remaining") == 0 ? after_reset() : patience());
    }

    Step transport_failed() const {
        const std::string text = phrase(response_.error_text, options_.secret);
        switch (response_.error) {
            case TransportError::interrupted:
                return give_up(ExitCode::interrupted, "interrupted: run the same command again to go on");
            case TransportError::redirect:
                return redirected();
            case TransportError::too_large:
                if (attempt_.can_shrink) return too_much("GitHub's answer was larger than allowed");
                return give_up(
                    ExitCode::incomplete,
                    fmt::format("GitHub's answer is larger than allowed ({}): {}", request(), text));
            case TransportError::timeout:
                return too_much("GitHub did not answer in time");
            case TransportError::resolve:
            case TransportError::connect:
                return transient(fmt::format("GitHub cannot be reached ({})", text), false);
            case TransportError::tls:
                return transient(fmt::format("no safe connection to GitHub ({})", text));
            default:
                return transient(fmt::format("the connection to GitHub broke ({})", text));
        }
    }

    Step redirected() const {
        return give_up(
            ExitCode::incomplete,
            fmt::format(
                "GitHub sends elsewhere ({}), which is not followed because the token is for one host "
                "only: check --api-url",
                response_.status));
    }

    // 200: errors may come with data.
    Step answered() const {
        if (has_error("RESOURCE_LIMITS_EXCEEDED") || any_text("resource limits for this query exceeded"))
            return too_much("the query was too much work for GitHub", true);
        if (out_of_time()) return too_much("GitHub ran out of time");
        if (facts_.broken)
            return transient(is_json() ? fmt::format("GitHub's answer arrived damaged: {}", *facts_.broken)
                                       : std::string("GitHub answered with something else than JSON"));
        if (!facts_.data) return no_data();
        // An error without a type is an accident at GitHub's side: fetched again, and lived with in the end.
        if (has_error("") && !attempt_.mutation && attempt_.failures + 1 < options_.attempts)
            return transient(fmt::format("GitHub answered in part ({})", server_words()));
        Step step;
        if (header("x-ratelimit-remaining") == 0) {
            step.until = after_reset();
            step.reason = "GitHub's limit for this hour is used up";
        }
        return step;
    }

    bool out_of_time() const {
        return any_text("something went wrong while executing your query") ||
               any_text("couldn't respond to your request in time");
    }

    Step no_data() const {
        if (facts_.errors.empty() && facts_.message.empty())
            return transient("GitHub's answer holds no data");
        if (has_error("FORBIDDEN") || has_error("INSUFFICIENT_SCOPES") || any_text("resource not accessible"))
            return forbidden();
        return give_up(
            ExitCode::incomplete,
            fmt::format("GitHub refused the query ({}): {}; report this as a bug of harvester, or give "
                        "another --api-url",
                        request(), server_words()));
    }

    Step forbidden() const {
        return give_up(
            ExitCode::credentials,
            fmt::format("the token lacks a permission ({}): {}; give it read access, and for `propose` also "
                        "write access to contents and pull requests",
                        request(), server_words()));
    }

    // Any status but 200, 3xx and 401.
    Step refused() const {
        const int status = response_.status;
        if (header("retry-after") && (status == 403 || status == 429 || status == 503))
            return hold(status == 503 ? "GitHub is not available" : "GitHub's rate limit was reached",
                        now_ + Seconds{*header("retry-after") + 1});
        if (status == 403) return header("x-ratelimit-remaining") == 0 ? primary_limit() : forbidden();
        if (status == 429) return header("x-ratelimit-remaining") == 0 ? primary_limit() : secondary_limit();
        if (status == 502 || status == 504 || out_of_time())
            return too_much(fmt::format("GitHub ran out of time ({})", status));
        if (status >= 500 || status == 408)
            return transient(fmt::format("GitHub is in trouble ({})", status));
        if (status == 404)
            return give_up(ExitCode::usage,
                           "there is no GraphQL interface at this URL (404): check --api-url");
        if (status >= 400)
            return give_up(ExitCode::incomplete,
                           fmt::format("GitHub refused the request ({}, {}): {}; report this as a bug "
                                       "of harvester, or give another --api-url",
                                       status, request(), server_words()));
        return transient(fmt::format("GitHub returned unexpected status {}", status));
    }

    const HttpResponse& response_;
    const BodyFacts& facts_;
    const Attempt& attempt_;
    const Instant now_;
    const PolicyOptions& options_;
    const double jitter_;
};

}  // namespace

Step decide(const HttpResponse& response, const BodyFacts& facts, const Attempt& attempt, Instant now,
            const PolicyOptions& options, double jitter) {
    return Decider(response, facts, attempt, now, options, jitter).decide();
}

Failure too_long_a_wait(const std::string& reason, Instant until, Instant now, Milliseconds max_wait) {
    const bool today =
        std::chrono::floor<std::chrono::days>(until) == std::chrono::floor<std::chrono::days>(now);
    return {
        ExitCode::incomplete,
        fmt::format(
            "{}: it can go on at {}, which is longer than --max-wait {} allows; run the same command again "
            "then",
            reason, today ? format_clock(until) : format_instant(until),
            std::chrono::duration_cast<Seconds>(max_wait).count())};
}

}  // namespace harvester::github
