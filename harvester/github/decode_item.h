// Decodes an item, and the connections of items. Internal to github/; everything throws json::Wrong.
#pragma once

#include "github/decode.h"
#include "github/json.h"

namespace harvester::github {

// What goes on or was cut is noted in `page`.
Item decode_item(const json::Value& node, const Limits& limits, SearchPage& page);

struct PageInfo {
    bool has_next = false;
    std::string end_cursor;
};

PageInfo decode_page_info(const json::Value& value, const Limits& limits);

// A list of an item, as far as one answer gives it.
template <class T>
struct Connection {
    bool is_null = false;
    std::vector<T> entries;
    std::int64_t null_nodes = 0;
    std::optional<std::int64_t> total;  // when asked
    PageInfo page;

    // Whether the entries are not all there are; from the start, as the answer left some out inside.
    bool has_holes() const {
        return is_null || null_nodes > 0 || total.value_or(0) > static_cast<std::int64_t>(entries.size());
    }
};

Connection<std::string> decode_labels(const json::Value& value, const Limits& limits);
Connection<ChangedPath> decode_paths(const json::Value& value, const Limits& limits);
Connection<LabelEvent> decode_events(const json::Value& value, const Limits& limits);

}  // namespace harvester::github
