// Proves that a slice arrived whole. Pure: pages in, ledger entries and the next step out.
#pragma once

#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "cache/store.h"
#include "github/decode.h"
#include "harvest/planner.h"

namespace harvester::harvest {

// What to do after a page.
enum class Step {
    page,      // ask the next page
    complete,  // distinct ids == issueCount, which was the same from the first page to the last
    again,     // they disagree: read the slice again from its start
    too_many,  // near GitHub's silent cap: cut it by what it holds
    disagree,  // read again and still wrong: cut it, or report it
};

class SliceReader {
  public:
    // A slice to be read from its start.
    SliceReader(cache::SliceKey key, const PlanLimits& limits);
    // One to go on with, from what the ledger and the members of the slice say.
    SliceReader(cache::Slice entry, std::span<const std::string> members, const PlanLimits& limits);

    // The ledger's entry as of the last page; its cursor is that of the next page.
    const cache::Slice& entry() const { return entry_; }
    const std::unordered_set<std::string>& ids() const { return ids_; }

    // Takes the answer to the page last wanted. `asked_at` goes into the entry. After Step::again the reader
    // is at the slice's start.
    Step take(const github::SearchPage& page, Instant asked_at);

  private:
    Step judge(const github::SearchPage& page);
    void start_anew();

    // Twice from the start, before a slice is cut.
    static constexpr int readings = 2;

    cache::Slice entry_;
    PlanLimits limits_;
    std::unordered_set<std::string> ids_;
    bool first_page_ = true;
    int reading_ = 1;
};

}  // namespace harvester::harvest
