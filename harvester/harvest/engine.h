// Turns what the jobs of a harvest want into requests, keeps a few of them in flight, and hands the answers
// back.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "harvest/files_job.h"
#include "harvest/search_job.h"
#include "harvest/work.h"

namespace harvester::harvest {

class Engine {
  public:
    // References outlive the engine.
    Engine(Work& work, github::Client& client, const std::function<void(const Progress&)>& progress);

    // Runs until nothing is wanted any more. Fails for the cache, the token and an interrupt.
    Result<void> run();

  private:
    // A page that waits for the rest of some of its items.
    struct HeldPage {
        std::unique_ptr<SliceTask> task;
        github::SearchPage page;
        std::size_t parts_open = 0;
        int parts_asked = 0;
        std::string trouble;
    };
    // What one call in flight was made for; only the members of its kind are set.
    struct Request {
        std::vector<CountTask> counts;
        std::vector<std::pair<std::string, std::unique_ptr<SliceTask>>> pages;  // by alias
        FilesJob* listing = nullptr;
        FilesJob* files = nullptr;
        std::shared_ptr<HeldPage> held;
        github::Continuation part;

        int questions() const {
            return static_cast<int>(counts.size() + pages.size()) + (listing != nullptr ? 1 : 0);
        }
    };

    Result<void> start_jobs();
    void send_wanted();
    void send_sweep();
    void send(github::Call call, Request request);
    Result<void> take(Request request, const github::Answer& answer);
    Result<void> take_searches(Request& request, const github::Answer& answer);
    Result<void> take_page(std::unique_ptr<SliceTask> task, github::SearchPage page);
    void divide(Request request);
    Result<void> take_part(Request& request, const github::Answer& answer);
    Result<void> release(HeldPage& held);
    void ask_part(std::shared_ptr<HeldPage> held, github::Continuation part);
    Result<void> give_up(Request& request, const std::string& reason);
    Result<void> give_up_queued(const std::string& reason);

    Work& work_;
    github::Client& client_;
    const std::function<void(const Progress&)>& progress_;
    std::vector<std::unique_ptr<SearchJob>> searches_;
    std::vector<std::unique_ptr<FilesJob>> files_;
    std::vector<FilesJob*> listings_;  // wanted
    std::vector<FilesJob*> texts_;     // wanted
    std::map<std::uint64_t, Request> in_flight_;
    std::uint64_t last_tag_ = 0;
    int failures_ = 0;
};

}  // namespace harvester::harvest
