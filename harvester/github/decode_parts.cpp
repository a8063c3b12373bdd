#include <algorithm>

#include "github/decode_answer.h"
#include "github/decode_item.h"

namespace harvester::github {
namespace {

using json::Key;
using json::Reader;
using json::Value;
using json::Wrong;

constexpr std::size_t longest_file = 1'000'000;  // GitHub cuts texts at 512,000 bytes

PartPage decode_part(Reader& reader, Value& value, const Limits& limits) {
    PartPage page;
    bool told = false;
    page.gone = !reader.members_unless_null(value, [&](Key key, Value& member) {
        if (key == "id") page.id = reader.text(member, limits.text_bytes);
        Connection connection;
        if (key == "labels")
            connection = decode_labels(reader, member, limits, page.names);
        else if (key == "timelineItems")
            connection = decode_events(reader, member, limits, page.events);
        else if (key == "files")
            connection = decode_paths(reader, member, limits, page.paths);
        else
            return;
        if (connection.is_null) throw Wrong{"is null"};
        told = true;
        page.null_nodes = connection.null_nodes;
        page.has_next = connection.has_next;
        page.end_cursor = std::move(connection.end_cursor);
    });
    if (!page.gone && !told) throw Wrong{"lacks what was asked for"};
    return page;
}

// The number of "file3"; 0 for any other key.
int slot_of(std::string_view key) {
    constexpr std::string_view prefix = "file";
    if (!key.starts_with(prefix) || key.size() != prefix.size() + 1) return 0;
    const char digit = key.back();
    return digit >= '1' && digit <= '9' ? digit - '0' : 0;
}

// history(first: 1) { nodes { oid } }
std::string decode_history(Reader& reader, Value& value, const Limits& limits) {
    std::string commit;
    reader.members(value, [&](Key key, Value& nodes) {
        if (key != "nodes" || nodes.is_null()) return;
        reader.elements(nodes, [&](Value& node) {
            reader.members_unless_null(node, [&](Key name, Value& oid) {
                if (name == "oid") commit = reader.text(oid, limits.text_bytes);
            });
        });
    });
    return commit;
}

// A blob; nullopt when there is nothing at that path, or a folder.
std::optional<FileText> decode_blob(Reader& reader, Value& value, int slot) {
    FileText file;
    file.slot = slot;
    bool blob = false;
    reader.members_unless_null(value, [&](Key key, Value& member) {
        if (key == "text")
            blob = true, file.text = reader.text_or_null(member, longest_file).value_or("");
        else if (key == "isBinary")
            file.binary = !member.is_null() && reader.flag(member);
        else if (key == "isTruncated")
            file.truncated = reader.flag(member);
    });
    return blob ? std::optional<FileText>(std::move(file)) : std::nullopt;
}

}  // namespace

Result<PartPage> decode_item_part(const Answer& answer, const Limits& limits) {
    return decode_data<PartPage>(answer, [&](PartPage& out, Reader& reader, Key key, Value& value) {
        if (key == "node") out = decode_part(reader, value, limits);
    });
}

Result<std::optional<Item>> decode_found_item(const Answer& answer, const Limits& limits) {
    using Found = std::optional<Item>;
    return decode_data<Found>(answer, [&](Found& found, Reader& reader, Key root, Value& value) {
        if (root != "repository") return;
        reader.members_unless_null(value, [&](Key key, Value& member) {
            if (key != "issueOrPullRequest" || member.is_null()) return;
            SearchPage page;
            decode_node(reader, member, limits, page, found.emplace());
            for (const Continuation& rest : page.continuations)
                if (rest.part == ItemPart::label_events) found->label_events.reset();
            std::sort(found->labels.begin(), found->labels.end());
        });
    });
}

Result<FilesAnswer> decode_files(const Answer& answer) {
    const Limits limits;
    std::array<std::string, 10> commits;  // by slot
    auto decoded =
        decode_data<FilesAnswer>(answer, [&](FilesAnswer& out, Reader& reader, Key root, Value& value) {
            if (root != "repository") return;
            reader.members_unless_null(value, [&](Key key, Value& member) {
                if (key == "nameWithOwner") out.repository = reader.text(member, limits.text_bytes);
                std::string head;
                if (key == "defaultBranchRef")
                    decode_branch(reader, member, limits.text_bytes, out.default_branch, head,
                                  [&](Key inner, Value& history) {
                                      if (const int slot = slot_of(inner); slot > 0)
                                          commits[static_cast<std::size_t>(slot)] =
                                              decode_history(reader, history, limits);
                                  });
                if (const int slot = slot_of(key); slot > 0)
                    if (auto file = decode_blob(reader, member, slot)) out.files.push_back(std::move(*file));
            });
        });
    if (decoded)
        for (FileText& file : decoded->files) file.commit = commits[static_cast<std::size_t>(file.slot)];
    return decoded;
}

Result<RateLimit> decode_rate_limit(const Answer& answer) {
    const Limits limits;
    return decode_data<RateLimit>(answer, [&](RateLimit& out, Reader& reader, Key root, Value& value) {
        if (root != "viewer" && root != "rateLimit") return;
        reader.members_unless_null(value, [&](Key key, Value& member) {
            if (key == "login") out.login = reader.text(member, limits.text_bytes);
            if (key == "limit") out.limit = reader.count(member);
            if (key == "remaining") out.remaining = reader.count(member);
            if (key == "resetAt") out.resets_at = reader.instant(member);
        });
    });
}

Failure undecodable(const Answer& answer, const std::string& what) {
    return {ExitCode::incomplete,
            fmt::format("GitHub's answer to request {} cannot be used: {}; run the same command again",
                        answer.request_id.empty() ? "without id" : answer.request_id, what)};
}

}  // namespace harvester::github
