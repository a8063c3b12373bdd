#include "stats/coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace harvester::stats {
namespace {

using cache::Slice;
using cache::SliceState;

constexpr Instant beginning{};

bool at_midnight(Instant t) {
    return t == std::chrono::floor<std::chrono::days>(t);
}

// Ranges without overlap, by time.
std::vector<Range> merged(std::vector<Range> ranges) {
    std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.from < b.from; });
    std::vector<Range> out;
    for (const Range& range : ranges) {
        if (range.empty()) continue;
        if (out.empty() || range.from > out.back().to)
            out.push_back(range);
        else
            out.back().to = std::max(out.back().to, range.to);
    }
    return out;
}

// The parts of `range` that `covered` (without overlap, by time) leaves out.
std::vector<Range> holes(const Range& range, const std::vector<Range>& covered) {
    std::vector<Range> out;
    Instant at = range.from;
    for (const Range& c : covered) {
        if (c.to <= at) continue;
        if (c.from >= range.to) break;
        if (c.from > at) out.push_back({at, c.from});
        at = c.to;
    }
    if (at < range.to) out.push_back({at, range.to});
    return out;
}

// What is known of one repository ("": of the organisation).
class Ledger {
  public:
    Ledger(std::span<const Slice> slices, const std::string& repository) : repository_(repository) {
        std::vector<Range> complete;
        for (const Slice& slice : slices) {
            if (!slice.key.repository.empty() && slice.key.repository != repository) continue;
            if (slice.state == SliceState::complete)
                complete.push_back({slice.key.range.from, std::min(slice.key.range.to, slice.asked_at)});
            else
                unfinished_.push_back(&slice);
        }
        covered_ = merged(std::move(complete));
    }

    void add_gaps(const Range& range, std::vector<Gap>& gaps) const {
        for (const Range& hole : holes(range, covered_)) {
            std::vector<Range> asked;
            for (const Slice* slice : unfinished_) {
                const Range part{std::max(hole.from, slice->key.range.from),
                                 std::min(hole.to, slice->key.range.to)};
                if (part.empty()) continue;
                asked.push_back(part);
                gaps.push_back({Gap::Reason::incomplete, part, repository_,
                                std::max<std::int64_t>(0, slice->issue_count - slice->received)});
            }
            for (const Range& rest : holes(hole, merged(std::move(asked))))
                gaps.push_back({Gap::Reason::not_harvested, rest, repository_, 0});
        }
    }

    std::optional<Instant> known_since(Instant start) const {
        for (const Range& c : covered_)
            if (c.from <= start && start <= c.to) return c.from;
        return std::nullopt;
    }

  private:
    std::string repository_;
    std::vector<Range> covered_;
    std::vector<const Slice*> unfinished_;
};

std::vector<std::string> full_names(const Filters& filters, const std::string& organisation) {
    std::vector<std::string> out;
    for (const std::string& name : filters.repositories)
        out.push_back(name.find('/') == std::string::npos ? organisation + "/" + name : name);
    return out;
}

// The ledger's name of a search is the profile's, alone or with what its answer depends on behind a colon.
bool is_search(const std::string& slice, const std::string& wanted) {
    return slice == wanted ||
           (slice.starts_with(wanted) && slice.size() > wanted.size() && slice[wanted.size()] == ':');
}

}  // namespace

Coverage cover(std::span<const Slice> slices, const Range& range,
               const std::vector<std::string>& repositories, Instant now) {
    Coverage out;
    const Range past{range.from, std::min(range.to, now)};
    if (repositories.empty()) {
        const Ledger ledger(slices, "");
        if (!past.empty()) ledger.add_gaps(past, out.gaps);
        out.known_since = ledger.known_since(range.from);
    } else {
        out.known_since = beginning;
        for (const std::string& repository : repositories) {
            const Ledger ledger(slices, repository);
            if (!past.empty()) ledger.add_gaps(past, out.gaps);
            const auto since = ledger.known_since(range.from);
            out.known_since =
                since && out.known_since ? std::optional(std::max(*since, *out.known_since)) : std::nullopt;
        }
        // A hole that all of them share is one of the organisation's search.
        if (repositories.size() > 1) {
            Coverage whole;
            Ledger(slices, "").add_gaps(past, whole.gaps);
            std::vector<Gap> mine = std::exchange(out.gaps, {});
            for (const Gap& gap : whole.gaps) {
                const auto same = [&](const Gap& g) {
                    return g.reason == gap.reason && g.range == gap.range && g.missing == gap.missing;
                };
                if (std::count_if(mine.begin(), mine.end(), same) !=
                    static_cast<std::ptrdiff_t>(repositories.size()))
                    continue;
                std::erase_if(mine, same);
                out.gaps.push_back(gap);
            }
            out.gaps.insert(out.gaps.end(), mine.begin(), mine.end());
        }
    }
    if (range.to > now)
        out.gaps.push_back({Gap::Reason::future, {std::max(range.from, now), range.to}, "", 0});
    std::stable_sort(out.gaps.begin(), out.gaps.end(),
                     [](const Gap& a, const Gap& b) { return a.range.from < b.range.from; });
    return out;
}

std::string format_range(const Range& range) {
    using std::chrono::days;
    using std::chrono::floor;
    if (!at_midnight(range.from) || !at_midnight(range.to))
        return fmt::format("{} to {}", format_instant(range.from), format_instant(range.to));
    const Day first = floor<days>(range.from), last = floor<days>(range.to) - days{1};
    return first == last ? format_day(first) : fmt::format("{} to {}", format_day(first), format_day(last));
}

std::string sentence(const Gap& gap) {
    const std::string where = gap.repository.empty() ? "" : fmt::format(" of {}", gap.repository);
    const std::string when = format_range(gap.range);
    // --to is inclusive: the day that holds the last second.
    const auto day = [](Instant t) { return format_day(std::chrono::floor<std::chrono::days>(t)); };
    const std::string fix = fmt::format("`harvester fetch --from {} --to {}` brings it", day(gap.range.from),
                                        day(gap.range.to - Seconds{1}));
    switch (gap.reason) {
        case Gap::Reason::not_harvested:
            return fmt::format("{}{} was not harvested; {}.", when, where, fix);
        case Gap::Reason::future:
            return fmt::format("{}{} is still to come.", when, where);
        case Gap::Reason::incomplete:
            break;
    }
    if (gap.missing > 0)
        return fmt::format("{}{} was not harvested to the end, {} pull requests are missing; {}.", when,
                           where, gap.missing, fix);
    return fmt::format("{}{} was not harvested to the end; {}.", when, where, fix);
}

namespace {

std::optional<std::chrono::year_month> month_begun(Instant moment) {
    const Day day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::year_month_day date{day};
    if (moment != day || date.day() != std::chrono::day{1}) return std::nullopt;
    return date.year() / date.month();
}

}  // namespace

int whole_months(const Range& range) {
    const auto first = month_begun(range.from), end = month_begun(range.to);
    return first && end ? static_cast<int>((*end - *first).count()) : 0;
}

Range range_before(const Range& range) {
    if (const int months = whole_months(range); months > 0)
        return {Day{(*month_begun(range.from) - std::chrono::months{months}) / 1}, range.from};
    return {range.from - (range.to - range.from), range.from};
}

Result<QueryCoverage> coverage_of(const cache::Store& store, const profile::Profile& profile,
                                  const Query& query) {
    const auto slices = store.all_slices();
    if (!slices) return tl::unexpected(slices.error());
    const auto repositories = full_names(query.filters, profile.organisation);
    // Complete is what each place's search proves.
    std::vector<std::string> searches = profile.stats.further_searches;
    searches.insert(searches.begin(), profile.stats.search);
    const auto covered = [&](const Range& range) {
        std::optional<Coverage> all;
        for (const std::string& search : searches) {
            std::vector<cache::Slice> own;
            std::ranges::copy_if(*slices, std::back_inserter(own),
                                 [&](const cache::Slice& s) { return is_search(s.key.search, search); });
            Coverage one = cover(own, range, repositories, query.now);
            if (!all) {
                all = std::move(one);
                continue;
            }
            all->gaps.insert(all->gaps.end(), one.gaps.begin(), one.gaps.end());
            all->known_since = all->known_since && one.known_since
                                   ? std::optional(std::max(*all->known_since, *one.known_since))
                                   : std::nullopt;
        }
        return *all;
    };
    QueryCoverage out{covered(query.range), {}};
    if (query.compare) out.before = covered(range_before(query.range));
    return out;
}

std::vector<std::string> gap_sentences(const QueryCoverage& coverage) {
    std::vector<std::string> out;
    for (const Gap& gap : coverage.range.gaps) out.push_back("Not complete: " + sentence(gap));
    if (coverage.before)
        for (const Gap& gap : coverage.before->gaps)
            out.push_back("The range before is not complete: " + sentence(gap));
    return out;
}

}  // namespace harvester::stats
