// Store: statistics queries, facts and the integrity check.
#include <fmt/format.h>

#include "cache/store_impl.h"
#include "queries/embedded.h"

namespace harvester::cache {
namespace {

void bind_value(Statement& statement, const Value& value) {
    std::visit(
        [&](const auto& v) {
            if constexpr (std::is_same_v<std::decay_t<decltype(v)>, std::monostate>) {
                statement.bind(std::optional<std::int64_t>());
            } else {
                statement.bind(v);
            }
        },
        value);
}

Value column_value(const Statement& row, int column) {
    switch (row.type(column)) {
        case SQLITE_NULL:
            return {};
        case SQLITE_INTEGER:
            return row.integer(column);
        case SQLITE_FLOAT:
            return row.real(column);
        default:
            return row.text(column);
    }
}

}  // namespace

Result<void> Store::select(std::string_view file, std::span<const Value> parameters,
                           const std::function<void(std::span<const Value>)>& row) const {
    return impl_->guarded([&] {
        const std::string_view sql = queries::embedded(file);
        if (sql.empty()) throw CacheError{{ExitCode::file, fmt::format("there is no query {}", file)}};
        auto rows = impl_->database->prepare(sql);
        for (const Value& parameter : parameters) bind_value(rows, parameter);
        std::vector<Value> values(static_cast<std::size_t>(rows.columns()));
        while (rows.step()) {
            for (int column = 0; column < rows.columns(); ++column)
                values[static_cast<std::size_t>(column)] = column_value(rows, column);
            row(values);
        }
    });
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
        auto firsts = db.statement("notes.wrong_first_merges");
        while (firsts.step())
            findings.push_back(
                fmt::format("table first_merge: of {} in {} another pull request was the first",
                            firsts.text(0), firsts.text(1)));
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
