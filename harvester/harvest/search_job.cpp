#include "harvest/search_job.h"

#include <fmt/format.h>

#include <algorithm>

#include "harvest/coverage.h"
#include "harvest/requests.h"

namespace harvester::harvest {
namespace {

// A slice whose hits and count disagree is cut in halves so often before it is reported: what is wrong is
// then named to an eighth of the slice, at the price of some ten requests.
constexpr int deepest_cut = 3;

Seconds overlap_of(const profile::SearchPolicy& policy) {
    return std::chrono::hours{policy.overlap_hours};
}

}  // namespace

SearchJob::SearchJob(Work& work, const profile::SearchPolicy& policy)
    : work_(work),
      policy_(policy),
      name_(ledger_name(work.profile, policy)),
      ledger_(by_update() ? name_ + " (under way)" : name_),
      range_{work.request.range.from, std::min(work.request.range.to, work.request.now)} {}

std::string SearchJob::text_of(const cache::SliceKey& key) const {
    // By update, the last slice is open: an item that is updated while it is read must not fall out of it.
    const bool open_end = by_update() && key.range.to == work_.request.now;
    return search_text(work_.profile, policy_, key.range, key.repository, open_end);
}

PageQuery SearchJob::page_of(const SliceTask& task) const {
    return {text_of(task.reader.entry().key), task.reader.entry().cursor};
}

std::optional<cache::Scope> SearchJob::scope() const {
    // A search that asks for more than the date (a state, labels) says nothing about items that it doesn't
    // give; is:merged says no more than the date of the merge.
    if (by_update() || policy_.reading == profile::Reading::labelled) return std::nullopt;
    const auto axis =
        policy_.axis == profile::Axis::merged ? cache::Scope::Axis::merged : cache::Scope::Axis::created;
    return cache::Scope{axis, owner_of(work_.profile, policy_), policy_.repository};
}

Result<void> SearchJob::start() {
    if (range_.empty()) return {};
    return by_update() ? start_by_update() : start_by_date(range_);
}

Result<void> SearchJob::start_by_date(const Range& range) {
    auto slices = work_.store.slices(ledger_, range);
    if (!slices) return tl::unexpected(slices.error());
    std::vector<Range> covered;
    for (const cache::Slice& slice : *slices) {
        const Range& part = slice.key.range;
        if (slice.state == cache::SliceState::complete && slice.key.repository.empty()) {
            if (!work_.request.refresh && !by_update()) covered.push_back(proved(slice, overlap_of(policy_)));
            continue;
        }
        const bool inside = range.from <= part.from && part.to <= range.to;
        const bool resume = slice.state == cache::SliceState::open && !slice.cursor.empty() &&
                            slice.key.repository.empty() && inside && !work_.request.refresh;
        if (!resume) {
            if (auto forgotten = work_.store.restart_slice(slice.key); !forgotten) return forgotten;
            continue;
        }
        const auto members = work_.store.members(slice.key);
        if (!members) return tl::unexpected(members.error());
        covered.push_back(part);
        work_.slices.push_back(std::make_unique<SliceTask>(
            SliceTask{this, SliceReader(slice, *members, work_.limits), 0, nullptr}));
        ++slices_open_;
        first_asked_ = std::min(first_asked_, slice.asked_at);
        work_.progress.expected += slice.issue_count - slice.received;
    }
    for (const Range& gap : uncovered(range, std::move(covered))) ask(gap, density(gap, *slices));
    return {};
}

// What got a label in the range was updated since, so the search goes from the range's start to now. The
// ledger's entry under name_ is about the range; the slices by update are forgotten when all of them are
// there.
Result<void> SearchJob::start_by_update() {
    const auto entries = work_.store.slices(name_, range_);
    if (!entries) return tl::unexpected(entries.error());
    if (!work_.request.refresh && gaps(range_, *entries, overlap_of(policy_)).empty()) return {};
    first_asked_ = work_.request.now;
    const auto left_over = work_.store.slices(ledger_, {range_.from, work_.request.now});
    if (!left_over) return tl::unexpected(left_over.error());
    for (const cache::Slice& slice : *left_over)
        if (slice.state == cache::SliceState::complete)
            if (auto forgotten = work_.store.restart_slice(slice.key); !forgotten) return forgotten;
    return start_by_date({range_.from, work_.request.now});
}

void SearchJob::ask(const Range& gap, double per_second) {
    const double seconds = static_cast<double>((gap.to - gap.from).count());
    const double guess = policy_.expected_per_day / 86'400.0 * seconds;
    // By update nearly all changes of years are in the last weeks: a count is better than a guess, but costs
    // a request; the first page has the number as well, and mostly is all there is.
    const bool at_once =
        by_update() || (per_second < 0 && guess <= static_cast<double>(work_.limits.at_once));
    const auto bins = at_once ? std::vector<Range>() : first_bins(gap, per_second, work_.limits);
    if (!bins.empty()) return count(bins);
    work_.progress.expected += std::int64_t(per_second < 0 ? guess : per_second * seconds);
    read(gap);
}

void SearchJob::read(const Range& range, int depth) {
    work_.slices.push_back(std::make_unique<SliceTask>(
        SliceTask{this, SliceReader(cache::SliceKey{ledger_, range, ""}, work_.limits), depth, nullptr}));
    ++slices_open_;
}

void SearchJob::count(const std::vector<Range>& ranges) {
    for (const Range& range : ranges) work_.counts.push_back({this, range});
    counts_open_ += ranges.size();
}

Result<void> SearchJob::counted(const Range& range, std::int64_t items) {
    const Bin bin{range, items};
    const auto smaller = smaller_bins(bin, work_.limits);
    if (smaller.empty()) {
        bins_[range.from] = bin;
        work_.progress.expected += items;
    }
    count(smaller);
    if (--counts_open_ > 0) return {};
    if (auto planned = plan_counted(); !planned) return planned;
    return settle();
}

Result<void> SearchJob::plan_counted() {
    std::vector<Bin> run;
    const auto plan_run = [&]() -> Result<void> {
        for (const Bin& slice : join_bins(run, work_.limits)) {
            if (slice.count > 0) {
                read(slice.range);
                continue;
            }
            ++parts_;
            const cache::Slice nothing{{ledger_, slice.range, ""}, cache::SliceState::complete, 0, 0, "",
                                       work_.request.now};
            auto vanished = work_.store.commit_page(nothing, {}, scope());
            if (!vanished) return tl::unexpected(vanished.error());
            doubt(nothing, std::move(*vanished));
        }
        run.clear();
        return {};
    };
    for (const auto& [from, bin] : bins_) {
        if (!run.empty() && run.back().range.to != from)
            if (auto planned = plan_run(); !planned) return planned;
        run.push_back(bin);
    }
    bins_.clear();
    return plan_run();
}

Result<void> SearchJob::arrived(std::unique_ptr<SliceTask> task, const github::SearchPage& page) {
    const Step step = task->reader.take(page, work_.request.now);
    auto vanished = work_.store.commit_page(task->reader.entry(), page.items,
                                            step == Step::complete ? scope() : std::nullopt);
    if (!vanished) return tl::unexpected(vanished.error());
    doubt(task->reader.entry(), std::move(*vanished));
    for (const Item& item : page.items) work_.fresh.insert(item.id);
    work_.outcome.items += static_cast<std::int64_t>(page.items.size());
    work_.progress.received += static_cast<std::int64_t>(page.items.size());
    for (const std::string& note : page.notes) work_.outcome.notes.push_back(note);

    switch (step) {
        case Step::again:
            if (auto forgotten = work_.store.restart_slice(task->reader.entry().key); !forgotten)
                return forgotten;
            [[fallthrough]];
        case Step::page:
            work_.slices.push_front(std::move(task));  // a slice begun is ended first
            return {};
        case Step::complete:
            if (auto done = completed(*task); !done) return done;
            break;
        case Step::too_many:
        case Step::disagree:
            if (auto done = cut(std::move(task)); !done) return done;
            break;
    }
    --slices_open_;
    return settle();
}

void SearchJob::doubt(const cache::Slice& slice, std::vector<std::string> vanished) {
    if (!vanished.empty()) work_.vanished.push_back({policy_.name, slice, std::move(vanished)});
}

Result<void> SearchJob::completed(const SliceTask& task) {
    ++parts_;
    if (by_update()) ids_.insert(task.reader.ids().begin(), task.reader.ids().end());
    if (!task.split) return {};
    task.split->received += task.reader.entry().received;
    return part_done(*task.split);
}

Result<void> SearchJob::cut(std::unique_ptr<SliceTask> task) {
    const cache::Slice& entry = task->reader.entry();
    const auto seconds = (entry.key.range.to - entry.key.range.from).count();
    const bool too_many = entry.issue_count > work_.limits.cap;
    const bool can_halve = entry.key.repository.empty() && seconds > 1 && task->depth < deepest_cut;
    if (!too_many && !can_halve)
        return give_up(*task,
                       fmt::format("GitHub counts {} and gives {}", entry.issue_count, entry.received));
    if (too_many && seconds == 1 && !entry.key.repository.empty())
        return give_up(*task, fmt::format("one second of one repository holds {}, more than a search shows",
                                          entry.issue_count));
    if (too_many && seconds == 1) return cut_by_repository(*task);
    if (auto forgotten = work_.store.restart_slice(entry.key); !forgotten) return forgotten;
    if (too_many) {
        const auto pages = (entry.issue_count + work_.limits.page - 1) / work_.limits.page;
        count(cut_evenly(entry.key.range, static_cast<std::size_t>(std::max<std::int64_t>(2, pages))));
    } else {
        for (const Range& half : cut_evenly(entry.key.range, 2)) read(half, task->depth + 1);
    }
    return {};
}

Result<void> SearchJob::cut_by_repository(const SliceTask& task) {
    const cache::Slice& entry = task.reader.entry();
    const auto repositories = work_.store.repositories(owner_of(work_.profile, policy_));
    if (!repositories) return tl::unexpected(repositories.error());
    if (!policy_.repository.empty() || repositories->empty())
        return give_up(task, fmt::format("one second holds {}, more than a search shows", entry.issue_count));
    auto split = std::make_shared<RepositorySplit>();
    split->whole = entry.key;
    split->expected = entry.issue_count;
    split->left = repositories->size();
    for (const std::string& repository : *repositories) {
        SliceReader reader(cache::SliceKey{ledger_, entry.key.range, repository}, work_.limits);
        work_.slices.push_back(
            std::make_unique<SliceTask>(SliceTask{this, std::move(reader), deepest_cut, split}));
        ++slices_open_;
    }
    return {};
}

Result<void> SearchJob::give_up(const SliceTask& task, const std::string& reason) {
    const cache::Slice& entry = task.reader.entry();
    cache::Slice incomplete = entry;
    incomplete.state = cache::SliceState::incomplete;
    incomplete.cursor.clear();
    missing(entry.key.range, entry.key.repository,
            std::max<std::int64_t>(1, entry.issue_count - entry.received), reason);
    if (by_update()) ids_.insert(task.reader.ids().begin(), task.reader.ids().end());
    if (auto saved = work_.store.save_slice(incomplete); !saved) return saved;
    if (!task.split) return {};
    task.split->failed = true;
    return part_done(*task.split);
}

Result<void> SearchJob::part_done(RepositorySplit& split) {
    if (--split.left > 0 || split.failed) return {};
    if (split.received != split.expected) {
        missing(split.whole.range, "", std::max<std::int64_t>(1, split.expected - split.received),
                fmt::format("one second holds {}, and the known repositories give {}", split.expected,
                            split.received));
        return {};
    }
    return work_.store.save_slice(
        {split.whole, cache::SliceState::complete, split.expected, split.received, "", work_.request.now});
}

void SearchJob::missing(const Range& range, const std::string& repository, std::optional<std::int64_t> items,
                        const std::string& reason) {
    failed_ = true;
    work_.outcome.missing.push_back({policy_.name, by_update() ? range_ : range, repository, items, reason});
}

Result<void> SearchJob::count_failed(const Range& range, const std::string& reason) {
    missing(range, "", std::nullopt, reason);
    return --counts_open_ > 0 ? Result<void>() : plan_counted();
}

void SearchJob::slice_failed(const SliceTask& task, const std::string& reason) {
    missing(task.reader.entry().key.range, task.reader.entry().key.repository, std::nullopt, reason);
    if (task.split) task.split->failed = true;
    --slices_open_;
}

// Files are null for good where a pull request is very large; that must not keep a search from its end.
void SearchJob::list_unavailable(const SliceTask& task, const std::string& url, github::ItemPart part) {
    if (part == github::ItemPart::paths)
        work_.outcome.notes.push_back(fmt::format(
            "{}: GitHub gives no list of its files; see whether it belongs into the {}", url, policy_.name));
    else
        missing(task.reader.entry().key.range, "", 1, fmt::format("GitHub gives no labels of {}", url));
}

// Called when a count or a slice has ended: for a search by update, what is to be done when all have.
Result<void> SearchJob::settle() {
    if (!by_update() || counts_open_ > 0 || slices_open_ > 0 || failed_) return {};
    if (parts_ > 1 && !closing_) {
        // While the parts were read, an item may have moved from one not read yet into one read before.
        closing_ = true;
        read({std::min(first_asked_, work_.request.now) - Seconds{1}, work_.request.now});
        return {};
    }
    const auto parts = work_.store.slices(ledger_, {Instant::min(), Instant::max()});
    if (!parts) return tl::unexpected(parts.error());
    for (const cache::Slice& part : *parts)
        if (auto forgotten = work_.store.restart_slice(part.key); !forgotten) return forgotten;
    const auto items = static_cast<std::int64_t>(ids_.size());
    return work_.store.save_slice(
        {{name_, work_.request.range, ""}, cache::SliceState::complete, items, items, "", work_.request.now});
}

}  // namespace harvester::harvest
