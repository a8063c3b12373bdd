// Makes a cache from merged pull requests in a file instead of on GitHub: one JSON object a line on stdin,
// {"repo", "number", "title", "merged_at", "author"}. EDITIONS, one JSON object a line, adds what editions
// showed: the performance reports, and the label of a pull request whose final comment period they announced.
//   zcat merged.jsonl.gz | corpus_cache CACHE [EDITIONS]
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "cache/store.h"

using namespace harvester;

namespace {

constexpr const char* web = "https://github.com";

std::string text(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<Item> read_item(const std::string& line) {
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (!json.is_object()) return std::nullopt;
    const auto merged_at = parse_instant(text(json, "merged_at"));
    if (!merged_at) return std::nullopt;
    Item item;
    item.repository = text(json, "repo");
    if (json.contains("number") && json["number"].is_number_integer())
        item.number = json["number"].get<std::int64_t>();
    item.id = fmt::format("{}#{}", item.repository, item.number);
    item.url = fmt::format("{}/{}/pull/{}", web, item.repository, item.number);
    item.title = text(json, "title");
    if (const std::string author = text(json, "author"); !author.empty())
        item.author = {author, author.ends_with("[bot]") ? ActorKind::bot : ActorKind::user};
    item.state = ItemState::merged;
    item.created_at = item.updated_at = *merged_at;
    item.merged_at = item.closed_at = merged_at;
    return item;
}

// What editions showed.
struct Shown {
    std::vector<RepositoryFile> reports;
    std::set<std::string> commented;  // URLs
};

Shown read_editions(const char* path) {
    Shown shown;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const auto edition = nlohmann::json::parse(line, nullptr, false);
        if (!edition.is_object()) continue;
        if (edition.contains("triage") && edition["triage"].is_object() &&
            edition["triage"].contains("files"))
            for (const auto& report : edition["triage"]["files"])
                shown.reports.push_back({"rust-lang/rustc-perf", text(report, "path"),
                                         text(report, "link_ref"), "", "master", text(report, "blob"), ""});
        if (edition.contains("fcp"))
            for (const auto& group : edition["fcp"])
                for (const auto& item : group["items"]) shown.commented.insert(text(item, "url"));
    }
    return shown;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2 && argc != 3) {
        std::fputs("usage: corpus_cache CACHE [EDITIONS] < merged.jsonl\n", stderr);
        return 2;
    }
    auto store = cache::Store::open(argv[1], cache::OpenMode::read_write);
    if (!store) {
        std::fprintf(stderr, "%s\n", store.error().message.c_str());
        return 5;
    }
    const Shown shown = argc == 3 ? read_editions(argv[2]) : Shown{};
    if (const auto saved = store->save_files("rust-lang/rustc-perf", shown.reports, {}, {}); !saved) {
        std::fprintf(stderr, "%s\n", saved.error().message.c_str());
        return 5;
    }
    std::vector<Item> items;
    std::size_t number = 0;
    for (std::string line; std::getline(std::cin, line);) {
        ++number;
        if (auto item = read_item(line)) {
            if (shown.commented.contains(item->url)) item->labels.push_back("finished-final-comment-period");
            items.push_back(std::move(*item));
        } else
            std::fprintf(stderr, "line %zu: not a merged pull request; skipped\n", number);
    }
    cache::Slice slice;
    slice.key = {"corpus", {Instant{}, *parse_instant("2100-01-01T00:00:00Z")}, ""};
    slice.state = cache::SliceState::complete;
    slice.issue_count = slice.received = static_cast<std::int64_t>(items.size());
    const auto done = store->commit_page(slice, items);
    if (!done) {
        std::fprintf(stderr, "%s\n", done.error().message.c_str());
        return 5;
    }
    std::printf("%zu pull requests\n", items.size());
    return 0;
}
