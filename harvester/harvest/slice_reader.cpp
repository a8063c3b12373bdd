#include "harvest/slice_reader.h"

#include <utility>

namespace harvester::harvest {

SliceReader::SliceReader(cache::SliceKey key, const PlanLimits& limits) : limits_(limits) {
    entry_.key = std::move(key);
}

SliceReader::SliceReader(cache::Slice entry, std::span<const std::string> members, const PlanLimits& limits)
    : entry_(std::move(entry)), limits_(limits), ids_(members.begin(), members.end()), first_page_(false) {}

Step SliceReader::take(const github::SearchPage& page, Instant asked_at) {
    entry_.asked_at = asked_at;
    const Step step = judge(page);
    entry_.state = step == Step::complete   ? cache::SliceState::complete
                   : step == Step::disagree ? cache::SliceState::incomplete
                                            : cache::SliceState::open;
    if (step == Step::again) start_anew();
    return step;
}

Step SliceReader::judge(const github::SearchPage& page) {
    const bool count_moved = !first_page_ && page.issue_count != entry_.issue_count;
    const std::string asked_cursor = entry_.cursor;
    first_page_ = false;
    entry_.issue_count = page.issue_count;
    for (const Item& item : page.items) ids_.insert(item.id);
    entry_.received = static_cast<std::int64_t>(ids_.size());
    entry_.cursor.clear();
    const Step retry = reading_ < readings ? Step::again : Step::disagree;

    // A second cannot be cut by time: all that is shown of it is read, to learn the repositories it is of.
    const bool one_second = entry_.key.range.to - entry_.key.range.from <= Seconds{1};
    if (page.issue_count > limits_.cap && !(one_second && page.has_next && page.end_cursor != asked_cursor))
        return Step::too_many;
    if (count_moved) return retry;  // insertions shift the pages: what came before may have holes
    const bool moves_on = page.end_cursor != asked_cursor && !page.end_cursor.empty() &&
                          (!page.items.empty() || page.null_nodes > 0);
    if (page.has_next && moves_on) {
        entry_.cursor = page.end_cursor;
        return Step::page;
    }
    return entry_.received == entry_.issue_count ? Step::complete : retry;
}

void SliceReader::start_anew() {
    ++reading_;
    first_page_ = true;
    ids_.clear();
    entry_.received = 0;
    entry_.cursor.clear();
}

}  // namespace harvester::harvest
