// Decodes one node of a search. Internal to github/.
#pragma once

#include "github/decode.h"
#include "github/json_reader.h"

namespace harvester::github {

// Appends what one node gave to the page; the pages hold a hundred, and an Item is too large to be moved
// about. Throws json::Wrong; `value` must not be null.
void decode_node(json::Reader& reader, json::Value value, const Limits& limits, SearchPage& page);

// A connection of labels, paths or label events: what its nodes hold and whether it goes on.
struct Connection {
    std::vector<std::string> names;
    std::vector<ChangedPath> paths;
    std::vector<LabelEvent> events;
    bool is_null = false;
    std::int64_t null_nodes = 0;
    std::optional<std::int64_t> total;  // when asked
    bool has_next = false;
    std::string end_cursor;
};

Connection decode_connection(json::Reader& reader, json::Value value, const Limits& limits);

struct PageInfo {
    bool has_next = false;
    std::string end_cursor;
};

PageInfo decode_page_info(json::Reader& reader, json::Value value, const Limits& limits);

}  // namespace harvester::github
