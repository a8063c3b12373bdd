#include "github/decode.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "github/decode_item.h"

namespace harvester::github {
namespace {

using json::Value;

constexpr std::size_t longest_file = 1'000'000;  // GitHub cuts texts at 512,000 bytes

// Reads data of an answer by read(data).
template <class T, class Read>
Result<T> decode_data(const Answer& answer, Read read) {
    T out;
    const auto wrong = json::read(answer.body, [&](const Value& root) { read(out, root["data"]); });
    if (!wrong) return out;
    return fail(ExitCode::incomplete,
                fmt::format("GitHub's answer to request {} cannot be used: {}; run the same command again",
                            answer.request_id.empty() ? "without id" : answer.request_id, *wrong));
}

std::string text_or_empty(const Value& value, std::string_view key, const Limits& limits) {
    const auto member = value.find(key);
    return std::string(member ? member->text(limits.text_bytes) : std::string_view());
}

// ---- searches ----

// A count has issueCount alone.
SearchPage decode_page(std::string_view alias, const Value& value, const Limits& limits) {
    SearchPage page;
    page.alias = alias;
    page.issue_count = value["issueCount"].count();
    const auto nodes = value.member("nodes");
    if (!nodes && !value.member("pageInfo")) return page;
    PageInfo info = decode_page_info(value["pageInfo"], limits);
    page.has_next = info.has_next;
    page.end_cursor = std::move(info.end_cursor);
    value["nodes"].elements([&](const Value& node) {
        if (node.is_null())
            ++page.null_nodes;
        else
            page.items.push_back(decode_item(node, limits, page));
    });
    return page;
}

// ---- repositories ----

struct Branch {
    std::string name, commit;
};

// defaultBranchRef { name target { oid } }; both are empty when it is null.
Branch decode_branch(const Value& repository, const Limits& limits) {
    const auto branch = repository.find("defaultBranchRef");
    const auto target = branch ? branch->find("target") : std::nullopt;
    return {branch ? text_or_empty(*branch, "name", limits) : "",
            target ? text_or_empty(*target, "oid", limits) : ""};
}

OpenPullRequest decode_open_pull_request(const Value& value, const Limits& limits) {
    OpenPullRequest out;
    out.url = value["url"].text(limits.text_bytes);
    out.head_commit = value["headRefOid"].text(limits.text_bytes);
    if (const auto number = value.find("number")) out.number = number->count();
    if (const auto files = value.find("files"))
        for (ChangedPath& file : decode_paths(*files, limits).entries)
            out.paths.push_back(std::move(file.path));
    return out;
}

void decode_folder(const Value& folder, const Limits& limits, RepositoryListing& listing) {
    const auto entries = folder.is_null() ? std::nullopt : folder.find("entries");
    if (!entries) return;
    entries->elements([&](const Value& value) {
        listing.entries.push_back({std::string(value["name"].text(limits.text_bytes)),
                                   std::string(value["path"].text(limits.text_bytes)),
                                   text_or_empty(value, "type", limits) == "tree"});
    });
}

RepositoryListing decode_listing(const Value& value, const Limits& limits) {
    RepositoryListing listing;
    listing.repository = value["nameWithOwner"].text(limits.text_bytes);
    const Branch branch = decode_branch(value, limits);
    listing.default_branch = branch.name;
    listing.head_commit = branch.commit;
    value.members([&](std::string_view key, const Value& member) {
        if (key.starts_with("folder")) decode_folder(member, limits, listing);
    });
    if (const auto pull_requests = value.find("pullRequests"))
        (*pull_requests)["nodes"].elements([&](const Value& node) {
            if (!node.is_null()) listing.open_pull_requests.push_back(decode_open_pull_request(node, limits));
        });
    return listing;
}

// ---- files ----

// A blob; nullopt when there is nothing at that path, or a folder.
std::optional<FileText> decode_blob(const Value& repository, int slot) {
    const auto blob = repository.find(fmt::format("file{}", slot));
    if (!blob || !blob->member("text")) return std::nullopt;
    FileText file;
    file.slot = slot;
    if (const auto text = blob->find("text")) file.text = text->text(longest_file);
    if (const auto binary = blob->find("isBinary")) file.binary = binary->flag();
    if (const auto truncated = blob->find("isTruncated")) file.truncated = truncated->flag();
    return file;
}

// The newest commit of defaultBranchRef { target { file3: history(first: 1) { nodes { oid } } } }; empty:
// none.
std::string decode_history(const Value& repository, int slot, const Limits& limits) {
    const auto branch = repository.find("defaultBranchRef");
    const auto target = branch ? branch->find("target") : std::nullopt;
    const auto history = target ? target->find(fmt::format("file{}", slot)) : std::nullopt;
    const auto nodes = history ? history->find("nodes") : std::nullopt;
    std::string commit;
    if (nodes)
        nodes->elements([&](const Value& node) {
            if (!node.is_null()) commit = text_or_empty(node, "oid", limits);
        });
    return commit;
}

}  // namespace

Result<SearchAnswer> decode_searches(const Answer& answer, const Limits& limits) {
    return decode_data<SearchAnswer>(answer, [&](SearchAnswer& out, const Value& data) {
        data.members([&](std::string_view key, const Value& value) {
            if (key == "rateLimit") return;
            if (key != "repository")
                out.pages.push_back(decode_page(key, value, limits));
            else if (!value.is_null())
                out.listing = decode_listing(value, limits);
        });
    });
}

Result<PartPage> decode_item_part(const Answer& answer, const Limits& limits) {
    return decode_data<PartPage>(answer, [&](PartPage& out, const Value& data) {
        const Value node = data["node"];
        out.gone = node.is_null();
        if (out.gone) return;
        out.id = node["id"].text(limits.text_bytes);
        const auto take = [&](auto connection, auto& entries) {
            out.unavailable = connection.is_null;
            out.null_nodes = connection.null_nodes;
            out.has_next = connection.page.has_next;
            out.end_cursor = connection.page.end_cursor;
            entries = std::move(connection.entries);
        };
        if (const auto labels = node.member("labels"))
            take(decode_labels(*labels, limits), out.names);
        else if (const auto events = node.member("timelineItems"))
            take(decode_events(*events, limits), out.events);
        else if (const auto paths = node.member("files"))
            take(decode_paths(*paths, limits), out.paths);
        else
            node.wrong("lacks what was asked for");
    });
}

namespace {

// An item that no further page follows: label events that go on are left out.
Item decode_single_item(const Value& node, const Limits& limits) {
    SearchPage page;
    Item item = decode_item(node, limits, page);
    for (const Continuation& rest : page.continuations)
        if (rest.part == ItemPart::label_events) item.label_events.reset();
    return item;
}

SecondLookAnswer::Repository decode_named_repository(int slot, const Value& value, const Limits& limits) {
    SecondLookAnswer::Repository out{slot, {}, {}};
    if (value.is_null()) return out;
    out.name = value["nameWithOwner"].text(limits.text_bytes);
    if (const auto merges = value.find("pullRequests")) {
        out.merged.emplace();
        (*merges)["nodes"].elements([&](const Value& node) {
            if (!node.is_null()) out.merged->push_back(decode_single_item(node, limits));
        });
    }
    return out;
}

}  // namespace

Result<SecondLookAnswer> decode_second_look(const Answer& answer, const Limits& limits) {
    return decode_data<SecondLookAnswer>(answer, [&](SecondLookAnswer& out, const Value& data) {
        if (const auto nodes = data.find("nodes"))
            nodes->elements([&](const Value& node) {
                out.items.push_back(node.is_null() ? std::nullopt
                                                   : std::optional(decode_single_item(node, limits)));
            });
        if (const auto updated = data.find("merged1")) out.updated = decode_page("merged1", *updated, limits);
        for (int slot = 1; slot <= repositories_in_a_second_look; ++slot)
            if (const auto repository = data.member(fmt::format("repository{}", slot)))
                out.repositories.push_back(decode_named_repository(slot, *repository, limits));
    });
}

Result<std::optional<Item>> decode_found_item(const Answer& answer, const Limits& limits) {
    return decode_data<std::optional<Item>>(answer, [&](std::optional<Item>& found, const Value& data) {
        const auto repository = data.find("repository");
        const auto node = repository ? repository->find("issueOrPullRequest") : std::nullopt;
        if (!node) return;
        found = decode_single_item(*node, limits);
        std::ranges::sort(found->labels);
    });
}

Result<FilesAnswer> decode_files(const Answer& answer) {
    const Limits limits;
    constexpr int most_files = 9;
    return decode_data<FilesAnswer>(answer, [&](FilesAnswer& out, const Value& data) {
        const auto repository = data.find("repository");
        if (!repository) return;
        out.repository = text_or_empty(*repository, "nameWithOwner", limits);
        out.default_branch = decode_branch(*repository, limits).name;
        for (int slot = 1; slot <= most_files; ++slot)
            if (auto file = decode_blob(*repository, slot)) {
                file->commit = decode_history(*repository, slot, limits);
                out.files.push_back(std::move(*file));
            }
    });
}

Result<RateLimit> decode_rate_limit(const Answer& answer) {
    const Limits limits;
    return decode_data<RateLimit>(answer, [&](RateLimit& out, const Value& data) {
        if (const auto viewer = data.find("viewer")) out.login = text_or_empty(*viewer, "login", limits);
        const auto limit = data.find("rateLimit");
        if (!limit) return;
        out.limit = (*limit)["limit"].count();
        out.remaining = (*limit)["remaining"].count();
        out.resets_at = (*limit)["resetAt"].instant();
    });
}

}  // namespace harvester::github
