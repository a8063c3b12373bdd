#include "github/client.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <deque>
#include <map>
#include <random>
#include <unordered_map>

#include "github/body.h"
#include "github/governor.h"
#include "github/limit_policy.h"
#include "github/page_sizes.h"
#include "github/redact.h"

namespace harvester::github {
namespace {

// How long the transport may keep the client from noticing an interrupt.
constexpr Milliseconds longest_look{200};

std::function<double()> standard_jitter() {
    return [generator = std::minstd_rand(std::random_device{}())]() mutable {
        return std::uniform_real_distribution<double>(0, 1)(generator);
    };
}

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

// A call on its way: waiting to be sent, in flight, or waiting to be sent again.
struct Work {
    Call call;
    Attempt attempt;
    Moment due{};  // not to be sent before
    int sent_size = 0;
};

class QueueingClient final : public Client {
  public:
    QueueingClient(Transport& transport, Clock& clock, ClientOptions options, Talk talk)
        : transport_(transport),
          clock_(clock),
          options_(std::move(options)),
          talk_(std::move(talk)),
          governor_({options_.in_flight, options_.server_seconds_per_minute, Milliseconds{1000}},
                    clock.now()) {
        if (!options_.jitter) options_.jitter = standard_jitter();
    }

    void ask(Call call) override { waiting_.emplace(++last_sequence_, Work{std::move(call), {}, {}, 0}); }

    std::pair<std::uint64_t, Result<Answer>> next() override {
        while (done_.empty()) step();
        auto first = std::move(done_.front());
        done_.pop_front();
        return first;
    }

    std::size_t pending() const override { return waiting_.size() + flying_.size() + done_.size(); }
    ClientStatistics statistics() const override { return statistics_; }
    std::string token_source() const override { return options_.token_source; }
    int page_size(std::string_view operation) const override { return sizes_.current(operation); }
    void set_page_size(std::string_view operation, int size) override { sizes_.set(operation, size); }

  private:
    using Waiting = std::map<std::uint64_t, Work>;  // by the order of asking

    void step() {
        if (!clock_.sleep(Milliseconds{0})) return stop();
        const std::optional<Moment> next = start_what_may();
        if (!done_.empty()) return;
        const Moment now = clock_.now();
        if (!flying_.empty()) {
            const Milliseconds look = next ? std::min(longest_look, *next - now) : longest_look;
            if (auto completion = transport_.wait(look)) arrived(std::move(*completion));
        } else if (next) {
            statistics_.waited += *next - now;
            if (!clock_.sleep(*next - now)) stop();
        }
    }

    // Sends what may be sent now. Returns when the next one may go; nullopt: not before one in flight ended.
    std::optional<Moment> start_what_may() {
        while (!waiting_.empty()) {
            const Moment now = clock_.now();
            if (now < hold_until_ && hold_until_ - now > options_.max_wait) {
                fail_waiting(
                    too_long_a_wait(hold_reason_, hold_until_, clock_.now_seconds(), options_.max_wait));
                return std::nullopt;
            }
            const auto first = first_due(now);
            auto start = governor_.next_start(std::max(now, first->second.due), first->second.call.mutation);
            if (start) start = std::max<Moment>(*start, hold_until_);
            if (!start || *start > now) return start;
            send(first);
        }
        return std::nullopt;
    }

    // The earliest asked of those that may go by now; else the one that may go soonest.
    Waiting::iterator first_due(Moment now) {
        return std::min_element(waiting_.begin(), waiting_.end(), [now](const auto& a, const auto& b) {
            return std::max(a.second.due, now) < std::max(b.second.due, now);
        });
    }

    void send(Waiting::iterator position) {
        auto node = waiting_.extract(position);
        Work& work = node.mapped();
        work.sent_size = std::clamp(work.call.page_size, 1, sizes_.current(work.call.operation.name));
        work.attempt.mutation = work.call.mutation;
        work.attempt.can_shrink = !work.call.page_size_name.empty() && work.sent_size > 1;
        work.attempt.divisible = work.call.divisible;
        work.attempt.page_size = work.sent_size;
        auto body = request_body(work.call, work.sent_size);
        if (!body) {
            done_.emplace_back(work.call.tag, tl::unexpected<Failure>(body.error()));
            return;
        }
        ++statistics_.requests;
        governor_.started(clock_.now(), work.call.mutation);
        const std::uint64_t ticket = transport_.start({std::move(*body)});
        flying_.emplace(ticket, Flight{node.key(), std::move(work)});
    }

    void arrived(Completion completion) {
        auto node = flying_.extract(completion.ticket);
        if (node.empty()) return;  // given up before
        Flight& flight = node.mapped();
        HttpResponse& response = completion.response;
        governor_.ended(clock_.now(), response.elapsed);
        note(response);
        // What is still in flight may show that the token is good.
        flight.work.attempt.token_worked = token_worked_ || !flying_.empty();
        const BodyFacts facts =
            response.error == TransportError::none ? inspect_body(response.body) : BodyFacts{};
        const Step step =
            decide(response, facts, flight.work.attempt, clock_.now_seconds(), policy(), options_.jitter());
        hold(step);
        const Call& call = flight.work.call;
        switch (step.action) {
            case Action::use:
                return finish(flight.work, std::move(response), facts);
            case Action::fail:
                done_.emplace_back(call.tag,
                                   fail(step.failure.code, redact(step.failure.message, options_.secret)));
                return;
            case Action::divide:
                return divide(flight.work, step);
            case Action::wait:
                ++flight.work.attempt.limits;
                break;
            case Action::shrink:
                sizes_.shrink(call.operation.name, flight.work.sent_size);
                break;
            case Action::retry:
                ++flight.work.attempt.failures;
                break;
        }
        say_repetition(step, flight.work);
        flight.work.due = clock_.now() + step.delay;
        waiting_.emplace(flight.sequence, std::move(flight.work));
    }

    PolicyOptions policy() const {
        PolicyOptions policy;
        policy.attempts = options_.attempts;
        policy.max_wait = options_.max_wait;
        policy.secret = options_.secret;
        policy.token_source = options_.token_source;
        return policy;
    }

    void note(const HttpResponse& response) {
        statistics_.bytes += static_cast<std::int64_t>(response.body.size());
        statistics_.server_time += response.elapsed;
        if (response.error == TransportError::none && response.status == 200) token_worked_ = true;
        if (const auto remaining = number(response.header("x-ratelimit-remaining")))
            statistics_.remaining = remaining;
        if (const auto reset = number(response.header("x-ratelimit-reset")))
            statistics_.resets_at = Instant{Seconds{*reset}};
    }

    void finish(const Work& work, HttpResponse response, const BodyFacts& facts) {
        if (!work.call.page_size_name.empty()) sizes_.succeeded(work.call.operation.name, work.sent_size);
        Answer answer;
        answer.tag = work.call.tag;
        answer.request_id = phrase(response.header("x-github-request-id"), options_.secret);
        answer.bytes = response.body.size();
        answer.body = std::move(response.body);
        answer.page_size = work.sent_size;
        for (const PartialError& error : facts.errors)
            answer.partial_errors.push_back({phrase(error.type, options_.secret),
                                             phrase(error.path, options_.secret),
                                             phrase(error.message, options_.secret)});
        done_.emplace_back(work.call.tag, std::move(answer));
    }

    void divide(const Work& work, const Step& step) {
        say(step.reason + ": splitting it");
        Answer answer;
        answer.tag = work.call.tag;
        answer.too_heavy = true;
        done_.emplace_back(work.call.tag, std::move(answer));
    }

    // Nothing is sent before `until`; said once.
    void hold(const Step& step) {
        if (step.until <= clock_.now() || step.until <= hold_until_) return;
        hold_until_ = step.until;
        hold_reason_ = redact(step.reason, options_.secret);
        if (step.action == Action::wait)
            say(fmt::format("{}: continuing at {}", hold_reason_, format_clock(step.until)));
    }

    void say_repetition(const Step& step, const Work& work) {
        if (step.action == Action::retry)
            say(fmt::format("{}: retrying in {:.1f} s", step.reason,
                            std::chrono::duration<double>(step.delay).count()));
        if (step.action == Action::shrink)
            say(fmt::format("{}: retrying with a page of {}", step.reason,
                            std::min(work.call.page_size, sizes_.current(work.call.operation.name))));
    }

    void say(const std::string& sentence) {
        if (talk_) talk_(redact(sentence, options_.secret));
    }

    void fail_waiting(const Failure& failure) {
        for (auto& [sequence, work] : waiting_)
            done_.emplace_back(work.call.tag, tl::unexpected<Failure>(failure));
        waiting_.clear();
    }

    // Interrupted: every call ends, and what is still in flight is not waited for.
    void stop() {
        for (auto& [ticket, flight] : flying_) {
            governor_.ended(clock_.now(), Milliseconds{0});
            waiting_.emplace(flight.sequence, std::move(flight.work));
        }
        flying_.clear();
        fail_waiting({ExitCode::interrupted, "interrupted: run the same command again to go on"});
    }

    struct Flight {
        std::uint64_t sequence = 0;
        Work work;
    };

    Transport& transport_;
    Clock& clock_;
    ClientOptions options_;
    Talk talk_;
    Governor governor_;
    PageSizes sizes_;
    ClientStatistics statistics_;
    std::uint64_t last_sequence_ = 0;
    Waiting waiting_;
    std::unordered_map<std::uint64_t, Flight> flying_;  // by the transport's ticket
    std::deque<std::pair<std::uint64_t, Result<Answer>>> done_;
    bool token_worked_ = false;  // GitHub took the token in this run
    Instant hold_until_{};
    std::string hold_reason_;
};

}  // namespace

std::unique_ptr<Client> make_client(Transport& transport, Clock& clock, ClientOptions options,
                                    Client::Talk talk) {
    return std::make_unique<QueueingClient>(transport, clock, std::move(options), std::move(talk));
}

}  // namespace harvester::github
