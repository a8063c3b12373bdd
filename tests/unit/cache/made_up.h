// Items made up for the tests of the cache.
#pragma once

#include <fmt/format.h>

#include "base/time.h"
#include "cache/store.h"
#include "catch.h"
#include "model.h"

namespace made_up {

inline harvester::Instant at(const char* text) {
    return harvester::parse_instant(text).value();
}

inline harvester::Item merged_item(int number, const char* merged_at) {
    harvester::Item item;
    item.id = fmt::format("PR_{}", number);
    item.repository = "acme/anvil";
    item.number = number;
    item.title = fmt::format("Change {}", number);
    item.url = fmt::format("https://github.com/acme/anvil/pull/{}", number);
    item.state = harvester::ItemState::merged;
    item.author = {"wile", harvester::ActorKind::user};
    item.created_at = at("2024-01-01T00:00:00Z");
    item.updated_at = at(merged_at);
    item.merged_at = at(merged_at);
    item.closed_at = at(merged_at);
    item.labels = {"A-rocket", "T-desert"};
    return item;
}

inline harvester::cache::Store open_in_memory() {
    auto store = harvester::cache::Store::open(":memory:", harvester::cache::OpenMode::read_write);
    INFO((store ? std::string() : store.error().message));
    REQUIRE(store);
    return std::move(*store);
}

template <class T>
T get(harvester::Result<T> result) {
    INFO((result ? std::string() : result.error().message));
    REQUIRE(result);
    return std::move(*result);
}

inline void ok(const harvester::Result<void>& result) {
    INFO((result ? std::string() : result.error().message));
    REQUIRE(result);
}

}  // namespace made_up
