// A GitHub of a made-up population behind the Client seam: answers the documents of a harvest by GitHub's
// rules (inclusive ranges of seconds, silent cap of 1,000 hits, offset cursors) and records what it was
// asked. Tests bend its answers with hooks. An operation or a qualifier that it doesn't know fails the test.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "catch.h"
#include "github/client.h"
#include "model.h"

namespace made_up {

struct Population {
    std::vector<harvester::Item> items;
    nlohmann::json repository = nullptr;  // answer to a listing
    nlohmann::json files = nullptr;       // answer to RepositoryFiles
};

class FakeGitHub final : public harvester::github::Client {
  public:
    explicit FakeGitHub(Population population) : population_(std::move(population)) {}

    Population& population() { return population_; }
    // Called with each page of a search before it is sent: the search text, its cursor, the page.
    std::function<void(const std::string&, const std::string&, nlohmann::json&)> bend;
    // Called with the number of each call, from 1; a failure is handed out instead of the answer.
    std::function<std::optional<harvester::Failure>(int)> trouble;
    // Calls that are too much work in one request; those that can be divided are answered so, others fail.
    std::function<bool(const harvester::github::Call&)> heavy;
    // Whether GitHub's search index has an item; all are, when empty. Its objects have it nevertheless.
    std::function<bool(const harvester::Item&)> indexed;
    std::vector<harvester::github::PartialError> partial_errors;  // of every answer
    std::map<std::string, std::string> renamed;                   // repositories: old name, new name

    const std::vector<std::string>& operations() const { return operations_; }  // in order
    const std::vector<std::string>& searches() const { return searches_; }  // texts of pages that were read
    std::size_t requests() const { return operations_.size(); }
    void forget_requests() {
        operations_.clear();
        searches_.clear();
    }

    void ask(harvester::github::Call call) override { queue_.push_back(std::move(call)); }
    std::pair<std::uint64_t, harvester::Result<harvester::github::Answer>> next() override;
    std::size_t pending() const override { return queue_.size(); }
    harvester::github::ClientStatistics statistics() const override;
    int page_size(std::string_view operation) const override;
    void set_page_size(std::string_view operation, int size) override {
        sizes_[std::string(operation)] = size;
    }

  private:
    nlohmann::json second_look(const nlohmann::json& variables);
    nlohmann::json search(const std::string& text, const std::string& cursor, int first,
                          const std::string& reading);

    Population population_;
    std::deque<harvester::github::Call> queue_;
    std::vector<std::string> operations_, searches_;
    std::map<std::string, int> sizes_;
    std::int64_t bytes_ = 0;
    std::int64_t sent_ = 0;
};

// A merged pull request of acme/anvil, or of another repository.
harvester::Item merged_pull(int number, harvester::Instant merged_at,
                            const std::string& repository = "acme/anvil");

}  // namespace made_up
