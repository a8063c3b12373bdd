#include "commands/review.h"

#include <fmt/format.h>

#include <sstream>

#include "base/child_program.h"
#include "base/clock.h"
#include "commands/propose.h"
#include "edition/draft_target.h"
#include "edition/harvest_session.h"
#include "edition/week.h"
#include "review/page.h"
#include "review/server.h"
#include "review/session.h"

namespace harvester::commands {
namespace {

review::Reply failed(const Failure& failure) {
    const int status = failure.code == ExitCode::usage ? 400 : failure.code == ExitCode::file ? 500 : 502;
    return {status, review::error_json(failure.message)};
}

// The reply of an answer that may fail.
template <class T>
review::Reply reply(const Result<T>& answer) {
    return answer ? review::Reply{200, review::to_json(*answer)} : failed(answer.error());
}

// Reads the request with `read` and answers it with `answer`.
template <class Read, class Answer>
auto answering(Read read, Answer answer) {
    return [read, answer](const std::string& body) {
        const auto request = read(body);
        return request ? reply(answer(*request)) : failed(request.error());
    };
}

// `propose` as the command line runs it, its output caught.
Result<review::ProposeOutcome> propose(const review::Session& session, const ReviewOptions& options,
                                       const review::ProposeRequest& request, cli::Context& context) {
    std::ostringstream out;
    Streams streams{context.streams.in, out, context.streams.err, false, false, context.streams.columns};
    cli::Context quiet{context.global, streams, context.clock, context.environment, context.working_folder};
    ProposeOptions propose;
    propose.issue = options.issue;
    propose.layout = options.layout;
    propose.dry_run = request.dry_run;
    propose.merge = [&](draft::DraftMergeInput input) { return session.decided_merge(std::move(input)); };
    const auto done = run_propose(propose, quiet);
    if (!done) return tl::unexpected(done.error());
    return request.dry_run ? review::ProposeOutcome{out.str(), ""}
                           : review::ProposeOutcome{"", out.str().substr(0, out.str().find('\n'))};
}

std::vector<review::Route> routes_of(review::Session& session, std::function<void()> end,
                                     const ReviewOptions& options, cli::Context& context) {
    return {
        {"GET", "/week", [&](const std::string&) { return reply(session.week()); }},
        {"GET", "/state",
         [&](const std::string&) {
             return review::Reply{200, review::to_json(session.state())};
         }},
        {"GET", "/preview", [&](const std::string&) { return reply(session.preview()); }},
        {"POST", "/decisions",
         answering(review::read_decision_request, [&](const auto& r) { return session.decide(r); })},
        {"POST", "/save",
         answering(review::read_save_request, [&](const auto& r) { return session.save(r); })},
        {"POST", "/propose",
         answering(review::read_propose_request,
                   [&, options](const auto& r) { return propose(session, options, r, context); })},
        {"POST", "/end",
         [end](const std::string& body) {
             if (const auto request = review::read_empty_request(body); !request)
                 return failed(request.error());
             end();
             return review::Reply{200, "{}"};
         }},
    };
}

// Harvests what is missing. Without the network the cache's content is shown, with the reason as a warning.
Result<std::vector<std::string>> bring_up_to_date(const edition::Week& week, cli::Context& context) {
    if (context.global.offline) return std::vector<std::string>{};
    const auto outcome = edition::run_harvest(context, week.profile, {week.issue.window.range(), week.issue},
                                              edition::Again::look);
    if (outcome) return std::vector<std::string>{};
    if (outcome.error().code != ExitCode::incomplete && outcome.error().code != ExitCode::credentials)
        return tl::unexpected(outcome.error());
    cli::say(context, "warning: " + outcome.error().message + "; going on with what the cache has");
    return std::vector<std::string>{outcome.error().message};
}

}  // namespace

Result<ExitCode> run_review(const ReviewOptions& options, cli::Context& context) {
    auto week = edition::open_draft_week(context, {options.issue, "", ""}, options.file);
    if (!week) return tl::unexpected(week.error());
    auto warnings = bring_up_to_date(*week, context);
    if (!warnings) return tl::unexpected(warnings.error());
    ReviewOptions resolved = options;
    resolved.issue = format_day(week->issue.date);
    auto session = review::Session::open(
        std::move(*week), {options.file, options.previous, options.layout, std::move(*warnings)}, context);
    if (!session) return tl::unexpected(session.error());

    review::Server* running = nullptr;
    review::Server server(routes_of(
                              *session, [&] { running->stop(); }, resolved, context),
                          review::embedded_files(),
                          [&](const std::string& sentence) { cli::say(context, sentence); });
    running = &server;
    if (const auto bound = server.bind(options.port); !bound) return tl::unexpected(bound.error());
    const std::string address = server.address();
    context.streams.out << address << std::endl;
    if (!session->file())
        cli::say(context, "no draft file: nothing can be saved; copy the text from the page, or name a FILE");
    cli::say(context, "the page is ready; Ctrl-C ends it");
    // Whether it works or not: the address is on the terminal, and connections wait until the server runs.
    if (!options.no_open) start_program({"xdg-open", address});
    server.run(interrupted);
    if (!session->saved()) cli::say(context, "ended; some decisions are not in the draft file yet");
    return ExitCode::done;
}

}  // namespace harvester::commands
