// Checks whether what is complete by GitHub's search index is really complete. The index may lack items for
// hours or days, and then its count and its hits agree on too few. An item may also change after it was
// harvested. So the slices of a window are counted again, what vanished from a search is looked up by its id,
// what was updated since is fetched again, and some repositories' own lists are compared. A sudden drop never
// counts as complete or gone before a second source agrees.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "github/client.h"
#include "harvest/requests.h"
#include "harvest/work.h"

namespace harvester::harvest {

class SecondLook {
  public:
    // References outlive the second look. Nothing may be pending at the client while it works.
    SecondLook(Work& work, github::Client& client) : work_(work), client_(client) {}

    // Before the searches: counts the complete slices of the window again and forgets those whose count has
    // changed, so that they are read again. One request for each twenty slices. Fails for the cache, the
    // token and an interrupt, as all functions here; other trouble is noted as missing.
    Result<void> count_again();

    // After the searches: looks at the items that vanished, and, when the request wants a second look, at
    // what was updated since and at the profile's second sources.
    Result<void> take();

  private:
    // A complete slice of the window, and the text that counts it.
    struct Known {
        cache::Slice slice;
        std::string text;
    };
    Result<std::vector<Known>> known_slices() const;
    Result<void> count_again(std::span<const Known> slices);
    Result<std::optional<Instant>> last_look() const;
    Result<std::vector<std::string>> items_by_label_and_path() const;
    std::vector<SecondLookQuery::Repository> repositories() const;

    Result<void> ask(SecondLookQuery query);
    Result<void> take_items(const std::vector<std::string>& ids, const github::SecondLookAnswer& answer,
                            const github::Answer& raw);
    Result<void> take_merges(const std::vector<Item>& merges);
    void take_name(const std::string& asked, const std::string& name);
    Result<void> judge_vanished();
    Result<void> judge_number();
    Result<void> doubt_all(const std::string& reason);
    Result<std::int64_t> merged_in(const Range& range) const;
    Range passed() const {
        return {work_.request.range.from, std::min(work_.request.range.to, work_.request.now)};
    }
    void failed(const std::string& reason);
    // The answer to a call; nullopt: it failed, which is noted.
    Result<std::optional<github::Answer>> answer_to(github::Call call);

    Work& work_;
    github::Client& client_;
    std::optional<Instant> changes_since_;  // complete slices of the window are as old as this
    std::set<std::string> there_, gone_;    // ids that were looked up
    std::vector<Item> left_out_;            // that exist, and no search gave
    bool sources_answered_ = false;         // a second source gave merged pull requests
};

}  // namespace harvester::harvest
