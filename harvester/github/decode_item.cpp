#include "github/decode_item.h"

#include <fmt/format.h>

#include <algorithm>

namespace harvester::github {
namespace {

using json::Value;

std::string decode_text(const Value& value, const Limits& limits) {
    return std::string(value.text(limits.text_bytes));
}

// Calls read(node) for each node that is there; a null node, which GitHub did not give, is counted.
template <class T, class Read>
Connection<T> decode_connection(const Value& value, const Limits& limits, Read read) {
    Connection<T> connection;
    const auto nodes = value.is_null() ? std::nullopt : value.find("nodes");
    if (!nodes) {
        connection.is_null = true;
        return connection;
    }
    if (const auto total = value.find("totalCount")) connection.total = total->count();
    if (const auto page = value.find("pageInfo")) connection.page = decode_page_info(*page, limits);
    std::size_t count = 0;
    nodes->elements([&](const Value& node) {
        if (count++ == limits.list_length)
            node.wrong(fmt::format("is beyond {} entries", limits.list_length));
        if (node.is_null())
            ++connection.null_nodes;
        else
            connection.entries.push_back(read(node));
    });
    return connection;
}

Actor decode_actor(const Value& value, const Limits& limits) {
    Actor actor;
    if (value.is_null()) return actor;
    if (const auto login = value.find("login")) actor.login = decode_text(*login, limits);
    const auto type = value.find("__typename");
    const std::string_view name = type ? type->text() : std::string_view();
    actor.kind = name == "User" ? ActorKind::user : name == "Bot" ? ActorKind::bot : ActorKind::other;
    return actor;
}

// An issue's state and a pull request's have different types, and so their own names in the documents.
ItemState decode_state(const Value& node) {
    const auto issue = node.find("issueState");
    const Value state = issue ? *issue : node["prState"];
    const std::string_view name = state.text();
    if (name == "OPEN") return ItemState::open;
    if (name == "CLOSED") return ItemState::closed;
    if (name == "MERGED") return ItemState::merged;
    state.wrong("is none of OPEN, CLOSED and MERGED");
}

ItemKind decode_kind(const Value& type) {
    const std::string_view name = type.text();
    if (name == "PullRequest") return ItemKind::pull_request;
    if (name == "Issue") return ItemKind::issue;
    type.wrong("is neither PullRequest nor Issue");
}

// Titles are cut at a code point, never inside one.
std::string decode_title(const Value& value, const Item& item, const Limits& limits, SearchPage& page) {
    std::string title(value.text());
    std::size_t end = limits.title_bytes;
    if (title.size() <= end) return title;
    while (end > 0 && (static_cast<unsigned char>(title[end]) & 0xC0u) == 0x80u) --end;
    title.resize(end);
    page.notes.push_back(fmt::format("the title of {}#{} is longer than {} bytes and was cut",
                                     item.repository, item.number, limits.title_bytes));
    return title;
}

std::optional<Instant> decode_instant(const Value& node, std::string_view key) {
    const auto value = node.find(key);
    return value ? std::optional(value->instant()) : std::nullopt;
}

// When the last commit was made: commits(last: 1) { nodes { commit { committedDate } } }.
std::optional<Instant> decode_last_commit(const Value& node) {
    std::optional<Instant> last;
    const auto commits = node.find("commits");
    const auto nodes = commits ? commits->find("nodes") : std::nullopt;
    if (nodes)
        nodes->elements([&](const Value& entry) {
            const auto commit = entry.is_null() ? std::nullopt : entry.find("commit");
            if (commit) last = decode_instant(*commit, "committedDate");
        });
    return last;
}

ChangeSize decode_size(const Value& node, const Value& additions) {
    return {additions.count(), node["deletions"].count(), node["changedFiles"].count()};
}

// Notes in `page` what is still to be asked of a list.
template <class T>
void note_rest(const Connection<T>& list, const Item& item, ItemPart part, SearchPage& page) {
    if (list.has_holes())
        page.continuations.push_back({item.id, part, ""});
    else if (list.page.has_next)
        page.continuations.push_back({item.id, part, list.page.end_cursor});
}

// Lists that are null are asked for again: GitHub gives no files while it still computes a change.
void decode_lists(const Value& node, const Limits& limits, SearchPage& page, Item& item) {
    if (const auto value = node.member("labels")) {
        auto labels = decode_labels(*value, limits);
        note_rest(labels, item, ItemPart::labels, page);
        item.labels = std::move(labels.entries);
    }
    if (const auto value = node.member("timelineItems")) {
        auto events = decode_events(*value, limits);
        note_rest(events, item, ItemPart::label_events, page);
        std::ranges::stable_sort(events.entries, {}, &LabelEvent::at);
        if (!events.is_null) item.label_events = std::move(events.entries);
    }
    if (const auto value = node.member("files")) {
        auto paths = decode_paths(*value, limits);
        note_rest(paths, item, ItemPart::paths, page);
        if (!paths.is_null) item.paths = std::move(paths.entries);
    }
}

}  // namespace

PageInfo decode_page_info(const Value& value, const Limits& limits) {
    PageInfo info;
    info.has_next = value["hasNextPage"].flag();
    if (const auto cursor = value.find("endCursor")) info.end_cursor = decode_text(*cursor, limits);
    if (info.has_next && info.end_cursor.empty()) value.wrong("goes on without a cursor");
    return info;
}

// {"name": ...}
Connection<std::string> decode_labels(const Value& value, const Limits& limits) {
    return decode_connection<std::string>(
        value, limits, [&](const Value& node) { return decode_text(node["name"], limits); });
}

// {"path": ..., "changeType": ...}
Connection<ChangedPath> decode_paths(const Value& value, const Limits& limits) {
    return decode_connection<ChangedPath>(value, limits, [&](const Value& node) {
        const auto change = node.find("changeType");
        return ChangedPath{decode_text(node["path"], limits), change && change->text() == "ADDED"};
    });
}

// {"__typename": "LabeledEvent", "createdAt": ..., "label": {"name": ...}}
Connection<LabelEvent> decode_events(const Value& value, const Limits& limits) {
    return decode_connection<LabelEvent>(value, limits, [&](const Value& node) {
        const Value type = node["__typename"], label = node["label"];
        const bool added = type.text() == "LabeledEvent";
        if (!added && type.text() != "UnlabeledEvent") type.wrong("is no event of a label");
        return LabelEvent{decode_text(label["name"], limits), node["createdAt"].instant(), added};
    });
}

Item decode_item(const Value& node, const Limits& limits, SearchPage& page) {
    Item item;
    const Value repository = node["repository"];
    item.kind = decode_kind(node["__typename"]);
    item.id = decode_text(node["id"], limits);
    item.number = node["number"].count();
    item.repository = decode_text(repository["nameWithOwner"], limits);
    item.title = decode_title(node["title"], item, limits, page);
    item.url = decode_text(node["url"], limits);
    item.state = decode_state(node);
    if (const auto draft = node.find("isDraft")) item.draft = draft->flag();
    item.author = decode_actor(node["author"], limits);
    item.created_at = node["createdAt"].instant();
    item.updated_at = node["updatedAt"].instant();
    item.merged_at = decode_instant(node, "mergedAt");
    item.closed_at = decode_instant(node, "closedAt");
    if (const auto branch = node.find("baseRefName")) item.base_branch = decode_text(*branch, limits);
    if (const auto additions = node.find("additions")) item.size = decode_size(node, *additions);
    item.text_changed_at = decode_last_commit(node);
    decode_lists(node, limits, page, item);
    return item;
}

}  // namespace harvester::github
