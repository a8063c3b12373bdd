// Store: reading items.
#include <nlohmann/json.hpp>

#include "cache/store_impl.h"

namespace harvester::cache {
namespace {

// A list of strangers' names as one SQL parameter.
std::string json_list(std::span<const std::string> texts) {
    return nlohmann::json(texts).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

ItemState state_of(std::string_view word) {
    return word == "merged" ? ItemState::merged : word == "closed" ? ItemState::closed : ItemState::open;
}

ActorKind actor_kind_of(std::string_view word) {
    return word == "user"    ? ActorKind::user
           : word == "bot"   ? ActorKind::bot
           : word == "ghost" ? ActorKind::ghost
                             : ActorKind::other;
}

// The columns after `key`, in the order of items.sql.
Item item_of(const Statement& row) {
    Item item;
    item.id = row.text(1);
    item.kind = row.text(2) == "issue" ? ItemKind::issue : ItemKind::pull_request;
    item.repository = row.text(3);
    item.number = row.integer(4);
    item.title = row.text(5);
    item.url = row.text(6);
    item.state = state_of(row.text(7));
    item.draft = row.integer(8) != 0;
    item.author = {std::string(row.text(9)), actor_kind_of(row.text(10))};
    item.created_at = row.instant(11);
    item.updated_at = row.instant(12);
    item.merged_at = row.optional_instant(13);
    item.closed_at = row.optional_instant(14);
    if (!row.is_null(15)) item.base_branch = row.text(15);
    if (!row.is_null(16)) item.size = ChangeSize{row.integer(16), row.integer(17), row.integer(18)};
    item.text_changed_at = row.optional_instant(19);
    if (row.integer(20) != 0) item.paths.emplace();
    if (row.integer(21) != 0) item.label_events.emplace();
    return item;
}

}  // namespace

void Store::Impl::read_details(Item& item, std::int64_t key) {
    auto labels = database->statement("items.labels_of");
    for (labels.bind(key); labels.step();) item.labels.emplace_back(labels.text(0));
    if (item.paths) {
        auto paths = database->statement("items.paths_of");
        for (paths.bind(key); paths.step();)
            item.paths->push_back({std::string(paths.text(0)), paths.integer(1) != 0});
    }
    if (item.label_events) {
        auto events = database->statement("items.events_of");
        for (events.bind(key); events.step();)
            item.label_events->push_back(
                {std::string(events.text(0)), events.instant(1), events.integer(2) != 0});
    }
}

std::vector<Item> Store::Impl::read_items(Statement& rows) {
    std::vector<Item> items;
    while (rows.step()) {
        items.push_back(item_of(rows));
        read_details(items.back(), rows.integer(0));
    }
    return items;
}

Result<std::vector<Item>> Store::merged(const Range& range) const {
    return impl_->guarded([&] {
        auto rows = impl_->database->statement("items.merged");
        return impl_->read_items(rows.bind(range.from, range.to));
    });
}

Result<std::int64_t> Store::merged_count(const Range& range) const {
    return impl_->guarded([&] {
        auto row = impl_->database->statement("items.merged_count");
        return row.bind(range.from, range.to).step() ? row.integer(0) : std::int64_t{0};
    });
}

Result<std::vector<Item>> Store::labelled(std::span<const std::string> labels, const Range& range) const {
    return impl_->guarded([&] {
        const std::string list = json_list(labels);
        auto rows = impl_->database->statement("items.labelled");
        return impl_->read_items(rows.bind(list, range.from, range.to));
    });
}

Result<std::vector<Item>> Store::pull_requests(const std::string& repository, const Range& range) const {
    return impl_->guarded([&] {
        auto rows = impl_->database->statement("items.of_repository");
        return impl_->read_items(rows.bind(repository, range.from, range.to));
    });
}

Result<std::optional<Item>> Store::find_item(const std::string& repository, std::int64_t number) const {
    return impl_->guarded([&]() -> std::optional<Item> {
        auto rows = impl_->database->statement("items.by_number");
        auto items = impl_->read_items(rows.bind(repository, number));
        if (items.empty()) return std::nullopt;
        return std::move(items.front());
    });
}

Result<std::int64_t> Store::forget_label_events(const LabelScope& scope, std::span<const std::string> ids) {
    return impl_->guarded([&] {
        const std::string label_list = json_list(scope.labels), id_list = json_list(ids),
                          owner = scope.owner + "/";
        const char* kind = scope.kind == ItemKind::issue ? "issue" : "pull_request";
        Transaction transaction(*impl_->database);
        std::vector<std::int64_t> losers;
        {
            auto rows = impl_->database->statement("items.losers_of_labels");
            for (rows.bind(scope.range.from, scope.range.to, label_list, id_list, kind, owner); rows.step();)
                losers.push_back(rows.integer(0));
        }
        for (const std::int64_t key : losers)
            impl_->database->statement("items.delete_events_of_labels").bind(key, label_list).run();
        transaction.commit();
        return static_cast<std::int64_t>(losers.size());
    });
}

}  // namespace harvester::cache
