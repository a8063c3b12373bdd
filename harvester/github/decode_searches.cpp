#include "github/decode_answer.h"
#include "github/decode_item.h"

namespace harvester::github {
namespace {

using json::Key;
using json::Reader;
using json::Value;
using json::Wrong;

constexpr std::size_t most_nodes = 100;  // of a page

// Tells a search's answer from the repository's by its issueCount.
SearchPage decode_page(Reader& reader, std::string_view alias, Value& value, const Limits& limits,
                       std::vector<Item>& spare) {
    SearchPage page;
    page.alias = std::string(alias);
    bool counted = false, has_nodes = false, has_page_info = false;
    std::size_t used = 0;
    reader.members(value, [&](Key key, Value& member) {
        if (key == "issueCount") {
            counted = true;
            page.issue_count = reader.count(member);
        } else if (key == "pageInfo") {
            has_page_info = true;
            PageInfo info = decode_page_info(reader, member, limits);
            page.has_next = info.has_next;
            page.end_cursor = std::move(info.end_cursor);
        } else if (key == "nodes") {
            has_nodes = true;
            if (page.items.empty()) page.items = std::move(spare);
            page.items.reserve(most_nodes);
            reader.elements(member, [&](Value& node) {
                if (node.is_null()) {
                    ++page.null_nodes;
                    return;
                }
                if (used == page.items.size()) page.items.emplace_back();
                decode_node(reader, node, limits, page, page.items[used++]);
            });
        }
    });
    page.items.resize(used);
    if (!counted) throw Wrong{"lacks issueCount"};
    if (has_nodes != has_page_info) throw Wrong{has_nodes ? "lacks pageInfo" : "lacks nodes"};
    return page;
}

std::vector<std::string> decode_path_names(Reader& reader, Value& value, const Limits& limits) {
    std::vector<ChangedPath> files;
    decode_paths(reader, value, limits, files);
    std::vector<std::string> paths;
    for (ChangedPath& file : files) paths.push_back(std::move(file.path));
    return paths;
}

OpenPullRequest decode_open_pull_request(Reader& reader, Value& value, const Limits& limits) {
    OpenPullRequest pull_request;
    reader.members(value, [&](Key key, Value& member) {
        if (key == "url")
            pull_request.url = reader.text(member, limits.text_bytes);
        else if (key == "number")
            pull_request.number = reader.count(member);
        else if (key == "headRefOid")
            pull_request.head_commit = reader.text(member, limits.text_bytes);
        else if (key == "files")
            pull_request.paths = decode_path_names(reader, member, limits);
    });
    if (pull_request.url.empty() || pull_request.head_commit.empty()) throw Wrong{"lacks url or headRefOid"};
    return pull_request;
}

FolderEntry decode_entry(Reader& reader, Value& value, const Limits& limits) {
    FolderEntry entry;
    reader.members(value, [&](Key key, Value& member) {
        if (key == "name")
            entry.name = reader.text(member, limits.text_bytes);
        else if (key == "path")
            entry.path = reader.text_or_null(member, limits.text_bytes).value_or("");
        else if (key == "type")
            entry.folder = reader.text(member, limits.text_bytes) == "tree";
    });
    if (entry.name.empty() || entry.path.empty()) throw Wrong{"lacks name or path"};
    return entry;
}

void decode_folder(Reader& reader, Value& value, const Limits& limits, RepositoryListing& listing) {
    reader.members_unless_null(value, [&](Key key, Value& entries) {
        if (key != "entries" || entries.is_null()) return;
        reader.elements(
            entries, [&](Value& entry) { listing.entries.push_back(decode_entry(reader, entry, limits)); });
    });
}

void decode_open_pull_requests(Reader& reader, Value& value, const Limits& limits,
                               RepositoryListing& listing) {
    reader.members(value, [&](Key key, Value& nodes) {
        if (key != "nodes") return;
        reader.elements(nodes, [&](Value& node) {
            if (!node.is_null())
                listing.open_pull_requests.push_back(decode_open_pull_request(reader, node, limits));
        });
    });
}

RepositoryListing decode_listing(Reader& reader, Value& value, const Limits& limits) {
    RepositoryListing listing;
    reader.members(value, [&](Key key, Value& member) {
        if (key == "nameWithOwner")
            listing.repository = reader.text(member, limits.text_bytes);
        else if (key == "defaultBranchRef")
            decode_branch(reader, member, limits.text_bytes, listing.default_branch, listing.head_commit);
        else if (std::string_view(key).starts_with("folder"))
            decode_folder(reader, member, limits, listing);
        else if (key == "pullRequests")
            decode_open_pull_requests(reader, member, limits, listing);
    });
    if (listing.repository.empty()) throw Wrong{"lacks nameWithOwner"};
    return listing;
}

}  // namespace

Result<SearchAnswer> decode_searches(const Answer& answer, const Limits& limits, std::vector<Item> spare) {
    return decode_data<SearchAnswer>(answer, [&](SearchAnswer& out, Reader& reader, Key key, Value& value) {
        if (key == "rateLimit") return;
        if (key != "repository")
            out.pages.push_back(decode_page(reader, key, value, limits, spare));
        else if (!value.is_null())
            out.listing = decode_listing(reader, value, limits);
    });
}

}  // namespace harvester::github
