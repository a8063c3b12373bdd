// Times each statistics question on a cache of 1,000,000 merged pull requests, for one day, one year and all,
// beside a bare scan of the same rows. Wall time, the processor's in brackets, which a busy machine changes
// less, and how many pages of memory were touched for the first time, which is what a long range may cost
// most. Usage: stats_bench [CACHE-FILE [QUESTION]]; the file is made when it isn't there, and with a word
// only the questions whose names have it are asked.
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <random>

#include "cache/store.h"
#include "profile/profile.h"
#include "stats/report.h"

namespace {

using namespace harvester;
using Stopwatch = std::chrono::steady_clock;

constexpr int pull_requests = 1'000'000;
const Instant first = parse_instant("2014-01-01T00:00:00Z").value();
const Instant last = parse_instant("2026-01-01T00:00:00Z").value();

template <class T>
T need(Result<T> result) {
    if (result) return std::move(*result);
    std::cerr << result.error().message << '\n';
    std::exit(1);
}

// Repositories, authors and labels are as uneven as real ones: few have most.
void fill(cache::Store& store, const std::string& organisation) {
    std::mt19937_64 random(7);
    const auto uneven = [&](int n) {
        const double u = std::uniform_real_distribution<double>(0, 1)(random);
        return static_cast<int>(static_cast<double>(n) * u * u * u);
    };
    const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
    std::vector<Item> page;
    const auto flush = [&] {
        const Range range{*page.front().merged_at, *page.back().merged_at + Seconds{1}};
        need(store.commit_page({{"merged", range, ""},
                                cache::SliceState::complete,
                                static_cast<std::int64_t>(page.size()),
                                static_cast<std::int64_t>(page.size()),
                                "",
                                last},
                               page));
        page.clear();
    };
    for (int i = 0; i < pull_requests; ++i) {
        Item item;
        item.id = fmt::format("PR_{:012}", i);
        item.repository = fmt::format("{}/repository-{}", organisation, uneven(250));
        item.number = i;
        item.title = below(50) == 0 ? "Rollup of 7 pull requests"
                                    : fmt::format("Improve thing {} of part {} a good deal", i, below(900));
        item.url = fmt::format("https://github.com/{}/pull/{}", item.repository, i);
        item.state = ItemState::merged;
        item.author = {fmt::format("author-{}", uneven(25'000)),
                       below(12) == 0 ? ActorKind::bot : ActorKind::user};
        item.merged_at = item.closed_at = item.updated_at =
            first + (last - first) / pull_requests * i + Seconds{below(300)};
        item.created_at = *item.merged_at - Seconds{uneven(8'000'000)};
        item.base_branch = "main";
        item.size = ChangeSize{uneven(3000), uneven(2000), 1 + uneven(60)};
        for (int n = below(4); n > 0; --n)
            item.labels.push_back(fmt::format("{}-label-{}", below(2) ? "T" : "A", uneven(200)));
        std::sort(item.labels.begin(), item.labels.end());
        item.labels.erase(std::unique(item.labels.begin(), item.labels.end()), item.labels.end());
        page.push_back(std::move(item));
        if (page.size() == 5000) {
            std::sort(page.begin(), page.end(),
                      [](const Item& a, const Item& b) { return *a.merged_at < *b.merged_at; });
            flush();
        }
    }
    if (!page.empty()) flush();
}

struct Cost {
    double wall = 1e12, processor = 1e12;  // milliseconds
    long pages = 1'000'000'000;
};

rusage used() {
    rusage out{};
    getrusage(RUSAGE_SELF, &out);
    return out;
}

// The best of five.
template <class Work>
Cost best(Work work) {
    Cost out;
    for (int i = 0; i < 5; ++i) {
        const auto start = Stopwatch::now();
        const std::clock_t ticks = std::clock();
        const long pages = used().ru_minflt;
        work();
        const double processor = 1e3 * static_cast<double>(std::clock() - ticks) / CLOCKS_PER_SEC;
        const std::chrono::duration<double, std::milli> wall = Stopwatch::now() - start;
        out = {std::min(out.wall, wall.count()), std::min(out.processor, processor),
               std::min(out.pages, used().ru_minflt - pages)};
    }
    return out;
}

void print(const std::string& name, const std::vector<Cost>& costs) {
    std::cout << fmt::format("{:<34}", name);
    for (const Cost& cost : costs)
        std::cout << fmt::format("{:>9.1f} ({:>6.1f}){:>7}", cost.wall, cost.processor, cost.pages);
    std::cout << std::endl;
}

// The lower bound of a range: how many rows there are, and the sum of some columns of each.
std::vector<Cost> scan(const std::string& path, const std::vector<Range>& ranges, const std::string& from,
                       const std::string& columns) {
    sqlite3* db = nullptr;
    if (sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK)
        std::exit(1);
    std::vector<Cost> out;
    for (const Range& range : ranges) {
        const std::string sql = fmt::format(
            "SELECT count(*), {} FROM item {} WHERE kind = 'pull_request' AND gone_at IS NULL AND "
            "merged_at IS NOT NULL AND merged_at >= {} AND merged_at < {}",
            columns, from, range.from.time_since_epoch().count(), range.to.time_since_epoch().count());
        out.push_back(best([&] {
            if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) std::exit(1);
        }));
    }
    sqlite3_close(db);
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string path =
        argc > 1 ? argv[1] : (std::filesystem::temp_directory_path() / "harvester-stats-bench.db").string();
    const auto profile = need(profile::load_profile(""));
    const bool fresh = !std::filesystem::exists(path);
    auto store = need(cache::Store::open(path, cache::OpenMode::read_write));
    if (fresh) fill(store, profile.organisation);

    const Instant year = parse_instant("2020-01-01T00:00:00Z").value();
    const std::vector<Range> ranges = {
        {year, year + std::chrono::days{1}}, {year, year + std::chrono::days{366}}, {first, last}};
    const std::string wanted = argc > 2 ? argv[2] : "";
    std::cout << fmt::format("{:<34}{:>25}{:>25}{:>25}\n", "ms: wall (processor), pages", "one day",
                             "one year", "12 years");
    print("bare scan, index: two numbers",
          scan(path, ranges, "INDEXED BY merged_facts", "sum(merged_at), sum(additions)"));
    print("bare scan, index: all columns", scan(path, ranges, "INDEXED BY merged_facts",
                                                "sum(merged_at + repository_key + author_key + created_at + "
                                                "additions + deletions + changed_files), "
                                                "max(title)"));
    print("bare scan, whole table", scan(path, ranges, "NOT INDEXED", "sum(merged_at), sum(additions)"));
    const auto ask = [&](const std::string& name, const std::vector<stats::Dimension>& by,
                         std::vector<stats::Measure> measures) {
        if (name.find(wanted) == std::string::npos) return;
        std::vector<Cost> costs;
        for (const Range& range : ranges) {
            stats::Query query;
            query.range = range;
            query.by = by;
            query.measures = measures;
            query.now = last;
            costs.push_back(best([&] { need(stats::make_report(store, profile, query)); }));
        }
        print(name, costs);
    };
    ask("merged", {}, {stats::Measure::merged});
    ask("usual measures", {}, stats::usual_measures());
    ask("all measures", {}, stats::every_measure());
    for (const stats::DimensionInfo& dimension : stats::all_dimensions())
        ask(fmt::format("usual measures by {}", dimension.name), {dimension.dimension},
            stats::usual_measures());
    ask("usual measures by repo,week", {stats::Dimension::repository, stats::Dimension::week},
        stats::usual_measures());
    ask("all measures by repo,month", {stats::Dimension::repository, stats::Dimension::month},
        stats::every_measure());
    ask("all measures by label", {stats::Dimension::label}, stats::every_measure());
    std::cout << fmt::format("peak resident set: {} MiB\n", used().ru_maxrss / 1024);
}
