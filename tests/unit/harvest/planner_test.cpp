#include "harvest/planner.h"

#include "catch.h"

using namespace harvester;
using namespace harvester::harvest;

namespace {

const Instant start = parse_instant("2015-01-01T00:00:00Z").value();
const PlanLimits limits;

Range seconds(std::int64_t from, std::int64_t to) {
    return {start + Seconds{from}, start + Seconds{to}};
}

std::vector<Bin> bins_of(std::initializer_list<std::int64_t> counts) {
    std::vector<Bin> bins;
    for (const std::int64_t count : counts) {
        const auto at = static_cast<std::int64_t>(bins.size());
        bins.push_back({seconds(at * 60, at * 60 + 60), count});
    }
    return bins;
}

std::vector<std::int64_t> counts_of(const std::vector<Bin>& bins) {
    std::vector<std::int64_t> counts;
    for (const Bin& bin : bins) counts.push_back(bin.count);
    return counts;
}

// Counts and cuts `range` of a population with items at `times` (sorted), as a harvest does.
struct Outcome {
    std::size_t counted = 0;
    std::vector<Bin> slices;
    std::int64_t pages = 0;
};

Outcome plan(const Range& range, const std::vector<Instant>& times) {
    const auto items = [&](const Range& part) {
        return std::lower_bound(times.begin(), times.end(), part.to) -
               std::lower_bound(times.begin(), times.end(), part.from);
    };
    Outcome outcome;
    std::vector<Bin> final_bins;
    std::vector<Range> wanted = first_bins(range, -1, limits);
    while (!wanted.empty()) {
        std::vector<Range> next;
        outcome.counted += wanted.size();
        for (const Range& part : wanted) {
            const Bin bin{part, items(part)};
            const auto smaller = smaller_bins(bin, limits);
            next.insert(next.end(), smaller.begin(), smaller.end());
            if (smaller.empty()) final_bins.push_back(bin);
        }
        wanted = std::move(next);
    }
    std::sort(final_bins.begin(), final_bins.end(),
              [](const Bin& a, const Bin& b) { return a.range.from < b.range.from; });
    outcome.slices = join_bins(final_bins, limits);
    for (const Bin& slice : outcome.slices) outcome.pages += (slice.count + 99) / 100;
    return outcome;
}

void check_tiles(const Range& range, const std::vector<Bin>& slices) {
    REQUIRE_FALSE(slices.empty());
    CHECK(slices.front().range.from == range.from);
    CHECK(slices.back().range.to == range.to);
    for (std::size_t i = 1; i < slices.size(); ++i) REQUIRE(slices[i - 1].range.to == slices[i].range.from);
}

}  // namespace

TEST_CASE("A range is cut in even parts of whole seconds that leave nothing out") {
    CHECK(cut_evenly(seconds(0, 10), 3) == std::vector{seconds(0, 3), seconds(3, 6), seconds(6, 10)});
    CHECK(cut_evenly(seconds(0, 2), 20) == std::vector{seconds(0, 1), seconds(1, 2)});
    CHECK(cut_evenly(seconds(0, 10), 0) == std::vector{seconds(0, 10)});
}

TEST_CASE("A range expected to be small is asked at once, an unknown one is counted in twenty bins") {
    CHECK(first_bins(seconds(0, 8000), 0.01, limits).empty());
    CHECK(first_bins(seconds(0, 8000), 0.0, limits).empty());
    CHECK(first_bins(seconds(0, 8000), 0.02, limits).size() == 20);
    CHECK(first_bins(seconds(0, 8000), 1.0, limits).size() == 80);
    CHECK(first_bins(seconds(0, 8000), -1, limits).size() == 20);
    CHECK(first_bins(seconds(0, 3), -1, limits).size() == 3);
}

TEST_CASE("A bin with too many items is cut by its number of pages, down to a second") {
    CHECK(smaller_bins({seconds(0, 60), 250}, limits).empty());
    CHECK(smaller_bins({seconds(0, 60), 251}, limits).size() == 3);
    CHECK(smaller_bins({seconds(0, 2), 5000}, limits).size() == 2);
    CHECK(smaller_bins({seconds(0, 1), 5000}, limits).empty());
}

TEST_CASE("Bins are joined to the fewest pages and then to the smallest slices") {
    CHECK(counts_of(join_bins(bins_of({}), limits)).empty());
    CHECK(counts_of(join_bins(bins_of({0, 0, 0}), limits)) == std::vector<std::int64_t>{0});
    CHECK(counts_of(join_bins(bins_of({50, 50, 50, 50}), limits)) == std::vector<std::int64_t>{100, 100});
    CHECK(counts_of(join_bins(bins_of({60, 40, 70, 30}), limits)) == std::vector<std::int64_t>{100, 100});
    CHECK(counts_of(join_bins(bins_of({70, 80, 50}), limits)) == std::vector<std::int64_t>{70, 80, 50});
    CHECK(counts_of(join_bins(bins_of({70, 80, 50, 1400}), limits)) == std::vector<std::int64_t>{200, 1400});
    CHECK(counts_of(join_bins(bins_of({0, 100, 0, 0, 100, 0}), limits)) ==
          std::vector<std::int64_t>{100, 100});
    CHECK(counts_of(join_bins(bins_of({1500, 10}), limits)) == std::vector<std::int64_t>{1500, 10});
    CHECK(counts_of(join_bins(bins_of({599, 2}), limits)) == std::vector<std::int64_t>{599, 2});
}

TEST_CASE(
    "A week of any density becomes slices that tile it, none near the cap, in hardly more pages than "
    "needed") {
    for (const std::int64_t count : {1, 40, 300, 600, 1000, 5000}) {
        std::vector<Instant> times;
        std::uint64_t state = 7;
        for (std::int64_t i = 0; i < count; ++i) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            times.push_back(start + Seconds{static_cast<std::int64_t>((state >> 33) % (8 * 86'400))});
        }
        std::sort(times.begin(), times.end());
        const Range week = seconds(0, 8 * 86'400);
        const Outcome outcome = plan(week, times);
        INFO(count << " items: " << outcome.slices.size() << " slices, " << outcome.pages << " pages, "
                   << outcome.counted << " counts");
        check_tiles(week, outcome.slices);
        for (const Bin& slice : outcome.slices) CHECK(slice.count <= limits.slice);
        CHECK(outcome.pages <= (count <= limits.burst ? count / 80 : count / 97) + 2);
    }
}

TEST_CASE("Ten years that grow from ten to ninety items a day cost at most 1.15 requests a hundred items") {
    std::vector<Instant> times;
    const std::int64_t days = 3653;
    std::uint64_t state = 3;
    for (std::int64_t day = 0; day < days; ++day) {
        const bool weekend = day % 7 > 4;
        const std::int64_t today = (10 + day * 80 / days) * (weekend ? 1 : 2) * 2 / 3;
        for (std::int64_t i = 0; i < today; ++i) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            times.push_back(start +
                            Seconds{day * 86'400 + static_cast<std::int64_t>((state >> 33) % 86'400)});
        }
    }
    std::sort(times.begin(), times.end());
    const Range range = seconds(0, days * 86'400);
    const Outcome outcome = plan(range, times);
    check_tiles(range, outcome.slices);
    const double requests = static_cast<double>(outcome.pages) + static_cast<double>(outcome.counted) / 20.0;
    INFO(times.size() << " items, " << outcome.slices.size() << " slices, " << outcome.pages << " pages, "
                      << outcome.counted << " counts");
    CHECK(requests <= 1.15 * static_cast<double>(times.size()) / 100.0);
    for (const Bin& slice : outcome.slices) CHECK(slice.count <= limits.slice);
}

TEST_CASE("A burst is cut down to its seconds") {
    std::vector<Instant> times(3000, start + Seconds{1000});
    times.resize(3400, start + Seconds{1001});
    const Range day = seconds(0, 86'400);
    const Outcome outcome = plan(day, times);
    check_tiles(day, outcome.slices);
    bool second_alone = false;
    for (const Bin& slice : outcome.slices) second_alone |= slice == Bin{seconds(1000, 1001), 3000};
    CHECK(second_alone);
}
