#include <fmt/format.h>

#include "github/decode_item.h"

namespace harvester::github {
namespace {

using json::Key;
using json::Reader;
using json::Value;
using json::Wrong;

// The elements that a list holds already are written over before it grows, and keep their memory.
template <class T>
class Refilled {
  public:
    explicit Refilled(std::vector<T>& list) : list_(list) {}
    // The place for the next element; asked again without add(), the same.
    T& next() { return used_ < list_.size() ? list_[used_] : list_.emplace_back(); }
    void add() { ++used_; }
    void finish() { list_.resize(used_); }

  private:
    std::vector<T>& list_;
    std::size_t used_ = 0;
};

// Calls read(value) for each node that is there: a null node, which GitHub did not give, is counted.
template <class Read>
Connection decode_connection(Reader& reader, Value& value, const Limits& limits, Read read) {
    Connection connection;
    bool nodes = false;
    std::size_t count = 0;
    const bool there = reader.members_unless_null(value, [&](Key key, Value& member) {
        if (key == "totalCount") {
            connection.total = reader.count(member);
        } else if (key == "pageInfo") {
            PageInfo info = decode_page_info(reader, member, limits);
            connection.has_next = info.has_next;
            connection.end_cursor = std::move(info.end_cursor);
        } else if (key == "nodes") {
            nodes = !member.is_null();
            if (!nodes) return;
            reader.elements(member, [&](Value& node) {
                if (count++ == limits.list_length)
                    throw Wrong{fmt::format("is beyond {} entries", limits.list_length)};
                if (node.is_null())
                    ++connection.null_nodes;
                else
                    read(node);
            });
        }
    });
    connection.is_null = !there || !nodes;
    return connection;
}

[[noreturn]] void lacking() {
    throw Wrong{"lacks what was asked for"};
}

}  // namespace

PageInfo decode_page_info(Reader& reader, Value& value, const Limits& limits) {
    PageInfo info;
    bool told = false;
    reader.members(value, [&](Key key, Value& member) {
        if (key == "hasNextPage") told = true, info.has_next = reader.flag(member);
        if (key == "endCursor") info.end_cursor = reader.text_or_null(member, limits.text_bytes).value_or("");
    });
    if (!told) throw Wrong{"lacks hasNextPage"};
    if (info.has_next && info.end_cursor.empty()) throw Wrong{"goes on without a cursor"};
    return info;
}

// {"name": ...}
Connection decode_labels(Reader& reader, Value& value, const Limits& limits,
                         std::vector<std::string>& labels) {
    Refilled list(labels);
    const Connection connection = decode_connection(reader, value, limits, [&](Value& node) {
        bool named = false;
        reader.members(node, [&](Key key, Value& member) {
            if (key != "name") return;
            reader.text(member, limits.text_bytes, list.next());
            named = true;
        });
        if (!named) lacking();
        list.add();
    });
    list.finish();
    return connection;
}

// {"path": ..., "changeType": ...}
Connection decode_paths(Reader& reader, Value& value, const Limits& limits, std::vector<ChangedPath>& paths) {
    Refilled list(paths);
    const Connection connection = decode_connection(reader, value, limits, [&](Value& node) {
        bool named = false;
        std::string_view change;
        reader.members(node, [&](Key key, Value& member) {
            if (key == "path") reader.text(member, limits.text_bytes, list.next().path), named = true;
            if (key == "changeType") change = reader.word(member);
        });
        if (!named) lacking();
        list.next().added = change == "ADDED";
        list.add();
    });
    list.finish();
    return connection;
}

// {"__typename": "LabeledEvent", "createdAt": ..., "label": {"name": ...}}
Connection decode_events(Reader& reader, Value& value, const Limits& limits,
                         std::vector<LabelEvent>& events) {
    Refilled list(events);
    const Connection connection = decode_connection(reader, value, limits, [&](Value& node) {
        std::string_view type;
        bool named = false, dated = false;
        reader.members(node, [&](Key key, Value& member) {
            if (key == "__typename") type = reader.word(member);
            if (key == "createdAt") list.next().at = reader.instant(member), dated = true;
            if (key == "label")
                reader.members(member, [&](Key inner, Value& text) {
                    if (inner == "name")
                        reader.text(text, limits.text_bytes, list.next().label), named = true;
                });
        });
        if (!named || !dated || (type != "LabeledEvent" && type != "UnlabeledEvent")) lacking();
        list.next().added = type == "LabeledEvent";
        list.add();
    });
    list.finish();
    return connection;
}

}  // namespace harvester::github
