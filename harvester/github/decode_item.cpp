#include "github/decode_item.h"

#include <fmt/format.h>

#include <algorithm>

namespace harvester::github {
namespace {

using json::Key;
using json::Reader;
using json::Value;
using json::Wrong;

// Titles are cut at a code point, never inside one.
void cut(std::string& text, std::size_t most) {
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
    text.resize(end);
}

Actor decode_actor(Reader& reader, Value value, const Limits& limits) {
    Actor actor;
    std::string_view type;
    const bool there = reader.members_unless_null(value, [&](Key key, Value member) {
        if (key == "login") actor.login = reader.text(member, limits.text_bytes);
        if (key == "__typename") type = reader.word(member);
    });
    if (there)
        actor.kind = type == "User" ? ActorKind::user : type == "Bot" ? ActorKind::bot : ActorKind::other;
    return actor;
}

ItemState decode_state(Reader& reader, Value value) {
    const std::string_view state = reader.word(value);
    if (state == "OPEN") return ItemState::open;
    if (state == "CLOSED") return ItemState::closed;
    if (state == "MERGED") return ItemState::merged;
    throw Wrong{"is none of OPEN, CLOSED and MERGED"};
}

// What GitHub says it will send is believed for some tens of entries.
std::size_t most_reserved(std::int64_t told) {
    return static_cast<std::size_t>(std::min<std::int64_t>(told, 32));
}

// {"name": ...}, {"path": ..., "changeType": ...}, or a label event, which has both `label` and `createdAt`.
void decode_connection_node(Reader& reader, Value value, const Limits& limits, Connection& connection) {
    if (connection.names.size() + connection.paths.size() + connection.events.size() == limits.list_length)
        throw Wrong{fmt::format("is beyond {} entries", limits.list_length)};
    std::string_view type, change;
    std::optional<std::string> name, path, label;
    std::optional<Instant> at;
    const bool there = reader.members_unless_null(value, [&](Key key, Value member) {
        if (key == "name")
            name = reader.text(member, limits.text_bytes);
        else if (key == "path")
            path = reader.text(member, limits.text_bytes);
        else if (key == "changeType")
            change = reader.word(member);
        else if (key == "__typename")
            type = reader.word(member);
        else if (key == "createdAt")
            at = reader.instant(member);
        else if (key == "label")
            reader.members(member, [&](Key inner, Value text) {
                if (inner == "name") label = reader.text(text, limits.text_bytes);
            });
    });
    const bool event = type == "LabeledEvent" || type == "UnlabeledEvent";
    if (!there)
        ++connection.null_nodes;
    else if (event && label && at)
        connection.events.push_back({std::move(*label), *at, type == "LabeledEvent"});
    else if (path)
        connection.paths.push_back({std::move(*path), change == "ADDED"});
    else if (name)
        connection.names.push_back(std::move(*name));
    else
        throw Wrong{"lacks what was asked for"};
}

// When the last commit was made: commits(last: 1) { nodes { commit { committedDate } } }.
std::optional<Instant> decode_commits(Reader& reader, Value value) {
    std::optional<Instant> last;
    reader.members(value, [&](Key key, Value nodes) {
        if (key != "nodes" || nodes.is_null()) return;
        reader.elements(nodes, [&](Value node) {
            reader.members_unless_null(node, [&](Key, Value commit) {
                reader.members(commit, [&](Key name, Value date) {
                    if (name == "committedDate") last = reader.instant(date);
                });
            });
        });
    });
    return last;
}

// The members of a node that every document asks for.
enum Required : unsigned {
    id = 1,
    number = 2,
    title = 4,
    url = 8,
    state = 16,
    created = 32,
    updated = 64,
    repository = 128,
    author = 256,
    type = 512
};
constexpr std::pair<unsigned, const char*> required_names[] = {{type, "__typename"},
                                                               {id, "id"},
                                                               {number, "number"},
                                                               {title, "title"},
                                                               {url, "url"},
                                                               {state, "state"},
                                                               {created, "createdAt"},
                                                               {updated, "updatedAt"},
                                                               {repository, "repository"},
                                                               {author, "author"}};

class NodeDecoder {
  public:
    NodeDecoder(Reader& reader, const Limits& limits, SearchPage& page)
        : reader_(reader), limits_(limits), page_(page), item_(page.items.emplace_back()) {}

    void decode(Value value) {
        reader_.members(value, [this](Key key, Value member) { member_of_all(key, member); });
        for (const auto& [bit, name] : required_names)
            if ((seen_ & bit) == 0) throw Wrong{fmt::format("lacks {}", name)};
        finish();
    }

  private:
    std::string text(Value value) { return reader_.text(value, limits_.text_bytes); }

    void member_of_all(Key key, Value value) {
        if (key == "__typename")
            see(type), decode_type(value);
        else if (key == "id")
            see(id), item_.id = text(value);
        else if (key == "number")
            see(number), item_.number = reader_.count(value);
        else if (key == "title")
            see(title), item_.title = reader_.text(value, std::string::npos);
        else if (key == "url")
            see(url), item_.url = text(value);
        else if (key == "prState" || key == "issueState")
            see(state), item_.state = decode_state(reader_, value);
        else if (key == "createdAt")
            see(created), item_.created_at = reader_.instant(value);
        else if (key == "updatedAt")
            see(updated), item_.updated_at = reader_.instant(value);
        else if (key == "mergedAt")
            item_.merged_at = reader_.instant_or_null(value);
        else if (key == "closedAt")
            item_.closed_at = reader_.instant_or_null(value);
        else if (key == "author")
            see(author), item_.author = decode_actor(reader_, value, limits_);
        else if (key == "repository")
            decode_repository(value);
        else if (key == "labels")
            decode_labels(value);
        else
            member_of_some(key, value);
    }

    void member_of_some(Key key, Value value) {
        if (key == "isDraft")
            item_.draft = reader_.flag(value);
        else if (key == "baseRefName")
            item_.base_branch = text(value);
        else if (key == "additions")
            size().additions = reader_.count(value);
        else if (key == "deletions")
            size().deletions = reader_.count(value);
        else if (key == "changedFiles")
            size().files = reader_.count(value);
        else if (key == "timelineItems")
            decode_events(value);
        else if (key == "files")
            decode_paths(value);
        else if (key == "commits")
            item_.text_changed_at = decode_commits(reader_, value);
    }

    void see(Required member) { seen_ |= member; }

    ChangeSize& size() { return item_.size ? *item_.size : item_.size.emplace(); }

    void decode_type(Value value) {
        const std::string_view name = reader_.word(value);
        if (name != "PullRequest" && name != "Issue") throw Wrong{"is neither PullRequest nor Issue"};
        item_.kind = name == "Issue" ? ItemKind::issue : ItemKind::pull_request;
    }

    void decode_repository(Value value) {
        reader_.members(value, [this](Key key, Value member) {
            if (key == "nameWithOwner") see(repository), item_.repository = text(member);
        });
    }

    void decode_labels(Value value) {
        Connection labels = decode_connection(reader_, value, limits_);
        const auto got = static_cast<std::int64_t>(labels.names.size());
        if (labels.is_null || labels.null_nodes > 0 || labels.has_next || labels.total.value_or(got) > got)
            go_on(ItemPart::labels, {});
        item_.labels = std::move(labels.names);
    }

    void decode_events(Value value) {
        Connection events = decode_connection(reader_, value, limits_);
        if (events.is_null || events.null_nodes > 0)
            go_on(ItemPart::label_events, {});
        else if (events.has_next)
            go_on(ItemPart::label_events, std::move(events.end_cursor));
        if (!events.is_null) item_.label_events = std::move(events.events);
    }

    // GitHub gives no list of files while it still computes a change's difference.
    void decode_paths(Value value) {
        Connection paths = decode_connection(reader_, value, limits_);
        if (paths.is_null || paths.null_nodes > 0)
            go_on(ItemPart::paths, {});
        else if (paths.has_next)
            go_on(ItemPart::paths, std::move(paths.end_cursor));
        if (!paths.is_null) item_.paths = std::move(paths.paths);
    }

    void go_on(ItemPart part, std::string cursor) {
        page_.continuations.push_back({{}, part, std::move(cursor)});
    }

    void finish() {
        std::sort(item_.labels.begin(), item_.labels.end());
        item_.labels.erase(std::unique(item_.labels.begin(), item_.labels.end()), item_.labels.end());
        if (item_.label_events)
            std::stable_sort(item_.label_events->begin(), item_.label_events->end(),
                             [](const LabelEvent& a, const LabelEvent& b) { return a.at < b.at; });
        if (item_.title.size() > limits_.title_bytes) {
            cut(item_.title, limits_.title_bytes);
            page_.notes.push_back(fmt::format("the title of {}#{} is longer than {} bytes and was cut",
                                              item_.repository, item_.number, limits_.title_bytes));
        }
        for (std::size_t i = first_continuation_; i < page_.continuations.size(); ++i)
            page_.continuations[i].id = item_.id;
    }

    Reader& reader_;
    const Limits& limits_;
    SearchPage& page_;
    Item& item_;
    const std::size_t first_continuation_ = page_.continuations.size();
    unsigned seen_ = 0;
};

}  // namespace

void decode_node(Reader& reader, Value value, const Limits& limits, SearchPage& page) {
    NodeDecoder(reader, limits, page).decode(value);
}

PageInfo decode_page_info(Reader& reader, Value value, const Limits& limits) {
    PageInfo info;
    bool told = false;
    reader.members(value, [&](Key key, Value member) {
        if (key == "hasNextPage") told = true, info.has_next = reader.flag(member);
        if (key == "endCursor") info.end_cursor = reader.text_or_null(member, limits.text_bytes).value_or("");
    });
    if (!told) throw Wrong{"lacks hasNextPage"};
    if (info.has_next && info.end_cursor.empty()) throw Wrong{"goes on without a cursor"};
    return info;
}

Connection decode_connection(Reader& reader, Value value, const Limits& limits) {
    Connection connection;
    bool nodes = false;
    const bool there = reader.members_unless_null(value, [&](Key key, Value member) {
        if (key == "totalCount") {
            connection.total = reader.count(member);
        } else if (key == "pageInfo") {
            PageInfo info = decode_page_info(reader, member, limits);
            connection.has_next = info.has_next;
            connection.end_cursor = std::move(info.end_cursor);
        } else if (key == "nodes") {
            nodes = !member.is_null();
            if (nodes && connection.total) connection.names.reserve(most_reserved(*connection.total));
            if (nodes)
                reader.elements(
                    member, [&](Value node) { decode_connection_node(reader, node, limits, connection); });
        }
    });
    connection.is_null = !there || !nodes;
    return connection;
}

}  // namespace harvester::github
