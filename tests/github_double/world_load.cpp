#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "text.h"
#include "world.h"

namespace github_double {
namespace {

using Json = nlohmann::ordered_json;

Instant instant(const std::string& text) {
    if (const auto parsed = harvester::parse_instant(text)) return *parsed;
    throw std::runtime_error("not a time: " + text);
}

std::optional<Instant> maybe_instant(const Json& json, const char* key) {
    if (!json.contains(key) || json.at(key).is_null()) return std::nullopt;
    return instant(json.at(key));
}

// A member that is an object, or an empty one. Lives as long as `json`: items() of a temporary would not.
const Json& members(const Json& json, const char* key) {
    static const Json none = Json::object();
    const auto found = json.find(key);
    return found == json.end() ? none : *found;
}

// Files carry no date in a world: a report's path tells its day, the others are older than every issue of the
// world.
Instant commit_date(const std::string& path, Instant otherwise) {
    for (std::size_t at = 0; at + 10 <= path.size(); ++at)
        if (const auto day = harvester::parse_day(std::string_view(path).substr(at, 10)))
            return Instant(*day) + std::chrono::hours{20};
    return otherwise;
}

}  // namespace

void World::load(const std::filesystem::path& file) {
    std::ifstream stream(file);
    try {
        if (!stream) throw std::runtime_error("cannot be read");
        load(Json::parse(stream));
    } catch (const std::exception& error) {
        throw std::runtime_error(fmt::format("{}: {}", file.string(), error.what()));
    }
}

void World::load(const Json& world) {
    for (const auto& name : world.value("repos", Json::array())) need_repository(name);
    for (const auto& [name, branch] : members(world, "defaultBranch").items())
        need_repository(name).default_branch = branch;
    // What the published format doesn't have and the double's own worlds may tell.
    for (const auto& name : world.value("archived", Json::array())) need_repository(name).archived = true;
    for (const auto& name : world.value("private", Json::array())) need_repository(name).hidden = true;
    for (const auto& [name, permission] : members(world, "viewerPermission").items())
        need_repository(name).permission = permission;
    for (const auto& [former, name] : members(world, "formerNames").items())
        former_names_[lower_case(former)] = lower_case(name.get<std::string>());
    viewer.login = world.value("viewer", viewer.login);
    load_files(world);
    for (const auto& [fork, origin] : members(world, "forks").items()) {
        auto& parent = need_repository(origin);
        auto& made = need_repository(fork);
        made.parent = &parent;
        made.default_branch = parent.default_branch;
        made.branches[parent.default_branch] = parent.branches[parent.default_branch];
    }
    for (const auto& item : world.value("items", Json::array())) load_item(item);
    changed();
}

void World::load_files(const Json& world) {
    const auto day = harvester::parse_day(world.value("issue", "2020-01-01"));
    const auto old = Instant(day.value_or(harvester::Day{})) - std::chrono::days{60};
    const auto& commits = members(world, "commits");
    for (const auto& [name, files] : members(world, "files").items()) {
        auto& repository = need_repository(name);
        const auto& touched = members(commits, name.c_str());
        struct Step {
            Instant date;
            std::string oid;
            std::map<std::string, Text> files;
        };
        std::vector<Step> steps{{old, "", {}}};
        for (const auto& [path, text] : files.items()) {
            const auto oid = touched.value(path, "");
            auto step = std::ranges::find(steps, oid, &Step::oid);
            if (step == steps.end()) step = steps.insert(steps.end(), Step{commit_date(path, old), oid, {}});
            step->files[path] = std::make_shared<const std::string>(text.get<std::string>());
        }
        std::ranges::stable_sort(steps, {}, &Step::date);
        for (const auto& step : steps)
            commit(repository, repository.default_branch, step.files, step.date, "Add files", "", step.oid);
    }
}

void World::load_item(const Json& json) {
    Item item;
    item.id = json.value("id", "");
    item.repository = &need_repository(json.at("repo"));
    item.number = json.at("number");
    item.pull_request = json.value("typename", "PullRequest") == "PullRequest";
    item.title = json.value("title", "");
    const auto state = json.value("state", "OPEN");
    item.state = state == "MERGED" ? State::merged : state == "CLOSED" ? State::closed : State::open;
    item.created = instant(json.at("createdAt"));
    item.merged = maybe_instant(json, "mergedAt");
    item.closed = maybe_instant(json, "closedAt");
    if (item.merged && !item.closed) item.closed = item.merged;
    item.updated = maybe_instant(json, "updatedAt").value_or(item.merged.value_or(item.created));
    if (json.contains("author") && !json.at("author").is_null())
        item.author = person(json.at("author").at("login"), json.at("author").value("typename", "User"));
    for (const auto& name : json.value("labels", Json::array())) item.labels.push_back(label(name));
    item.additions = json.value("additions", 0);
    item.deletions = json.value("deletions", 0);
    item.changed_files = json.value("changedFiles", 0);

    if (json.contains("events"))
        for (const auto& event : json.at("events"))
            item.change_details().events.push_back({event.value("type", "LABELED_EVENT") == "UNLABELED_EVENT",
                                                    event.at("label"), instant(event.at("createdAt"))});
    if (json.contains("files"))
        item.change_details().files = json.at("files").get<std::vector<std::string>>();
    if (json.contains("changeTypes"))
        item.change_details().change_types = json.at("changeTypes").get<std::map<std::string, std::string>>();
    if (json.contains("commits"))
        for (const auto& date : json.at("commits")) item.change_details().commits.push_back(instant(date));
    if (json.contains("body")) item.change_details().body = json.at("body");
    if (json.contains("isDraft")) item.change_details().draft = json.at("isDraft");
    if (json.contains("stateReason")) item.change_details().state_reason = json.at("stateReason");
    if (json.contains("headRefName")) item.change_details().head_ref = json.at("headRefName");
    if (json.contains("baseRefName")) item.change_details().base_ref = json.at("baseRefName");
    if (json.contains("headRepository"))
        item.change_details().head_repository = &need_repository(json.at("headRepository"));
    if (json.contains("headFiles")) {
        // The texts of the files at the head of the pull request, on a commit that no branch has.
        auto& details = item.change_details();
        std::map<std::string, Text> files;
        for (const auto& [path, text] : json.at("headFiles").items()) {
            files[path] = std::make_shared<const std::string>(text.get<std::string>());
            if (std::ranges::find(details.files, path) == details.files.end()) details.files.push_back(path);
        }
        const auto branch = fmt::format("pull/{}", item.number);
        item.repository->branches[branch] = item.repository->branches[item.repository->default_branch];
        details.head_oid = commit(*item.repository, branch, files, item.created, item.title, "",
                                  json.value("headRefOid", ""))
                               .oid;
        item.repository->branches.erase(branch);
    }
    if (item.details) std::ranges::stable_sort(item.details->events, {}, &LabelEvent::at);
    if (item.changed_files == 0 && item.details)
        item.changed_files = static_cast<int>(item.details->files.size());
    add(std::move(item));
}

void World::load_merged_list(const std::filesystem::path& path) {
    const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
    if (!file) throw std::runtime_error(path.string() + ": cannot be read");
    std::vector<char> buffer(1 << 20);
    for (int line = 1; gzgets(file.get(), buffer.data(), static_cast<int>(buffer.size())) != nullptr; ++line)
        try {
            const auto json = Json::parse(buffer.data());
            Item item;
            item.repository = &need_repository(json.at("repo"));
            item.number = json.at("number");
            item.state = State::merged;
            item.title = json.at("title");
            item.merged = item.closed = instant(json.at("merged_at"));
            // The list has no more than that; the rest is made up, the same way each time.
            const auto chance = hash_of(fmt::format("{}#{}", item.repository->name, item.number));
            item.created = *item.merged - std::chrono::seconds{60 + chance % (86'400 * 20)};
            item.updated = *item.merged + std::chrono::seconds{chance % 7'200};
            if (const auto author = json.find("author"); author != json.end() && author->is_string())
                item.author = person(*author, "User");
            item.labels.push_back(label(chance % 3 == 0 ? "S-waiting-on-review" : "S-waiting-on-bors"));
            item.additions = static_cast<int>(chance % 700);
            item.deletions = static_cast<int>(chance / 7 % 300);
            item.changed_files = 1 + static_cast<int>(chance / 11 % 20);
            add(std::move(item));
        } catch (const std::exception& error) {
            throw std::runtime_error(fmt::format("{}:{}: {}", path.string(), line, error.what()));
        }
}

void World::add_items_made_up(std::int64_t count, Instant from, Instant to, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<Repository*> all;
    for (const auto* name :
         {"rust", "cargo", "rust-clippy", "rust-analyzer", "miri", "crates.io", "libc", "team"})
        all.push_back(&need_repository(fmt::format("rust-lang/{}", name)));
    std::vector<const Person*> authors;
    for (int i = 0; i < 500; ++i) authors.push_back(person(fmt::format("made-up-{}", i), "User"));
    const auto* waiting = label("S-waiting-on-bors");
    const auto length = static_cast<std::uint64_t>((to - from).count());
    constexpr std::int64_t burst_every = 50'000, burst_size = 1'500;
    Instant burst;
    for (std::int64_t i = 0; i < count; ++i) {
        // Now and then 1,500 are merged within one second: more than a search tells, over all repositories.
        if (i % burst_every == 0) burst = from + std::chrono::seconds{random() % length};
        const bool in_burst = count >= burst_every && i % burst_every < burst_size;
        Item item;
        item.repository = all[random() % all.size()];
        item.number = i + 1;
        item.state = State::merged;
        item.title = fmt::format("Change number {} of this made-up history", i + 1);
        item.merged = item.closed = in_burst ? burst : from + std::chrono::seconds{random() % length};
        item.created = *item.merged - std::chrono::seconds{60 + random() % 86'400};
        item.updated = *item.merged;
        item.author = authors[random() % authors.size()];
        item.labels = {waiting};
        item.additions = static_cast<int>(random() % 500);
        item.deletions = static_cast<int>(random() % 200);
        item.changed_files = 1 + static_cast<int>(random() % 9);
        add(std::move(item));
    }
}

}  // namespace github_double
