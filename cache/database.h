// A SQLite connection and its prepared statements as values that clean up after themselves. The only place
// that calls SQLite's C functions, with database_open.cpp. Failures are thrown inside cache/ and become a
// Result at the border of Store.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/failure.h"
#include "base/time.h"

namespace harvester::cache {

// A Failure on its way to Store's border; its code is ExitCode::file.
struct CacheError {
    Failure failure;
};

class Database;

// One prepared statement in use: bound, stepped, and reset when it goes out of scope.
class Statement {
  public:
    Statement(Database& database, sqlite3_stmt* statement) : database_(&database), statement_(statement) {}
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    // Binds the next parameters in order. Text must live until the statement is reset.
    template <class... Values>
    Statement& bind(const Values&... values) {
        (bind_one(values), ...);
        return *this;
    }

    bool step();  // true: a row is there
    void run();   // steps through to the end and resets, to be bound anew

    int type(int column) const;  // SQLITE_NULL, SQLITE_INTEGER, ...
    bool is_null(int column) const { return type(column) == SQLITE_NULL; }
    std::int64_t integer(int column) const;
    std::string_view text(int column) const;  // valid until the next step
    Instant instant(int column) const { return Instant{Seconds{integer(column)}}; }
    std::optional<Instant> optional_instant(int column) const;
    std::optional<std::int64_t> optional_integer(int column) const;

  private:
    void bind_one(std::int64_t value);
    void bind_one(int value) { bind_one(std::int64_t{value}); }
    void bind_one(bool value) { bind_one(std::int64_t{value ? 1 : 0}); }
    void bind_one(std::string_view value);
    void bind_one(const std::string& value) { bind_one(std::string_view(value)); }
    void bind_one(const char* value) { bind_one(std::string_view(value)); }
    void bind_one(Instant value) { bind_one(std::int64_t{value.time_since_epoch().count()}); }
    template <class T>
    void bind_one(const std::optional<T>& value) {
        value ? bind_one(*value) : bind_null();
    }
    void bind_null();

    Database* database_;
    sqlite3_stmt* statement_;
    int bound_ = 0;
};

class Database {
  public:
    // Opens `name`, a path, ":memory:" or a URI, with SQLite's own flags; throws CacheError. `path` is for
    // messages.
    Database(std::filesystem::path path, const std::string& name, int flags, Milliseconds busy_timeout);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    // The statement "FILE.NAME": the one called NAME in queries/cache/FILE.sql. Prepared once.
    Statement statement(std::string_view name);
    // A statement of other SQL text of queries/; `text` lives as long as the program.
    Statement prepare(std::string_view text);
    // Several statements without parameters.
    void execute(const std::string& sql);
    std::int64_t pragma(const char* sql);  // first column of the first row

    std::int64_t last_row() const { return sqlite3_last_insert_rowid(handle_.get()); }
    sqlite3* handle() const { return handle_.get(); }
    const std::filesystem::path& path() const { return path_; }

    // Throws what SQLite's last error means for the user, in one sentence.
    [[noreturn]] void raise(int code) const;

  private:
    struct Close {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    std::filesystem::path path_;
    std::unique_ptr<sqlite3, Close> handle_;
    // By the address of the SQL text, which is embedded and so never moves.
    std::map<const char*, std::unique_ptr<sqlite3_stmt, Close>> statements_;
    std::map<std::string, std::string_view, std::less<>> names_;
};

// A transaction that takes SQLite's write lock at once, so that two writers queue up instead of failing
// half-way. Rolled back unless commit() is reached.
class Transaction {
  public:
    explicit Transaction(Database& database);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    void commit();

  private:
    Database& database_;
    bool open_ = true;
};

// A transaction that only reads: everything in it sees the file as it was at the first read. Ends with its
// scope.
class View {
  public:
    explicit View(Database& database);
    View(const View&) = delete;
    View& operator=(const View&) = delete;
    ~View();

  private:
    Database& database_;
};

// What SQLite's (extended) result code means for somebody who uses the file, in one sentence.
Failure explain(const std::filesystem::path& path, int code, std::string_view message);

// Finds "FILE.NAME" in the embedded queries/cache/FILE.sql: the text after the line "-- name: NAME" up to
// the next such line. Empty when there is none.
std::string_view find_sql(std::string_view name);

}  // namespace harvester::cache
