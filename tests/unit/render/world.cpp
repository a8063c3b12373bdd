#include "world.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/time.h"

namespace test {
namespace {

using harvester::Item;
using nlohmann::json;

const std::filesystem::path folder = std::filesystem::path(SHARED_FOLDER) / "worlds";

std::optional<harvester::Instant> moment(const json& object, const char* key) {
    if (!object.contains(key) || !object[key].is_string()) return std::nullopt;
    return harvester::parse_instant(object[key].get<std::string>());
}

Item item_of(const json& row) {
    Item item;
    item.kind =
        row["typename"] == "PullRequest" ? harvester::ItemKind::pull_request : harvester::ItemKind::issue;
    item.repository = row["repo"];
    item.number = row["number"];
    item.title = row["title"];
    item.url = row["url"];
    item.id = item.url;
    item.state = row["state"] == "OPEN"     ? harvester::ItemState::open
                 : row["state"] == "MERGED" ? harvester::ItemState::merged
                                            : harvester::ItemState::closed;
    item.created_at = moment(row, "createdAt").value();
    item.updated_at = moment(row, "updatedAt").value();
    item.merged_at = moment(row, "mergedAt");
    item.closed_at = moment(row, "closedAt");
    item.labels = row.value("labels", std::vector<std::string>{});
    if (row.contains("files") && row["files"].is_array()) {
        item.paths.emplace();
        for (const auto& path : row["files"]) item.paths->push_back({path.get<std::string>(), true});
    }
    item.label_events.emplace();
    for (const json& event : row.value("events", json::array()))
        item.label_events->push_back({event["label"], moment(event, "createdAt").value(),
                                      event.value("type", "LABELED_EVENT") == "LABELED_EVENT"});
    return item;
}

}  // namespace

std::vector<std::string> world_dates() {
    std::vector<std::string> out;
    if (!std::filesystem::exists(folder)) return out;
    const std::string ending = ".expected.json";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename();
        if (name.ends_with(ending)) out.push_back(name.substr(0, name.size() - ending.size()));
    }
    std::sort(out.begin(), out.end());
    return out;
}

World read_world(const std::string& date) {
    World world;
    std::ifstream source(folder / (date + ".json")), expected(folder / (date + ".expected.json"));
    const json held = json::parse(source);
    world.expected = json::parse(expected);
    for (const json& row : held["items"]) world.items.push_back(item_of(row));
    for (const auto& [repository, files] : held["files"].items())
        for (const auto& [path, text] : files.items())
            world.files.push_back({repository, path,
                                   held["commits"].value(repository, json::object()).value(path, ""), "",
                                   held["defaultBranch"].value(repository, "main"), text, ""});
    return world;
}

}  // namespace test
