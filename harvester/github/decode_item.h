// Decodes one node of a search. Internal to github/.
#pragma once

#include "github/decode.h"
#include "github/json_reader.h"

namespace harvester::github {

// What one node gave.
struct Node {
    Item item;
    std::vector<Continuation> continuations;
    bool title_cut = false;
};

// Throws json::Wrong; `value` must not be null.
Node decode_node(json::Reader& reader, json::Value value, const Limits& limits);

// A connection of labels, paths or label events: what its nodes hold and whether it goes on.
struct Connection {
    std::vector<std::string> names;
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
