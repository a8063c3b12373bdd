// One search of the profile in one harvest: from the ledger's gaps to proved slices.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "harvest/requests.h"
#include "harvest/work.h"

namespace harvester::harvest {

class SearchJob {
  public:
    SearchJob(Work& work, const profile::SearchPolicy& policy);
    SearchJob(const SearchJob&) = delete;
    SearchJob& operator=(const SearchJob&) = delete;

    // Looks into the ledger and queues what is to be counted and read.
    Result<void> start();
    Result<void> counted(const Range& range, std::int64_t items);
    Result<void> arrived(std::unique_ptr<SliceTask> task, const github::SearchPage& page);
    // The request for a count or a page failed for good.
    Result<void> count_failed(const Range& range, const std::string& reason);
    void slice_failed(const SliceTask& task, const std::string& reason);
    // GitHub gives no list of this kind for one item: the item counts, with a note.
    void list_unavailable(const SliceTask& task, const std::string& url, github::ItemPart part);

    std::string count_text(const Range& range) const { return text_of({ledger_, range, ""}); }
    PageQuery page_of(const SliceTask& task) const;
    profile::Reading reading() const { return policy_.reading; }

  private:
    bool by_update() const { return policy_.axis == profile::Axis::updated; }
    std::string text_of(const cache::SliceKey& key) const;
    Result<void> start_by_date(const Range& range);
    Result<void> start_by_update();
    void ask(const Range& gap, double per_second);
    void read(const Range& range, int depth = 0);
    void count(const std::vector<Range>& ranges);
    Result<void> plan_counted();
    Result<void> completed(const SliceTask& task);
    Result<void> cut(std::unique_ptr<SliceTask> task);
    Result<void> cut_by_repository(const SliceTask& task);
    Result<void> give_up(const SliceTask& task, const std::string& reason);
    Result<void> part_done(RepositorySplit& split);
    void missing(const Range& range, const std::string& repository, std::optional<std::int64_t> items,
                 const std::string& reason);
    Result<void> settle();
    void doubt(const cache::Slice& slice, std::vector<std::string> vanished);
    std::optional<cache::Scope> scope() const;

    Work& work_;
    const profile::SearchPolicy& policy_;
    std::string name_;             // in the ledger
    std::string ledger_;           // of the slices under way: name_, but for searches by update
    Range range_;                  // asked for, up to now
    std::map<Instant, Bin> bins_;  // counted, not planned yet
    std::size_t counts_open_ = 0;
    std::size_t slices_open_ = 0;
    bool failed_ = false;
    // By update only: what was read, and since when, for the closing search of what moved meanwhile.
    std::set<std::string> ids_;
    Instant first_asked_{};
    std::size_t parts_ = 0;
    bool closing_ = false;
};

}  // namespace harvester::harvest
