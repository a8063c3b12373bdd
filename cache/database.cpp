#include "cache/database.h"

#include <fmt/format.h>

#include <cassert>

#include "queries/embedded.h"

namespace harvester::cache {

std::string_view find_sql(std::string_view name) {
    const auto dot = name.find('.');
    const std::string_view text = queries::embedded(fmt::format("cache/{}.sql", name.substr(0, dot)));
    const std::string head = fmt::format("-- name: {}\n", name.substr(dot + 1));
    const auto at = text.find(head);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = text.substr(at + head.size());
    return rest.substr(0, rest.find("-- name: "));
}

Failure explain(const std::filesystem::path& path, int code, std::string_view message) {
    const auto say = [&](std::string_view sentence) {
        return Failure{ExitCode::file, fmt::format("cache {}: {}", path.string(), sentence)};
    };
    switch (code & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return say(
                "another process has locked it; wait until that ends, or give another file with --cache");
        case SQLITE_READONLY:
            return say(
                "it or its folder is read-only; make both writable, or give another file with --cache");
        case SQLITE_FULL:
            return say(
                "no space is left on its disk; nothing half-written was kept: make room and run again");
        case SQLITE_CORRUPT:
            return say(
                "it is damaged; it was left as it is: `harvester status --verify` tells more, move it away "
                "to start anew");
        case SQLITE_NOTADB:
            return say("it isn't a SQLite file; it was left as it is: give another file with --cache");
        case SQLITE_CANTOPEN:
            return say(
                "it cannot be opened or made; see to its folder and permissions, or give another file with "
                "--cache");
        case SQLITE_IOERR:
            return say(
                fmt::format("reading or writing it failed ({}); see to the disk and run again", message));
        default:
            return say(
                fmt::format("SQLite says \"{}\" (code {}); run `harvester status --verify`", message, code));
    }
}

Database::Database(std::filesystem::path path, const std::string& name, int flags, Milliseconds busy_timeout)
    : path_(std::move(path)) {
    sqlite3* handle = nullptr;
    // One thread at a time uses a Store: SQLite need not lock at every column it hands out.
    const int code =
        sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    handle_.reset(handle);
    if (code != SQLITE_OK) raise(code);
    sqlite3_busy_timeout(handle, static_cast<int>(busy_timeout.count()));
    // Files are strangers' bytes: no functions with side effects from a schema, and checked cell sizes.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
}

void Database::raise(int code) const {
    throw CacheError{explain(path_, code, handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code))};
}

Statement Database::prepare(std::string_view text) {
    auto& statement = statements_[text.data()];
    if (!statement) {
        sqlite3_stmt* made = nullptr;
        const int code = sqlite3_prepare_v3(handle_.get(), text.data(), static_cast<int>(text.size()),
                                            SQLITE_PREPARE_PERSISTENT, &made, nullptr);
        statement.reset(made);
        if (code != SQLITE_OK) raise(code);
    }
    return {*this, statement.get()};
}

Statement Database::statement(std::string_view name) {
    auto found = names_.find(name);
    if (found == names_.end()) found = names_.emplace(name, find_sql(name)).first;
    assert(!found->second.empty());
    return prepare(found->second);
}

void Database::execute(const std::string& sql) {
    const int code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) raise(code);
}

std::int64_t Database::pragma(const char* sql) {
    sqlite3_stmt* made = nullptr;
    const int code = sqlite3_prepare_v2(handle_.get(), sql, -1, &made, nullptr);
    const std::unique_ptr<sqlite3_stmt, Close> guard(made);
    if (code != SQLITE_OK) raise(code);
    const int stepped = sqlite3_step(made);
    if (stepped == SQLITE_DONE) return 0;
    if (stepped != SQLITE_ROW) raise(stepped);
    return sqlite3_column_int64(made, 0);
}

Statement::~Statement() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

bool Statement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    database_->raise(code);
}

void Statement::run() {
    while (step()) {
    }
    sqlite3_reset(statement_);
    bound_ = 0;
}

void Statement::bind_one(std::int64_t value) {
    if (const int code = sqlite3_bind_int64(statement_, ++bound_, value)) database_->raise(code);
}

void Statement::bind_one(std::string_view value) {
    // A null pointer would bind NULL: an empty view may hold one.
    const char* data = value.data() != nullptr ? value.data() : "";
    if (const int code =
            sqlite3_bind_text64(statement_, ++bound_, data, value.size(), SQLITE_STATIC, SQLITE_UTF8))
        database_->raise(code);
}

void Statement::bind_null() {
    if (const int code = sqlite3_bind_null(statement_, ++bound_)) database_->raise(code);
}

int Statement::type(int column) const {
    return sqlite3_column_type(statement_, column);
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string_view Statement::text(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return data == nullptr
               ? std::string_view()
               : std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

std::optional<Instant> Statement::optional_instant(int column) const {
    if (is_null(column)) return std::nullopt;
    return instant(column);
}

std::optional<std::int64_t> Statement::optional_integer(int column) const {
    if (is_null(column)) return std::nullopt;
    return integer(column);
}

Transaction::Transaction(Database& database) : database_(database) {
    database_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    if (open_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

View::View(Database& database) : database_(database) {
    database_.execute("BEGIN DEFERRED");
}

View::~View() {
    sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
    database_.execute("COMMIT");
    open_ = false;
}

}  // namespace harvester::cache
