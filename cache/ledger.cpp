// Store: the ledger of slices.
#include <array>
#include <unordered_set>

#include "cache/store_impl.h"

namespace harvester::cache {
namespace {

constexpr std::array<std::string_view, 3> slice_states = {"open", "complete", "incomplete"};

Slice slice_of(const Statement& row) {
    Slice slice;
    slice.key = {std::string(row.text(0)), {row.instant(1), row.instant(2)}, std::string(row.text(3))};
    const auto state = row.text(4);
    slice.state = state == "complete" ? SliceState::complete
                  : state == "open"   ? SliceState::open
                                      : SliceState::incomplete;
    slice.issue_count = row.integer(5);
    slice.received = row.integer(6);
    slice.cursor = row.text(7);
    slice.asked_at = row.instant(8);
    return slice;
}

// 0 when the ledger has no such slice.
std::int64_t key_of(Database& database, const SliceKey& key) {
    auto row = database.statement("ledger.key_of");
    return row.bind(key.search, key.range.from, key.range.to, key.repository).step() ? row.integer(0) : 0;
}

}  // namespace

void Store::Impl::write_slice(const Slice& slice) {
    const SliceKey& key = slice.key;
    database->statement("ledger.save")
        .bind(key.search, key.range.from, key.range.to, key.repository,
              slice_states[static_cast<std::size_t>(slice.state)], slice.issue_count, slice.received,
              slice.cursor, slice.asked_at)
        .run();
    if (slice.state == SliceState::complete)
        database->statement("ledger.replace_inside")
            .bind(key.search, key.range.from, key.range.to, key.repository)
            .run();
}

std::vector<std::string> Store::Impl::vanished(const Slice& slice, std::span<const Item> last_page,
                                               const Scope& scope) {
    const char* query =
        scope.axis == Scope::Axis::merged ? "ledger.merged_in_scope" : "ledger.created_in_scope";
    const std::string owner = scope.owner + "/";
    const std::string& repository = slice.key.repository.empty() ? scope.repository : slice.key.repository;
    std::vector<std::string> known;
    {
        auto rows = database->statement(query);
        for (rows.bind(slice.key.range.from, slice.key.range.to, owner, repository); rows.step();)
            known.emplace_back(rows.text(0));
    }
    // Items that the slice gave are all in the cache by now: as many known as received means none is gone.
    if (static_cast<std::int64_t>(known.size()) <= slice.received) return {};
    std::unordered_set<std::string> given;
    for (const Item& item : last_page) given.insert(item.id);
    if (const std::int64_t key = key_of(*database, slice.key)) {
        auto rows = database->statement("ledger.members");
        for (rows.bind(key); rows.step();) given.emplace(rows.text(0));
    }
    std::erase_if(known, [&](const std::string& id) { return given.contains(id); });
    return known;
}

Result<void> Store::save_items(std::span<const Item> items) {
    return impl_->guarded([&] {
        Transaction transaction(*impl_->database);
        for (const Item& item : items) impl_->write_item(item);
        transaction.commit();
    });
}

Result<void> Store::mark_gone(std::span<const std::string> ids, Instant at) {
    return impl_->guarded([&] {
        Transaction transaction(*impl_->database);
        for (const std::string& id : ids) impl_->database->statement("ledger.mark_gone").bind(id, at).run();
        transaction.commit();
    });
}

Result<std::vector<std::string>> Store::commit_page(const Slice& slice, std::span<const Item> items,
                                                    const std::optional<Scope>& scope) {
    return impl_->guarded([&] {
        Database& db = *impl_->database;
        Transaction transaction(db);
        for (const Item& item : items) impl_->write_item(item);
        const bool complete = slice.state == SliceState::complete;
        auto vanished =
            complete && scope ? impl_->vanished(slice, items, *scope) : std::vector<std::string>();
        impl_->write_slice(slice);
        // Members are kept only while a slice is under way: most slices are one page, and cost no row here.
        const std::int64_t key = key_of(db, slice.key);
        if (complete) {
            db.statement("ledger.clear_members").bind(key).run();
        } else {
            for (const Item& item : items) {
                auto find = db.statement("items.key_of");
                if (find.bind(item.id).step())
                    db.statement("ledger.add_member").bind(key, find.integer(0)).run();
            }
        }
        transaction.commit();
        return vanished;
    });
}

Result<void> Store::save_slice(const Slice& slice) {
    return impl_->guarded([&] {
        Transaction transaction(*impl_->database);
        impl_->write_slice(slice);
        transaction.commit();
    });
}

Result<void> Store::restart_slice(const SliceKey& key) {
    return impl_->guarded([&] {
        Transaction transaction(*impl_->database);
        impl_->database->statement("ledger.delete")
            .bind(key.search, key.range.from, key.range.to, key.repository)
            .run();
        transaction.commit();
    });
}

Result<std::vector<std::string>> Store::members(const SliceKey& key) const {
    return impl_->guarded([&] {
        std::vector<std::string> ids;
        auto rows = impl_->database->statement("ledger.members");
        for (rows.bind(key_of(*impl_->database, key)); rows.step();) ids.emplace_back(rows.text(0));
        return ids;
    });
}

Result<std::vector<Slice>> Store::slices(const std::string& search, const Range& range) const {
    return impl_->guarded([&] {
        std::vector<Slice> slices;
        auto rows = impl_->database->statement("ledger.touching");
        for (rows.bind(search, range.from, range.to); rows.step();) slices.push_back(slice_of(rows));
        return slices;
    });
}

Result<std::vector<std::string>> Store::repositories(const std::string& owner) const {
    return impl_->guarded([&] {
        std::vector<std::string> names;
        const std::string from = owner + "/", to = owner + "0";  // '0' is the character after '/'
        auto rows = impl_->database->statement("ledger.repositories");
        for (rows.bind(from, to); rows.step();) names.emplace_back(rows.text(0));
        return names;
    });
}

Result<std::vector<Slice>> Store::all_slices() const {
    return impl_->guarded([&] {
        std::vector<Slice> slices;
        auto rows = impl_->database->statement("ledger.all");
        while (rows.step()) slices.push_back(slice_of(rows));
        return slices;
    });
}

}  // namespace harvester::cache
