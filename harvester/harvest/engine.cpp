#include "harvest/engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "harvest/coverage.h"

namespace harvester::harvest {
namespace {

// Calls handed to the client at a time: enough for its own limit of calls in flight, few enough that what an
// answer teaches still counts for the next ones.
constexpr std::size_t most_calls = 8;

// A sweep carries up to so many pages of the big searches; more of them are better read side by side.
constexpr std::size_t merged_in_sweep = 2;

// The client has repeated a call some times before it gives it up. After so many, the rest isn't tried.
constexpr int most_failures = 3;

// Further pages of one item's labels, events and paths together.
constexpr int most_parts = 30;

// An organisation that forbids a kind of token answers with hits that are all null, and FORBIDDEN for each:
// to ask on would bring no more.
Result<void> forbidden_by_policy(const github::SearchPage& page, const github::Answer& answer) {
    if (!page.items.empty() || page.null_nodes == 0) return {};
    for (const github::PartialError& error : answer.partial_errors)
        if (error.type == "FORBIDDEN")
            return fail(ExitCode::credentials,
                        fmt::format("GitHub shows this token nothing (request {}): {}; use a token that the "
                                    "organisation allows",
                                    answer.request_id, error.message));
    return {};
}

}  // namespace

Engine::Engine(Work& work, github::Client& client, const std::function<void(const Progress&)>& progress)
    : work_(work), client_(client), progress_(progress) {}

Result<void> Engine::start_jobs() {
    for (const auto& policy : work_.profile.harvest.searches) {
        if (!asked_for(policy, work_.request.range)) continue;
        searches_.push_back(std::make_unique<SearchJob>(work_, policy));
        if (auto started = searches_.back()->start(); !started) return started;
    }
    if (!work_.request.issue) return {};
    for (const auto& policy : work_.profile.harvest.files) {
        files_.push_back(std::make_unique<FilesJob>(work_, policy, *work_.request.issue));
        const auto wanted = files_.back()->start();
        if (!wanted) return tl::unexpected(wanted.error());
        if (*wanted) listings_.push_back(files_.back().get());
    }
    return {};
}

Result<void> Engine::run() {
    if (auto started = start_jobs(); !started) return started;
    for (;;) {
        if (failures_ >= most_failures)
            if (auto done = give_up_queued("not asked, because requests before it failed"); !done)
                return done;
        send_wanted();
        if (client_.pending() == 0) return {};
        auto [tag, answer] = client_.next();
        const auto found = in_flight_.find(tag);
        if (found == in_flight_.end()) continue;
        Request request = std::move(found->second);
        in_flight_.erase(found);
        work_.progress.requests = client_.statistics().requests;
        if (!answer) {
            if (answer.error().code != ExitCode::incomplete) return tl::unexpected(answer.error());
            if (auto done = give_up(request, answer.error().message); !done) return done;
        } else if (auto taken = take(std::move(request), *answer); !taken) {
            return taken;
        }
        progress_(work_.progress);
    }
}

void Engine::send(github::Call call, Request request) {
    call.tag = ++last_tag_;
    call.divisible = request.questions() > 1;
    in_flight_.emplace(call.tag, std::move(request));
    client_.ask(std::move(call));
}

void Engine::send_wanted() {
    while (client_.pending() < most_calls && !work_.counts.empty()) {
        Request request;
        std::vector<std::string> texts;
        while (!work_.counts.empty() && texts.size() < static_cast<std::size_t>(work_.counted.now)) {
            texts.push_back(work_.counts.front().job->count_text(work_.counts.front().range));
            request.counts.push_back(work_.counts.front());
            work_.counts.pop_front();
        }
        send(counts_call(texts), std::move(request));
    }
    send_sweep();
    while (client_.pending() < most_calls && !texts_.empty()) {
        Request request;
        request.files = texts_.back();
        texts_.pop_back();
        auto call = files_call(request.files->repository(), request.files->queries());
        send(std::move(call), std::move(request));
    }
    for (auto task = work_.slices.begin(); task != work_.slices.end() && client_.pending() < most_calls;) {
        if ((*task)->job->reading() != profile::Reading::merged) {
            ++task;
            continue;
        }
        Request request;
        const PageQuery page = (*task)->job->page_of(**task);
        request.pages.emplace_back("search", std::move(*task));
        task = work_.slices.erase(task);
        send(merged_call(page), std::move(request));
    }
}

// The small searches share requests; a page or two of merged pull requests ride with them.
void Engine::send_sweep() {
    auto& slices = work_.slices;
    const auto merged =
        static_cast<std::size_t>(std::count_if(slices.begin(), slices.end(), [](const auto& task) {
            return task->job->reading() == profile::Reading::merged;
        }));
    const auto most = static_cast<std::size_t>(work_.sweeps.now);
    const bool ride = merged <= merged_in_sweep && most > merged;
    while (client_.pending() < most_calls && (!listings_.empty() || slices.size() > merged)) {
        Sweep sweep;
        Request request;
        if (!listings_.empty()) {
            sweep.add(listings_.back()->listing());
            request.listing = listings_.back();
            listings_.pop_back();
        }
        for (auto task = slices.begin(); task != slices.end();) {
            if (static_cast<std::size_t>(request.questions()) >= most) break;
            const auto reading = (*task)->job->reading();
            const bool wanted = reading != profile::Reading::merged || ride;
            const std::string alias =
                wanted ? sweep.add(reading, (*task)->job->page_of(**task)) : std::string();
            if (alias.empty()) {
                ++task;
                continue;
            }
            request.pages.emplace_back(alias, std::move(*task));
            task = slices.erase(task);
        }
        send(sweep.call(), std::move(request));
    }
}

// GitHub could not do it in one request: its questions go back into the queues, and fewer share the next
// ones.
void Engine::divide(Request request) {
    (request.counts.empty() ? work_.sweeps : work_.counted).too_many(request.questions());
    work_.counts.insert(work_.counts.begin(), request.counts.begin(), request.counts.end());
    for (auto& [alias, task] : request.pages) work_.slices.push_back(std::move(task));
    if (request.listing != nullptr) listings_.push_back(request.listing);
}

Result<void> Engine::take(Request request, const github::Answer& answer) {
    if (answer.too_heavy) {
        divide(std::move(request));
        return {};
    }
    if (request.held) return take_part(request, answer);
    if (!request.files) return take_searches(request, answer);
    const auto files = github::decode_files(answer);
    if (!files) return give_up(request, files.error().message);
    return request.files->read(*files);
}

Result<void> Engine::take_searches(Request& request, const github::Answer& answer) {
    auto decoded = github::decode_searches(answer);
    if (!decoded) return give_up(request, decoded.error().message);
    const auto page_of = [&](const std::string& alias) {
        return std::find_if(decoded->pages.begin(), decoded->pages.end(),
                            [&](const auto& page) { return page.alias == alias; });
    };
    for (std::size_t i = 0; i < request.counts.size(); ++i) {
        const CountTask& count = request.counts[i];
        const auto page = page_of(fmt::format("count{}", i + 1));
        if (page == decoded->pages.end()) {
            if (auto done = count.job->count_failed(count.range, "GitHub's answer lacks its count"); !done)
                return done;
        } else if (auto taken = count.job->counted(count.range, page->issue_count); !taken) {
            return taken;
        }
    }
    for (auto& [alias, task] : request.pages) {
        const auto page = page_of(alias);
        if (page != decoded->pages.end())
            if (auto forbidden = forbidden_by_policy(*page, answer); !forbidden) return forbidden;
        if (page == decoded->pages.end()) {
            task->job->slice_failed(*task, "GitHub's answer lacks it");
        } else if (auto taken = take_page(std::move(task), std::move(*page)); !taken) {
            return taken;
        }
    }
    if (request.listing == nullptr) return {};
    if (auto listed = request.listing->listed(decoded->listing); !listed) return listed;
    if (!request.listing->queries().empty()) texts_.push_back(request.listing);
    return {};
}

Result<void> Engine::take_page(std::unique_ptr<SliceTask> task, github::SearchPage page) {
    SearchJob* const job = task->job;
    if (page.continuations.empty()) return job->arrived(std::move(task), page);
    // The page waits for the rest of its items, so that it goes into the cache whole.
    auto held = std::make_shared<HeldPage>();
    held->task = std::move(task);
    held->page = std::move(page);
    const auto continuations = std::move(held->page.continuations);
    for (const github::Continuation& part : continuations) ask_part(held, part);
    return {};
}

void Engine::ask_part(std::shared_ptr<HeldPage> held, github::Continuation part) {
    ++held->parts_open;
    ++held->parts_asked;
    Request request;
    github::Call call = part_call(part);
    request.held = std::move(held);
    request.part = std::move(part);
    send(std::move(call), std::move(request));
}

Result<void> Engine::take_part(Request& request, const github::Answer& answer) {
    HeldPage& held = *request.held;
    auto decoded = github::decode_item_part(answer);
    const auto item = std::find_if(held.page.items.begin(), held.page.items.end(),
                                   [&](const Item& i) { return i.id == request.part.id; });
    if (!decoded) {
        held.trouble = decoded.error().message;
    } else if (decoded->unavailable) {
        held.task->job->list_unavailable(*held.task, item->url, request.part.part);
    } else if (item != held.page.items.end() && !decoded->gone) {
        const bool anew = request.part.cursor.empty();
        const auto extend = [&](auto& whole, auto& more) {
            if (anew) whole.clear();
            whole.insert(whole.end(), std::make_move_iterator(more.begin()),
                         std::make_move_iterator(more.end()));
        };
        if (request.part.part == github::ItemPart::labels) {
            extend(item->labels, decoded->names);
        } else if (request.part.part == github::ItemPart::paths) {
            if (!item->paths) item->paths.emplace();
            extend(*item->paths, decoded->paths);
        } else {
            if (!item->label_events) item->label_events.emplace();
            extend(*item->label_events, decoded->events);
        }
        const bool moves_on =
            decoded->has_next && !decoded->end_cursor.empty() && decoded->end_cursor != request.part.cursor;
        if (moves_on && held.parts_asked < most_parts)
            ask_part(request.held, {request.part.id, request.part.part, decoded->end_cursor});
        else if (decoded->has_next)
            work_.outcome.notes.push_back(
                fmt::format("{}: its list of labels, events or paths was not read to the end", item->url));
    }
    return release(held);
}

Result<void> Engine::release(HeldPage& held) {
    if (--held.parts_open > 0) return {};
    SearchJob* const job = held.task->job;
    if (held.trouble.empty()) return job->arrived(std::move(held.task), held.page);
    job->slice_failed(*held.task, held.trouble);
    return {};
}

Result<void> Engine::give_up(Request& request, const std::string& reason) {
    ++failures_;
    for (const CountTask& count : request.counts)
        if (auto done = count.job->count_failed(count.range, reason); !done) return done;
    for (auto& [alias, task] : request.pages) task->job->slice_failed(*task, reason);
    if (request.listing != nullptr) request.listing->failed(reason);
    if (request.files != nullptr) request.files->failed(reason);
    if (!request.held) return {};
    request.held->trouble = reason;
    return release(*request.held);
}

Result<void> Engine::give_up_queued(const std::string& reason) {
    // Counts that failed may leave slices to be read, so these come after them.
    const auto counts = std::exchange(work_.counts, {});
    for (const CountTask& count : counts)
        if (auto done = count.job->count_failed(count.range, reason); !done) return done;
    const auto slices = std::exchange(work_.slices, {});
    for (const auto& task : slices) task->job->slice_failed(*task, reason);
    for (FilesJob* job : std::exchange(listings_, {})) job->failed(reason);
    for (FilesJob* job : std::exchange(texts_, {})) job->failed(reason);
    return {};
}

}  // namespace harvester::harvest
