// The cache as a file: what is refused, and that it is left as it was.
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <deque>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cache/harvest_lock.h"
#include "cache/open.h"
#include "made_up.h"

using namespace harvester;
using namespace made_up;
using cache::OpenMode;
using cache::Slice;
using cache::SliceState;
using cache::Store;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

// A separate folder, removed at the end.
struct Folder {
    fs::path path;
    Folder() {
        std::string name = (fs::temp_directory_path() / "harvester-cache-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { fs::remove_all(path); }
    fs::path file() const { return path / "cache.db"; }
};

std::string bytes_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

void write(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

const Range week{at("2024-11-05T00:00:00Z"), at("2024-11-13T00:00:00Z")};

void fill(const fs::path& path, int items) {
    auto store = get(Store::open(path, OpenMode::read_write));
    std::vector<Item> page;
    for (int i = 1; i <= items; ++i) page.push_back(merged_item(i, "2024-11-06T10:00:00Z"));
    const Slice slice{{"merged", week, ""},      SliceState::complete, items, items, "",
                      at("2024-11-13T08:00:00Z")};
    get(store.commit_page(slice, page));
}

void refused(const fs::path& path, OpenMode mode, const std::string& words) {
    const std::string before = bytes_of(path);
    const auto store = Store::open(path, mode);
    REQUIRE_FALSE(store);
    CHECK(store.error().code == ExitCode::file);
    CHECK_THAT(store.error().message, Contains(words) && Contains(path.string()));
    CHECK(bytes_of(path) == before);
    CHECK_FALSE(fs::exists(path.string() + "-wal"));
    CHECK_FALSE(fs::exists(path.string() + "-journal"));
}

void execute(const fs::path& path, const char* sql) {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &handle) == SQLITE_OK);
    CHECK(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(handle);
}

}  // namespace

TEST_CASE("A cache is made with its folder, closed and read again") {
    const Folder folder;
    const fs::path path = folder.path / "deep" / "er" / "cache.db";
    fill(path, 3);
    CHECK(get(get(Store::open(path, OpenMode::read_only)).merged_count(week)) == 3);
    CHECK(get(get(Store::open(path, OpenMode::read_write)).verify()).empty());
}

TEST_CASE("A file that isn't there is made by a writer and told by a reader") {
    const Folder folder;
    const auto store = Store::open(folder.file(), OpenMode::read_only);
    REQUIRE_FALSE(store);
    CHECK_THAT(store.error().message, Contains("fetch"));
    CHECK_FALSE(fs::exists(folder.file()));
}

TEST_CASE("Files that are not ours are refused and left as they were") {
    const Folder folder;
    for (const OpenMode mode : {OpenMode::read_write, OpenMode::read_only}) {
        write(folder.file(), "Title: not a cache\n");
        refused(folder.file(), mode, "isn't a SQLite file");
        write(folder.file(), std::string("SQLite format 3\0", 16) + "short");
        refused(folder.file(), mode, "cut off");
        fs::remove(folder.file());
        execute(folder.file(), "CREATE TABLE theirs (x)");
        refused(folder.file(), mode, "another program");
        fs::remove(folder.file());
    }
    const auto store = Store::open(folder.path, OpenMode::read_write);
    REQUIRE_FALSE(store);
    CHECK_THAT(store.error().message, Contains("is a folder"));
}

TEST_CASE("A cache that is cut off is named and left as it was") {
    const Folder folder;
    fill(folder.file(), 300);
    const std::string whole = bytes_of(folder.file());
    for (const std::size_t part : {std::size_t{4096}, whole.size() / 2, whole.size() - 1}) {
        write(folder.file(), whole.substr(0, part));
        refused(folder.file(), OpenMode::read_write, "cut off");
    }
}

TEST_CASE("A damaged page is reported by verify, and by reads that touch it, and the file stays as it is") {
    const Folder folder;
    fill(folder.file(), 2000);
    std::string bytes = bytes_of(folder.file());
    for (std::size_t at = bytes.size() / 4; at < bytes.size(); ++at) bytes[at] = static_cast<char>(at * 31);
    write(folder.file(), bytes);
    const auto store = get(Store::open(folder.file(), OpenMode::read_only));
    const auto findings = store.verify();
    CHECK((!findings || !findings->empty()));
    const auto items = store.merged(week);
    REQUIRE_FALSE(items);
    CHECK(items.error().code == ExitCode::file);
    CHECK_THAT(items.error().message, Contains("damaged"));
    CHECK(bytes_of(folder.file()) == bytes);
}

TEST_CASE("A name's number that means another name is reported by verify") {
    const Folder folder;
    fill(folder.file(), 3);
    CHECK(get(get(Store::open(folder.file(), OpenMode::read_only)).verify()).empty());
    execute(folder.file(), "UPDATE item SET author_key = repository_key WHERE key = 2");
    const auto findings = get(get(Store::open(folder.file(), OpenMode::read_only)).verify());
    REQUIRE(findings.size() == 1);
    CHECK_THAT(findings.front(), Contains("the numbers of its names stand for others"));
}

TEST_CASE("A newer format is refused and left as it was") {
    const Folder folder;
    fill(folder.file(), 1);
    execute(folder.file(), "PRAGMA journal_mode = DELETE; PRAGMA user_version = 99");
    for (const OpenMode mode : {OpenMode::read_write, OpenMode::read_only})
        refused(folder.file(), mode, "newer");
}

TEST_CASE("An older format is brought forward by a writer with a copy kept, and refused by a reader") {
    const Folder folder;
    fill(folder.file(), 5);
    auto steps = cache::schema_steps();
    const std::size_t old_format = steps.size();
    steps.push_back("ALTER TABLE item ADD COLUMN mood TEXT;");
    CHECK_THROWS_AS(cache::open_database(folder.file(), {OpenMode::read_only, Milliseconds{0}}, steps),
                    cache::CacheError);
    {
        const auto database =
            cache::open_database(folder.file(), {OpenMode::read_write, Milliseconds{0}}, steps);
        CHECK(database->pragma("PRAGMA user_version") == static_cast<std::int64_t>(steps.size()));
        CHECK(database->pragma("SELECT count(mood) + count(*) FROM item") == 5);
    }
    const fs::path copy = folder.file().string() + ".format" + std::to_string(old_format);
    CHECK(get(get(Store::open(copy, OpenMode::read_only)).merged_count(week)) == 5);
    refused(folder.file(), OpenMode::read_write, "newer");
}

TEST_CASE("A migration that fails half-way leaves the older file") {
    const Folder folder;
    fill(folder.file(), 5);
    auto steps = cache::schema_steps();
    steps.push_back("ALTER TABLE item ADD COLUMN mood TEXT; CREATE TABLE item (x);");
    CHECK_THROWS_AS(cache::open_database(folder.file(), {OpenMode::read_write, Milliseconds{0}}, steps),
                    cache::CacheError);
    CHECK(get(get(Store::open(folder.file(), OpenMode::read_write)).merged_count(week)) == 5);
}

TEST_CASE("A cache that another process has locked is reported after the wait") {
    const Folder folder;
    fill(folder.file(), 1);
    auto store = get(Store::open(folder.file(), cache::OpenOptions{OpenMode::read_write, Milliseconds{0}}));
    sqlite3* other = nullptr;
    REQUIRE(sqlite3_open(folder.file().c_str(), &other) == SQLITE_OK);
    REQUIRE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
    const auto saved = store.save_page_size("Merged", 50);
    REQUIRE_FALSE(saved);
    CHECK_THAT(saved.error().message, Contains("another process"));
    CHECK(get(store.merged_count(week)) == 1);  // readers go on
    sqlite3_close(other);
    ok(store.save_page_size("Merged", 50));
}

TEST_CASE("A full disk is reported and leaves what was there") {
    const Folder folder;
    fill(folder.file(), 10);
    auto database =
        cache::open_database(folder.file(), {OpenMode::read_write, Milliseconds{0}}, cache::schema_steps());
    // SQLite's own limit fails as a full disk does (SQLITE_FULL).
    database->pragma("PRAGMA max_page_count = 1");
    std::string message;
    try {
        for (int i = 0; i < 1000; ++i)
            database->execute("INSERT INTO label (name) VALUES (hex(randomblob(2000)))");
    } catch (const cache::CacheError& error) {
        message = error.failure.message;
    }
    CHECK_THAT(message, Contains("no space"));
    database.reset();
    CHECK(get(get(Store::open(folder.file(), OpenMode::read_only)).merged_count(week)) == 10);
}

TEST_CASE("Who may not write gets an error, and may read a cache in a read-only folder") {
    if (geteuid() != 0)
        return;  // only root can become somebody else; others meet it as themselves in tests/faults
    const Folder folder;
    fill(folder.file(), 4);
    fs::permissions(folder.path, fs::perms{0555});
    fs::permissions(folder.file(), fs::perms{0444});
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        if (setgid(65534) != 0 || setuid(65534) != 0) _exit(9);
        const auto writer = Store::open(folder.file(), OpenMode::read_write);
        if (writer || writer.error().message.find("read-only") == std::string::npos) _exit(1);
        const auto reader = Store::open(folder.file(), OpenMode::read_only);
        if (!reader) _exit(2);
        const auto count = reader->merged_count(week);
        _exit(count && *count == 4 ? 0 : 3);
    }
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    fs::permissions(folder.path, fs::perms{0755});
}

TEST_CASE("Reads with one view don't see what is written meanwhile, and afterwards do") {
    const Folder folder;
    fill(folder.file(), 1);
    const auto reader = get(Store::open(folder.file(), OpenMode::read_only));
    ok(reader.with_one_view([&]() -> Result<void> {
        CHECK(get(reader.merged_count(week)) == 1);
        fill(folder.file(), 3);
        CHECK(get(reader.merged_count(week)) == 1);
        return {};
    }));
    CHECK(get(reader.merged_count(week)) == 3);
    const auto failed = reader.with_one_view([]() -> Result<void> { return fail(ExitCode::file, "torn"); });
    REQUIRE_FALSE(failed);
    CHECK(failed.error().message == "torn");
    CHECK(reader.with_one_view([]() -> Result<void> { return {}; }));
}

TEST_CASE("A harvest's lock keeps a second one out until it ends") {
    const Folder folder;
    {
        const auto first = get(cache::HarvestLock::try_take(folder.file()));
        CHECK(first);
        CHECK_FALSE(get(cache::HarvestLock::try_take(folder.file())));
    }
    CHECK(get(cache::HarvestLock::try_take(folder.file())));
}

TEST_CASE("Two processes write one cache without losing a page") {
    const Folder folder;
    fill(folder.file(), 1);
    const auto write_pages = [&](int first) {
        auto store = Store::open(folder.file(), OpenMode::read_write);
        if (!store) return false;
        for (int i = 0; i < 50; ++i) {
            const auto item = merged_item(first + i, "2024-11-07T10:00:00Z");
            const auto from = week.from + Seconds{first + i};
            const Slice slice{
                {"merged", {from, from + Seconds{1}}, "r"}, SliceState::complete, 1, 1, "", week.to};
            if (!store->commit_page(slice, {&item, 1})) return false;
        }
        return true;
    };
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) _exit(write_pages(1000) ? 0 : 1);
    CHECK(write_pages(2000));
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(status == 0);
    CHECK(get(get(Store::open(folder.file(), OpenMode::read_only)).merged_count(week)) == 101);
}

TEST_CASE("A week is read by the index on merge times, also out of many years") {
    auto database =
        cache::open_database(":memory:", {OpenMode::read_write, Milliseconds{0}}, cache::schema_steps());
    std::deque<std::string> texts;  // the database keeps statements by the address of their text
    const auto plan_of = [&](const char* name) {
        const std::string& sql =
            texts.emplace_back("EXPLAIN QUERY PLAN " + std::string(cache::find_sql(name)));
        std::string plan;
        auto rows = database->prepare(sql);
        while (rows.step()) plan += std::string(rows.text(3)) + "\n";
        return plan;
    };
    for (const char* name : {"items.merged", "items.merged_count", "ledger.merged_in_scope"})
        CHECK_THAT(plan_of(name), Contains("item_by_merge") && !Contains("SCAN item"));
    CHECK_THAT(plan_of("ledger.created_in_scope"), Contains("item_by_creation") && !Contains("SCAN item"));
    CHECK_THAT(plan_of("items.labelled"), Contains("label_event_by_label") && !Contains("SCAN item\n"));
    CHECK_THAT(plan_of("items.of_repository"),
               Contains("item_by_text_change") && !Contains("SCAN item\n") && !Contains("item_by_number"));
    CHECK_THAT(plan_of("items.by_number"), Contains("item_by_number"));
}
