// Store: statistics queries, facts and the integrity check.
#include <fmt/format.h>

#include "cache/store_impl.h"
#include "queries/embedded.h"

namespace harvester::cache {

std::int64_t Row::integer(int column) const {
    return statement_->integer(column);
}

std::int64_t Row::integer(int column, std::int64_t fallback) const {
    // What isn't 0 is no NULL: the type of most need not be asked for.
    const std::int64_t value = statement_->integer(column);
    return value != 0 || statement_->type(column) == SQLITE_INTEGER ? value : fallback;
}

std::string_view Row::text(int column) const {
    return statement_->text(column);
}

bool Row::is_null(int column) const {
    return statement_->is_null(column);
}

Result<void> Store::select(std::string_view file, std::span<const Value> parameters,
                           const std::function<void(const Row&)>& row) const {
    return impl_->guarded([&] {
        const std::string_view sql = queries::embedded(file);
        if (sql.empty()) throw CacheError{{ExitCode::file, fmt::format("there is no query {}", file)}};
        auto rows = impl_->database->prepare(sql);
        for (const Value& parameter : parameters)
            std::visit([&](const auto& value) { rows.bind(value); }, parameter);
        const Row current(rows);
        while (rows.step()) row(current);
    });
}

Result<void> Store::with_one_view(const std::function<Result<void>()>& work) const {
    Result<void> worked;
    const auto opened = impl_->guarded([&] {
        const View view(*impl_->database);
        worked = work();
    });
    return opened ? worked : opened;
}

Result<CacheFacts> Store::facts() const {
    return impl_->guarded([&] {
        Database& db = *impl_->database;
        CacheFacts facts;
        facts.format = static_cast<int>(db.pragma("PRAGMA user_version"));
        facts.bytes = db.pragma("PRAGMA page_count") * db.pragma("PRAGMA page_size");
        auto counts = db.statement("notes.count_items");
        if (counts.step()) {
            facts.pull_requests = counts.integer(0);
            facts.issues = counts.integer(1);
            facts.gone = counts.integer(2);
        }
        auto first = db.statement("notes.first_merge"), last = db.statement("notes.last_merge");
        if (first.step() && !first.is_null(0) && last.step())
            facts.merged = Range{first.instant(0), last.instant(0) + Seconds{1}};
        return facts;
    });
}

Result<std::vector<std::string>> Store::verify() const {
    return impl_->guarded([&] {
        std::vector<std::string> findings;
        Database& db = *impl_->database;
        auto integrity = db.statement("notes.integrity");
        while (integrity.step())
            if (integrity.text(0) != "ok")
                findings.push_back(fmt::format("integrity: {}", integrity.text(0)));
        if (!findings.empty()) return findings;  // what follows would only repeat it
        auto keys = db.statement("notes.foreign_keys");
        while (keys.step())
            findings.push_back(fmt::format("table {}, row {}: refers to a row of {} that isn't there",
                                           keys.text(0), keys.integer(1), keys.text(2)));
        auto names = db.statement("notes.wrong_names");
        while (names.step())
            findings.push_back(
                fmt::format("item {}: the numbers of its names stand for others", names.text(0)));
        auto ledger = db.statement("notes.unproved");
        while (ledger.step())
            findings.push_back(fmt::format("ledger: {} {}..{}: called complete with {} of {} items",
                                           ledger.text(0), format_instant(ledger.instant(1)),
                                           format_instant(ledger.instant(2)), ledger.integer(4),
                                           ledger.integer(3)));
        return findings;
    });
}

}  // namespace harvester::cache
