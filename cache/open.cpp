#include "cache/open.h"

#include <fmt/format.h>

#include <array>
#include <fstream>

#include "queries/embedded.h"

namespace harvester::cache {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& path, std::string_view sentence) {
    throw CacheError{{ExitCode::file, fmt::format("cache {}: {}", path.string(), sentence)}};
}

fs::path beside(const fs::path& path, const char* suffix) {
    return fs::path(path.string() + suffix);
}

bool holds_bytes(const fs::path& path) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    return !error && size > 0;
}

enum class Found { nothing, cache };

// Looks at the file's first bytes (https://www.sqlite.org/fileformat.html, 1.3) without SQLite, which might
// write beside a file that isn't ours. The application id is in the file from its first transaction on,
// because a new file is made before it is switched to a write-ahead log.
Found inspect(const fs::path& path) {
    std::error_code error;
    const auto status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found) return Found::nothing;
    if (error)
        refuse(path, fmt::format("it cannot be looked at ({}); see to its permissions", error.message()));
    if (fs::is_directory(status)) refuse(path, "it is a folder; give a file with --cache");
    if (!fs::is_regular_file(status)) refuse(path, "it isn't a plain file; give a file with --cache");
    std::ifstream file(path, std::ios::binary);
    if (!file) refuse(path, "it cannot be read; see to its permissions, or give another file with --cache");
    std::array<unsigned char, 100> head{};
    file.read(reinterpret_cast<char*>(head.data()), head.size());
    const auto size = fs::file_size(path, error);
    if (size == 0) return Found::nothing;
    const auto number = [&](std::size_t at) {
        return std::uint32_t{head[at]} << 24 | std::uint32_t{head[at + 1]} << 16 |
               std::uint32_t{head[at + 2]} << 8 | head[at + 3];
    };
    constexpr std::string_view magic("SQLite format 3\0", 16);
    if (std::string_view(reinterpret_cast<const char*>(head.data()), magic.size()) != magic)
        refuse(path, "it isn't a SQLite file; it was left as it is: give another file with --cache");
    if (size < head.size())
        refuse(path,
               "it is cut off within its first 100 bytes; it was left as it is: move it away to start anew");
    if (number(68) != application_id)
        refuse(
            path,
            "it is a SQLite file of another program; it was left as it is: give another file with --cache");
    const std::uint64_t page =
        head[16] == 0 && head[17] == 1 ? 65536u : static_cast<unsigned>(head[16]) << 8 | head[17];
    const bool count_valid = number(24) == number(92);
    if (count_valid && !holds_bytes(beside(path, "-wal")) && !holds_bytes(beside(path, "-journal")) &&
        size < page * number(28))
        refuse(
            path,
            fmt::format(
                "it is cut off: {} bytes of {} are there; it was left as it is: move it away to start anew",
                size, page * number(28)));
    return Found::cache;
}

void check_not_newer(Database& database, std::int64_t version, std::size_t newest) {
    if (version > static_cast<std::int64_t>(newest))
        refuse(database.path(),
               fmt::format("its format {} is newer than this program knows ({}); it was left as it is: use a "
                           "newer harvester, or give another file with --cache",
                           version, newest));
}

// A copy of an older file beside it, made whole before it gets its name.
void back_up(Database& database, std::int64_t version) {
    const fs::path copy = beside(database.path(), fmt::format(".format{}", version).c_str());
    const fs::path part = beside(copy, ".part");
    std::error_code error;
    fs::remove(part, error);
    {
        static constexpr std::string_view vacuum = "VACUUM INTO ?1";
        const std::string name = part.string();
        database.prepare(vacuum).bind(name).run();
    }
    fs::rename(part, copy, error);
    if (error)
        refuse(database.path(),
               fmt::format("its copy {} cannot be written ({})", copy.string(), error.message()));
}

void migrate(Database& database, const SchemaSteps& steps) {
    std::int64_t version = database.pragma("PRAGMA user_version");
    check_not_newer(database, version, steps.size());
    if (version == static_cast<std::int64_t>(steps.size())) return;
    if (version > 0) back_up(database, version);
    Transaction transaction(database);
    version = database.pragma("PRAGMA user_version");  // another process may have been faster
    check_not_newer(database, version, steps.size());
    if (version == 0) database.execute(fmt::format("PRAGMA application_id = {}", application_id));
    for (auto step = static_cast<std::size_t>(version); step < steps.size(); ++step)
        database.execute(std::string(steps[step]));
    database.execute(fmt::format("PRAGMA user_version = {}", steps.size()));
    transaction.commit();
}

// synchronous = NORMAL: with a write-ahead log a crash or a kill of the program loses nothing, and a power
// cut at most the last pages of a harvest, together with their ledger entries: they are fetched again.
constexpr const char* settings =
    "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;"
    "PRAGMA cell_size_check = ON;";

// Kibibytes of pages kept. Writing a harvest comes back to pages of every index; reading goes through ranges
// once, and what it keeps beyond a few of them only takes memory.
constexpr const char *kept_to_write = "PRAGMA cache_size = -16000",
                     *kept_to_read = "PRAGMA cache_size = -4000";

std::unique_ptr<Database> open_to_write(const fs::path& path, Milliseconds busy_timeout,
                                        const SchemaSteps& steps) {
    const bool in_memory = path == ":memory:";
    if (!in_memory && path.has_parent_path()) {
        std::error_code error;
        fs::create_directories(path.parent_path(), error);
        if (error)
            refuse(path, fmt::format("its folder cannot be made ({}); give another file with --cache",
                                     error.message()));
    }
    auto database = std::make_unique<Database>(path, path.string(),
                                               SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, busy_timeout);
    if (sqlite3_db_readonly(database->handle(), "main") == 1) database->raise(SQLITE_READONLY);
    database->execute(settings);
    database->execute(kept_to_write);
    migrate(*database, steps);
    if (!in_memory) database->execute("PRAGMA journal_mode = WAL");
    return database;
}

// "file:" with what has a meaning in a URI escaped.
std::string immutable_uri(const fs::path& path) {
    std::string out = "file:";
    for (const char c : fs::absolute(path).string()) {
        if (c == '%' || c == '?' || c == '#') {
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        } else {
            out.push_back(c);
        }
    }
    return out + "?immutable=1";
}

std::unique_ptr<Database> open_to_read(const fs::path& path, Milliseconds busy_timeout,
                                       const SchemaSteps& steps) {
    auto database = std::make_unique<Database>(path, path.string(), SQLITE_OPEN_READONLY, busy_timeout);
    std::int64_t version = 0;
    try {
        version = database->pragma("PRAGMA user_version");
    } catch (const CacheError&) {
        // In a folder where SQLite may not put its shared-memory file nobody can be writing either, so the
        // file may be read as it stands, unless a log holds pages that aren't in it yet.
        if (holds_bytes(beside(path, "-wal"))) throw;
        database = std::make_unique<Database>(path, immutable_uri(path),
                                              SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, busy_timeout);
        version = database->pragma("PRAGMA user_version");
    }
    check_not_newer(*database, version, steps.size());
    if (version < static_cast<std::int64_t>(steps.size()))
        refuse(path, fmt::format(
                         "its format {} is older than this program's {}; `harvester fetch` brings it forward",
                         version, steps.size()));
    database->execute(settings);
    database->execute(kept_to_read);
    return database;
}

}  // namespace

SchemaSteps schema_steps() {
    SchemaSteps steps;
    for (const auto& file : queries::embedded_files())  // sorted by path, so 001 comes first
        if (file.path.starts_with("cache/schema/")) steps.push_back(file.text);
    return steps;
}

std::unique_ptr<Database> open_database(const fs::path& path, OpenOptions options, const SchemaSteps& steps) {
    const bool in_memory = path == ":memory:";
    const Found found = in_memory ? Found::nothing : inspect(path);
    if (options.mode == OpenMode::read_write || in_memory)
        return open_to_write(path, options.busy_timeout, steps);
    if (found == Found::nothing)
        refuse(path, "it isn't there yet; run `harvester fetch` first, or give another file with --cache");
    return open_to_read(path, options.busy_timeout, steps);
}

}  // namespace harvester::cache
