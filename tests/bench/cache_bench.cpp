// Rows written per second through Store beside bare prepared statements that write the same rows into the
// same tables; and the time to read one week out of a cache of one week and of 500,000 pull requests. usage:
// cache_bench [PULL_REQUESTS [FOLDER]]
#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "cache/store.h"

using namespace harvester;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t first_merge = 1'420'070'400;  // 2015-01-01
constexpr std::int64_t seconds_apart = 630;          // 500,000 of them take ten years
constexpr int page = 100;

std::vector<Item> items_from(int first) {
    std::vector<Item> items;
    for (int number = first; number < first + page; ++number) {
        Item item;
        // Node ids of GitHub begin alike and end at random.
        item.id =
            fmt::format("PR_kwDOAAsO6M{:016x}", static_cast<std::uint64_t>(number) * 0x9E3779B97F4A7C15u);
        item.repository = fmt::format("acme/repository-{}", number % 40);
        item.number = number;
        item.title = fmt::format("Make the {} of the anvil {} times as heavy as it was before", number % 977,
                                 number % 13);
        item.url = fmt::format("https://github.com/{}/pull/{}", item.repository, number);
        item.state = ItemState::merged;
        item.author = {fmt::format("author{}", number % 3000), ActorKind::user};
        item.merged_at = item.closed_at =
            Instant{Seconds{first_merge + std::int64_t{number} * seconds_apart}};
        item.created_at = *item.merged_at - std::chrono::hours{number % 900};
        item.updated_at = *item.merged_at;
        item.labels = {"S-waiting-on-review", fmt::format("A-area-{}", number % 150),
                       fmt::format("T-team-{}", number % 9)};
        item.base_branch = "main";
        item.size = ChangeSize{number % 500, number % 300, number % 20};
        items.push_back(std::move(item));
    }
    return items;
}

[[noreturn]] void stop(const std::string& message) {
    fmt::print(stderr, "{}\n", message);
    std::exit(1);
}

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double write_by_store(const fs::path& path, int count) {
    auto store = cache::Store::open(path, cache::OpenMode::read_write);
    if (!store) stop(store.error().message);
    double seconds = 0;
    for (int first = 1; first <= count; first += page) {
        const auto items = items_from(first);
        const Range range{*items.front().merged_at, *items.back().merged_at + Seconds{1}};
        const cache::Slice slice{
            {"merged: bench", range, ""}, cache::SliceState::complete, page, page, "", range.to};
        const auto start = std::chrono::steady_clock::now();
        const auto done =
            store->commit_page(slice, items, cache::Scope{cache::Scope::Axis::merged, "acme", ""});
        seconds += seconds_since(start);
        if (!done) stop(done.error().message);
    }
    return seconds;
}

struct Bare {
    sqlite3* handle = nullptr;
    sqlite3_stmt* statement(const char* sql) {
        sqlite3_stmt* made = nullptr;
        if (sqlite3_prepare_v2(handle, sql, -1, &made, nullptr) != SQLITE_OK) stop(sqlite3_errmsg(handle));
        return made;
    }
    void run(sqlite3_stmt* statement) {
        if (sqlite3_step(statement) != SQLITE_DONE) stop(sqlite3_errmsg(handle));
        sqlite3_reset(statement);
    }
};

// The lower bound: no look-ups, keys of labels and names known, one transaction a page.
double write_bare(const fs::path& path, int count) {
    if (auto made = cache::Store::open(path, cache::OpenMode::read_write); !made) stop(made.error().message);
    Bare bare;
    sqlite3_open(path.c_str(), &bare.handle);
    sqlite3_exec(bare.handle,
                 "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000", nullptr,
                 nullptr, nullptr);
    for (int i = 1; i <= 160; ++i)
        sqlite3_exec(bare.handle, fmt::format("INSERT INTO label (name) VALUES ('label {}')", i).c_str(),
                     nullptr, nullptr, nullptr);
    for (int i = 1; i <= 3040; ++i)
        sqlite3_exec(bare.handle, fmt::format("INSERT INTO name (text) VALUES ('name {}')", i).c_str(),
                     nullptr, nullptr, nullptr);
    sqlite3_stmt* item_row = bare.statement(
        "INSERT INTO item (id, kind, repository, number, title, url, state, draft, author, author_kind, "
        "created_at, updated_at, "
        "merged_at, closed_at, base_branch, additions, deletions, changed_files, repository_key, author_key) "
        "VALUES "
        "(?,'pull_request',?,?,?,?,'merged',0,?,'user',?,?,?,?,'main',?,?,?,?,?)");
    sqlite3_stmt* label_row = bare.statement("INSERT INTO item_label (item, label) VALUES (?, ?)");
    double seconds = 0;
    for (int first = 1; first <= count; first += page) {
        const auto items = items_from(first);
        const auto start = std::chrono::steady_clock::now();
        sqlite3_exec(bare.handle, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
        for (const Item& item : items) {
            int at = 0;
            const auto text = [&](const std::string& value) {
                sqlite3_bind_text(item_row, ++at, value.c_str(), static_cast<int>(value.size()),
                                  SQLITE_STATIC);
            };
            const auto number = [&](std::int64_t value) { sqlite3_bind_int64(item_row, ++at, value); };
            text(item.id), text(item.repository), number(item.number), text(item.title), text(item.url),
                text(item.author.login);
            number(item.created_at.time_since_epoch().count()),
                number(item.updated_at.time_since_epoch().count());
            number(item.merged_at->time_since_epoch().count()),
                number(item.closed_at->time_since_epoch().count());
            number(item.size->additions), number(item.size->deletions), number(item.size->files);
            number(1 + item.number % 40), number(41 + item.number % 3000);
            bare.run(item_row);
            const std::int64_t key = sqlite3_last_insert_rowid(bare.handle);
            for (const std::int64_t label : {std::int64_t{1}, 2 + item.number % 150, 152 + item.number % 9}) {
                sqlite3_bind_int64(label_row, 1, key);
                sqlite3_bind_int64(label_row, 2, label);
                bare.run(label_row);
            }
        }
        sqlite3_exec(bare.handle, "COMMIT", nullptr, nullptr, nullptr);
        seconds += seconds_since(start);
    }
    sqlite3_finalize(item_row);
    sqlite3_finalize(label_row);
    sqlite3_close(bare.handle);
    return seconds;
}

void read_week(const fs::path& path, const char* what) {
    const Range week{Instant{Seconds{first_merge}}, Instant{Seconds{first_merge}} + std::chrono::days{8}};
    for (const char* turn : {"first", "warm"}) {
        const auto start = std::chrono::steady_clock::now();
        const auto store = cache::Store::open(path, cache::OpenMode::read_only);
        if (!store) stop(store.error().message);
        const auto items = store->merged(week);
        if (!items) stop(items.error().message);
        fmt::print("read one week ({} items) from {}, {} open: {:.2f} ms\n", items->size(), what, turn,
                   seconds_since(start) * 1000);
    }
}

}  // namespace

int main(int argc, char** argv) {
    const int count = argc > 1 ? std::atoi(argv[1]) : 500'000;
    const fs::path folder = argc > 2 ? argv[2] : fs::temp_directory_path();
    const fs::path store = folder / "harvester-bench-store.db", bare = folder / "harvester-bench-bare.db",
                   small = folder / "harvester-bench-week.db";
    for (const auto& path : {store, bare, small})
        for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(path.string() + suffix);
    const double by_store = write_by_store(store, count), by_bare = write_bare(bare, count);
    fmt::print(
        "store: {:.0f} pull requests/s with labels and ledger\nbare inserts: {:.0f} pull requests/s\nratio: "
        "{:.2f}\n",
        count / by_store, count / by_bare, by_bare / by_store);
    write_by_store(small, 1100);
    read_week(small, "a cache of one week");
    read_week(store, fmt::format("a cache of {} pull requests", count).c_str());
    for (const auto& path : {store, bare, small}) fs::remove(path);
}
