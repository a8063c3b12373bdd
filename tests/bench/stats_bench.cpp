// Times each statistics question on a cache of 1,000,000 merged pull requests, for one year and for all,
// beside a bare full scan of the same table. Usage: stats_bench [CACHE-FILE]; the file is made when it isn't
// there.
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
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

// The best of three, in milliseconds.
template <class Work>
double best(Work work) {
    double out = 1e12;
    for (int i = 0; i < 3; ++i) {
        const auto start = Stopwatch::now();
        work();
        out = std::min(out, std::chrono::duration<double, std::milli>(Stopwatch::now() - start).count());
    }
    return out;
}

// The lower bound: every row of the table once, three of its columns.
double full_scan(const std::string& path) {
    sqlite3* db = nullptr;
    if (sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) std::exit(1);
    const double time = best([&] {
        sqlite3_exec(db, "SELECT sum(merged_at), sum(additions), max(title) FROM item NOT INDEXED", nullptr,
                     nullptr, nullptr);
    });
    sqlite3_close(db);
    return time;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string path =
        argc > 1 ? argv[1] : (std::filesystem::temp_directory_path() / "harvester-stats-bench.db").string();
    const auto profile = need(profile::load_profile(""));
    const bool fresh = !std::filesystem::exists(path);
    auto store = need(cache::Store::open(path, cache::OpenMode::read_write));
    if (fresh) fill(store, profile.organisation);

    const double scan = full_scan(path);
    std::cout << fmt::format("{:<34}{:>10}{:>12}{:>12}\n", "", "one day", "one year", "12 years");
    std::cout << fmt::format("{:<34}{:>10}{:>12}{:>9.0f} ms\n", "bare scan of all rows", "", "", scan);
    const Instant year = parse_instant("2020-01-01T00:00:00Z").value();
    const std::vector<Range> ranges = {
        {year, year + std::chrono::days{1}}, {year, year + std::chrono::days{366}}, {first, last}};
    const auto ask = [&](const std::string& name, const std::vector<stats::Dimension>& by,
                         std::vector<stats::Measure> measures) {
        std::vector<double> times;
        for (const Range& range : ranges) {
            stats::Query query;
            query.range = range;
            query.by = by;
            query.measures = measures;
            query.now = last;
            times.push_back(best([&] { need(stats::make_report(store, profile, query)); }));
        }
        std::cout << fmt::format("{:<34}{:>7.1f} ms{:>9.0f} ms{:>9.0f} ms\n", name, times[0], times[1],
                                 times[2])
                  << std::flush;
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
}
