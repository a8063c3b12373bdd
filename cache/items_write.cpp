// Store: writing items.
#include <algorithm>
#include <array>

#include "cache/store_impl.h"

namespace harvester::cache {
namespace {

constexpr std::array<std::string_view, 2> kinds = {"pull_request", "issue"};
constexpr std::array<std::string_view, 3> states = {"open", "closed", "merged"};
constexpr std::array<std::string_view, 4> actor_kinds = {"user", "bot", "other", "ghost"};

constexpr std::size_t most_known_keys = 50'000;

template <std::size_t N, class Enum>
std::string_view word(const std::array<std::string_view, N>& words, Enum value) {
    return words[static_cast<std::size_t>(value)];
}

std::optional<std::int64_t> part(const std::optional<ChangeSize>& size, std::int64_t ChangeSize::*member) {
    return size ? std::optional((*size).*member) : std::nullopt;
}

void bind_columns(Statement& statement, const Item& item) {
    statement.bind(item.id, word(kinds, item.kind), item.repository, item.number, item.title, item.url,
                   word(states, item.state), item.draft, item.author.login,
                   word(actor_kinds, item.author.kind), item.created_at, item.updated_at, item.merged_at,
                   item.closed_at, item.base_branch, part(item.size, &ChangeSize::additions),
                   part(item.size, &ChangeSize::deletions), part(item.size, &ChangeSize::files),
                   item.text_changed_at);
}

}  // namespace

std::int64_t Store::Impl::text_key(TextKeys& keys, const std::string& text) {
    if (const auto known = keys.known.find(text); known != keys.known.end()) return known->second;
    if (keys.known.size() >= most_known_keys) keys.known.clear();
    std::int64_t key = 0;
    {
        auto find = database->statement(keys.find);
        if (find.bind(text).step()) key = find.integer(0);
    }
    if (key == 0) {
        database->statement(keys.insert).bind(text).run();
        key = database->last_row();
    }
    return keys.known[text] = key;
}

void Store::Impl::write_item(const Item& item) {
    Database& db = *database;
    std::int64_t key = 0;
    {
        auto find = db.statement("items.key_of");
        if (find.bind(item.id).step()) key = find.integer(0);
    }
    const bool known = key != 0;
    const std::int64_t repository = text_key(name_keys, item.repository),
                       author = text_key(name_keys, item.author.login);
    {
        auto write = db.statement(known ? "items.update" : "items.insert");
        bind_columns(write, item);
        write.bind(repository, author);
        if (known) write.bind(key);
        write.run();
    }
    if (!known) key = db.last_row();

    if (known) db.statement("items.delete_item_labels").bind(key).run();
    for (const std::string& label : item.labels) {
        const std::int64_t label_id = text_key(label_keys, label);
        db.statement("items.insert_item_label").bind(key, label_id).run();
    }
    if (item.paths) {
        db.statement("items.set_paths_known").bind(key).run();
        if (known) db.statement("items.delete_paths").bind(key).run();
        for (const auto& [path, added] : *item.paths)
            db.statement("items.insert_path").bind(key, path, added).run();
    }
    if (item.label_events) {
        db.statement("items.set_events_known").bind(key).run();
        if (known) db.statement("items.delete_events").bind(key).run();
        for (const LabelEvent& event : *item.label_events) {
            const std::int64_t label_id = text_key(label_keys, event.label);
            db.statement("items.insert_event").bind(key, event.at, label_id, event.added).run();
        }
    }
}

}  // namespace harvester::cache
