// Decodes one node of a search, and the connections of items. Internal to github/.
#pragma once

#include "github/decode.h"
#include "github/json_reader.h"

namespace harvester::github {

// Decodes one node into `item`, whatever that held before: its texts' memory is used anew. What goes on or
// was cut is told in `page`. Throws json::Wrong; `value` must not be null.
void decode_node(json::Reader& reader, json::Value& value, const Limits& limits, SearchPage& page,
                 Item& item);

// What a connection tells beside its nodes.
struct Connection {
    bool is_null = false;
    std::int64_t null_nodes = 0;
    std::optional<std::int64_t> total;  // when asked
    bool has_next = false;
    std::string end_cursor;
};

// Connections of labels, paths and label events. The list ends up with what the nodes hold, nothing else; it
// is empty when the connection is null. All throw json::Wrong.
Connection decode_labels(json::Reader& reader, json::Value& value, const Limits& limits,
                         std::vector<std::string>& labels);
Connection decode_paths(json::Reader& reader, json::Value& value, const Limits& limits,
                        std::vector<ChangedPath>& paths);
Connection decode_events(json::Reader& reader, json::Value& value, const Limits& limits,
                         std::vector<LabelEvent>& events);

struct PageInfo {
    bool has_next = false;
    std::string end_cursor;
};

PageInfo decode_page_info(json::Reader& reader, json::Value& value, const Limits& limits);

}  // namespace harvester::github
