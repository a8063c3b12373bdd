#include "github/decode_item.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

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

void decode_actor(Reader& reader, Value& value, const Limits& limits, Actor& actor) {
    std::string_view type;
    bool named = false;
    const bool there = reader.members_unless_null(value, [&](Key key, Value& member) {
        if (key == "login") reader.text(member, limits.text_bytes, actor.login), named = true;
        if (key == "__typename") type = reader.word(member);
    });
    if (!there) {
        actor = Actor{};
        return;
    }
    if (!named) actor.login = Actor{}.login;
    actor.kind = type == "User" ? ActorKind::user : type == "Bot" ? ActorKind::bot : ActorKind::other;
}

ItemState decode_state(Reader& reader, Value& value) {
    const std::string_view state = reader.word(value);
    if (state == "OPEN") return ItemState::open;
    if (state == "CLOSED") return ItemState::closed;
    if (state == "MERGED") return ItemState::merged;
    throw Wrong{"is none of OPEN, CLOSED and MERGED"};
}

// When the last commit was made: commits(last: 1) { nodes { commit { committedDate } } }.
std::optional<Instant> decode_commits(Reader& reader, Value& value) {
    std::optional<Instant> last;
    reader.members(value, [&](Key key, Value& nodes) {
        if (key != "nodes" || nodes.is_null()) return;
        reader.elements(nodes, [&](Value& node) {
            reader.members_unless_null(node, [&](Key, Value& commit) {
                reader.members(commit, [&](Key name, Value& date) {
                    if (name == "committedDate") last = reader.instant(date);
                });
            });
        });
    });
    return last;
}

// The members of a node that every document asks for.
enum Required : unsigned {
    none = 0,
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
    NodeDecoder(Reader& reader, const Limits& limits, SearchPage& page, Item& item)
        : reader_(reader), limits_(limits), page_(page), item_(item) {}

    void decode(Value& value) {
        forget_what_may_be_left_out();
        // GitHub answers in the order of the document, so the next member is mostly the table's next.
        std::size_t expected = 0;
        reader_.members(value, [&](Key key, Value& member) {
            for (std::size_t i = 0; i < members.size(); ++i) {
                const std::size_t at = (expected + i) % members.size();
                if (key != members[at].name) continue;
                (this->*members[at].decode)(member);
                seen_ |= members[at].requirement;
                expected = at + 1;
                return;
            }
        });
        if (const char* lacking = first_lacking()) throw Wrong{fmt::format("lacks {}", lacking)};
        finish();
    }

  private:
    struct Member {
        json::KeyName name;
        void (NodeDecoder::*decode)(Value&);
        Required requirement = none;
    };
    static const std::array<Member, 22> members;

    // All of an item that decode() doesn't write over in every case.
    void forget_what_may_be_left_out() {
        item_.draft = false;
        item_.merged_at.reset();
        item_.closed_at.reset();
        item_.size.reset();
        item_.paths.reset();
        item_.label_events.reset();
        item_.text_changed_at.reset();
    }

    // nullptr: none is.
    const char* first_lacking() const {
        for (const auto& [bit, name] : required_names)
            if ((seen_ & bit) == 0) return name;
        return nullptr;
    }

    void text(Value& value, std::string& out) { reader_.text(value, limits_.text_bytes, out); }

    void decode_type(Value& value) {
        const std::string_view name = reader_.word(value);
        if (name != "PullRequest" && name != "Issue") throw Wrong{"is neither PullRequest nor Issue"};
        item_.kind = name == "Issue" ? ItemKind::issue : ItemKind::pull_request;
    }
    void decode_id(Value& value) { text(value, item_.id); }
    void decode_number(Value& value) { item_.number = reader_.count(value); }
    void decode_title(Value& value) { reader_.text(value, std::string::npos, item_.title); }
    void decode_url(Value& value) { text(value, item_.url); }
    void decode_state_member(Value& value) { item_.state = decode_state(reader_, value); }
    void decode_draft(Value& value) { item_.draft = reader_.flag(value); }
    void decode_created(Value& value) { item_.created_at = reader_.instant(value); }
    void decode_updated(Value& value) { item_.updated_at = reader_.instant(value); }
    void decode_merged(Value& value) { item_.merged_at = reader_.instant_or_null(value); }
    void decode_closed(Value& value) { item_.closed_at = reader_.instant_or_null(value); }
    void decode_base_branch(Value& value) {
        text(value, item_.base_branch ? *item_.base_branch : item_.base_branch.emplace());
        has_base_branch_ = true;
    }
    ChangeSize& size() { return item_.size ? *item_.size : item_.size.emplace(); }
    void decode_additions(Value& value) { size().additions = reader_.count(value); }
    void decode_deletions(Value& value) { size().deletions = reader_.count(value); }
    void decode_files_changed(Value& value) { size().files = reader_.count(value); }
    void decode_author(Value& value) { decode_actor(reader_, value, limits_, item_.author); }

    void decode_repository(Value& value) {
        reader_.members(value, [this](Key key, Value& member) {
            if (key == "nameWithOwner") seen_ |= repository, text(member, item_.repository);
        });
    }

    void decode_labels(Value& value) {
        const Connection labels = github::decode_labels(reader_, value, limits_, item_.labels);
        const auto got = static_cast<std::int64_t>(item_.labels.size());
        if (labels.is_null || labels.null_nodes > 0 || labels.has_next || labels.total.value_or(got) > got)
            go_on(ItemPart::labels, {});
        has_labels_ = true;
    }

    void decode_label_events(Value& value) {
        Connection events = decode_events(reader_, value, limits_, item_.label_events.emplace());
        after_list(ItemPart::label_events, events);
        if (events.is_null) item_.label_events.reset();
    }

    // GitHub gives no list of files while it still computes a change's difference.
    void decode_files(Value& value) {
        Connection paths = decode_paths(reader_, value, limits_, item_.paths.emplace());
        after_list(ItemPart::paths, paths);
        if (paths.is_null) item_.paths.reset();
    }

    void decode_last_commit(Value& value) { item_.text_changed_at = decode_commits(reader_, value); }

    void after_list(ItemPart part, Connection& connection) {
        if (connection.is_null || connection.null_nodes > 0)
            go_on(part, {});
        else if (connection.has_next)
            go_on(part, std::move(connection.end_cursor));
    }

    void go_on(ItemPart part, std::string cursor) {
        page_.continuations.push_back({{}, part, std::move(cursor)});
    }

    void finish() {
        if (!has_base_branch_) item_.base_branch.reset();
        if (!has_labels_) item_.labels.clear();
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
    bool has_base_branch_ = false;
    bool has_labels_ = false;
};

// In the order in which the documents of queries/github/ ask for them.
constexpr std::array<NodeDecoder::Member, 22> NodeDecoder::members = {{
    {"__typename", &NodeDecoder::decode_type, type},
    {"id", &NodeDecoder::decode_id, id},
    {"number", &NodeDecoder::decode_number, number},
    {"title", &NodeDecoder::decode_title, title},
    {"url", &NodeDecoder::decode_url, url},
    {"prState", &NodeDecoder::decode_state_member, state},
    {"issueState", &NodeDecoder::decode_state_member, state},
    {"isDraft", &NodeDecoder::decode_draft},
    {"createdAt", &NodeDecoder::decode_created, created},
    {"updatedAt", &NodeDecoder::decode_updated, updated},
    {"mergedAt", &NodeDecoder::decode_merged},
    {"closedAt", &NodeDecoder::decode_closed},
    {"baseRefName", &NodeDecoder::decode_base_branch},
    {"additions", &NodeDecoder::decode_additions},
    {"deletions", &NodeDecoder::decode_deletions},
    {"changedFiles", &NodeDecoder::decode_files_changed},
    {"author", &NodeDecoder::decode_author, author},
    {"repository", &NodeDecoder::decode_repository},
    {"labels", &NodeDecoder::decode_labels},
    {"timelineItems", &NodeDecoder::decode_label_events},
    {"files", &NodeDecoder::decode_files},
    {"commits", &NodeDecoder::decode_last_commit},
}};

}  // namespace

void decode_node(Reader& reader, Value& value, const Limits& limits, SearchPage& page, Item& item) {
    NodeDecoder(reader, limits, page, item).decode(value);
}

}  // namespace harvester::github
