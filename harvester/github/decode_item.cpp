#include "github/decode_item.h"

#include <fmt/format.h>

#include <algorithm>

namespace harvester::github {
namespace {

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
    std::string type;
    const bool there = reader.members_unless_null(value, [&](std::string_view key, Value member) {
        if (json::is(key, "login")) actor.login = reader.text(member, limits.text_bytes);
        if (json::is(key, "__typename")) type = reader.text(member, limits.text_bytes);
    });
    if (there)
        actor.kind = type == "User" ? ActorKind::user : type == "Bot" ? ActorKind::bot : ActorKind::other;
    return actor;
}

ItemState decode_state(Reader& reader, Value value, const Limits& limits) {
    const std::string state = reader.text(value, limits.text_bytes);
    if (state == "OPEN") return ItemState::open;
    if (state == "CLOSED") return ItemState::closed;
    if (state == "MERGED") return ItemState::merged;
    throw Wrong{"is none of OPEN, CLOSED and MERGED"};
}

// {"name": ...}, {"path": ...}, or a label event, which has both `label` and `createdAt`.
void decode_connection_node(Reader& reader, Value value, const Limits& limits, Connection& connection) {
    if (connection.names.size() + connection.events.size() == limits.list_length)
        throw Wrong{fmt::format("is beyond {} entries", limits.list_length)};
    std::string type;
    std::optional<std::string> name, label;
    std::optional<Instant> at;
    const bool there = reader.members_unless_null(value, [&](std::string_view key, Value member) {
        if (json::is(key, "name") || json::is(key, "path"))
            name = reader.text(member, limits.text_bytes);
        else if (json::is(key, "__typename"))
            type = reader.text(member, limits.text_bytes);
        else if (json::is(key, "createdAt"))
            at = reader.instant(member);
        else if (json::is(key, "label"))
            reader.members(member, [&](std::string_view inner, Value text) {
                if (json::is(inner, "name")) label = reader.text(text, limits.text_bytes);
            });
    });
    const bool event = type == "LabeledEvent" || type == "UnlabeledEvent";
    if (!there)
        ++connection.null_nodes;
    else if (event && label && at)
        connection.events.push_back({std::move(*label), *at, type == "LabeledEvent"});
    else if (name)
        connection.names.push_back(std::move(*name));
    else
        throw Wrong{"lacks what was asked for"};
}

// When the last commit was made: commits(last: 1) { nodes { commit { committedDate } } }.
std::optional<Instant> decode_commits(Reader& reader, Value value) {
    std::optional<Instant> last;
    reader.members(value, [&](std::string_view key, Value nodes) {
        if (key != "nodes" || nodes.is_null()) return;
        reader.elements(nodes, [&](Value node) {
            reader.members_unless_null(node, [&](std::string_view, Value commit) {
                reader.members(commit, [&](std::string_view name, Value date) {
                    if (json::is(name, "committedDate")) last = reader.instant(date);
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
        reader_.members(value, [this](std::string_view key, Value member) { member_of_all(key, member); });
        for (const auto& [bit, name] : required_names)
            if ((seen_ & bit) == 0) throw Wrong{fmt::format("lacks {}", name)};
        finish();
    }

  private:
    std::string text(Value value) { return reader_.text(value, limits_.text_bytes); }

    void member_of_all(std::string_view key, Value value) {
        if (json::is(key, "__typename"))
            see(type), decode_type(value);
        else if (json::is(key, "id"))
            see(id), item_.id = text(value);
        else if (json::is(key, "number"))
            see(number), item_.number = reader_.count(value);
        else if (json::is(key, "title"))
            see(title), item_.title = reader_.text(value, std::string::npos);
        else if (json::is(key, "url"))
            see(url), item_.url = text(value);
        else if (json::is(key, "prState") || json::is(key, "issueState"))
            see(state), item_.state = decode_state(reader_, value, limits_);
        else if (json::is(key, "createdAt"))
            see(created), item_.created_at = reader_.instant(value);
        else if (json::is(key, "updatedAt"))
            see(updated), item_.updated_at = reader_.instant(value);
        else if (json::is(key, "mergedAt"))
            item_.merged_at = reader_.instant_or_null(value);
        else if (json::is(key, "closedAt"))
            item_.closed_at = reader_.instant_or_null(value);
        else if (json::is(key, "author"))
            see(author), item_.author = decode_actor(reader_, value, limits_);
        else if (json::is(key, "repository"))
            decode_repository(value);
        else if (json::is(key, "labels"))
            decode_labels(value);
        else
            member_of_some(key, value);
    }

    void member_of_some(std::string_view key, Value value) {
        if (json::is(key, "isDraft"))
            item_.draft = reader_.flag(value);
        else if (json::is(key, "baseRefName"))
            item_.base_branch = text(value);
        else if (json::is(key, "additions"))
            size().additions = reader_.count(value);
        else if (json::is(key, "deletions"))
            size().deletions = reader_.count(value);
        else if (json::is(key, "changedFiles"))
            size().files = reader_.count(value);
        else if (json::is(key, "timelineItems"))
            decode_events(value);
        else if (json::is(key, "files"))
            decode_paths(value);
        else if (json::is(key, "commits"))
            item_.text_changed_at = decode_commits(reader_, value);
    }

    void see(Required member) { seen_ |= member; }

    ChangeSize& size() { return item_.size ? *item_.size : item_.size.emplace(); }

    void decode_type(Value value) {
        const std::string name = text(value);
        if (name != "PullRequest" && name != "Issue") throw Wrong{"is neither PullRequest nor Issue"};
        item_.kind = json::is(name, "Issue") ? ItemKind::issue : ItemKind::pull_request;
    }

    void decode_repository(Value value) {
        reader_.members(value, [this](std::string_view key, Value member) {
            if (json::is(key, "nameWithOwner")) see(repository), item_.repository = text(member);
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
        if (!paths.is_null) item_.paths = std::move(paths.names);
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
    reader.members(value, [&](std::string_view key, Value member) {
        if (json::is(key, "hasNextPage")) told = true, info.has_next = reader.flag(member);
        if (json::is(key, "endCursor"))
            info.end_cursor = reader.text_or_null(member, limits.text_bytes).value_or("");
    });
    if (!told) throw Wrong{"lacks hasNextPage"};
    if (info.has_next && info.end_cursor.empty()) throw Wrong{"goes on without a cursor"};
    return info;
}

Connection decode_connection(Reader& reader, Value value, const Limits& limits) {
    Connection connection;
    bool nodes = false;
    const bool there = reader.members_unless_null(value, [&](std::string_view key, Value member) {
        if (json::is(key, "totalCount")) {
            connection.total = reader.count(member);
        } else if (json::is(key, "pageInfo")) {
            PageInfo info = decode_page_info(reader, member, limits);
            connection.has_next = info.has_next;
            connection.end_cursor = std::move(info.end_cursor);
        } else if (json::is(key, "nodes")) {
            nodes = !member.is_null();
            if (nodes)
                reader.elements(
                    member, [&](Value node) { decode_connection_node(reader, node, limits, connection); });
        }
    });
    connection.is_null = !there || !nodes;
    return connection;
}

}  // namespace harvester::github
