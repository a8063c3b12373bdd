// Store: reading items.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>

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
        Item& item = items.emplace_back(item_of(rows));
        const std::int64_t key = rows.integer(0);
        auto labels = database->statement("items.labels_of");
        for (labels.bind(key); labels.step();) item.labels.emplace_back(labels.text(0));
        read_details(item, key);
    }
    return items;
}

std::vector<Item> Store::Impl::read_merged(const Range& range) {
    std::vector<Item> items;
    std::unordered_map<std::int64_t, std::size_t> places;  // in `items`, by key
    auto rows = database->statement("items.merged");
    for (rows.bind(range.from, range.to); rows.step();) {
        const std::int64_t key = rows.integer(0);
        places.emplace(key, items.size());
        read_details(items.emplace_back(item_of(rows)), key);
    }
    auto labels = database->statement("items.labels_of_merged");
    for (labels.bind(range.from, range.to); labels.step();)
        if (const auto place = places.find(labels.integer(0)); place != places.end())
            items[place->second].labels.emplace_back(labels.text(1));
    for (Item& item : items) std::sort(item.labels.begin(), item.labels.end());
    return items;
}

Result<std::vector<Item>> Store::merged(const Range& range) const {
    return impl_->guarded([&] { return impl_->read_merged(range); });
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

Result<std::vector<Item>> Store::opened(const Range& range) const {
    return impl_->guarded([&] {
        auto rows = impl_->database->statement("items.opened");
        return impl_->read_items(rows.bind(range.from, range.to));
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

}  // namespace harvester::cache
