#include "fake_github.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

using namespace harvester;
using nlohmann::json;

namespace made_up {
namespace {

// A search text as far as the profile of the tests uses the language.
struct Query {
    bool issues = false, merged_only = false, open_only = false;
    std::string owner, repository;
    std::vector<std::string> labels;
    char axis = 'c';
    Instant from{}, last = Instant::max();  // both inclusive
    Instant updated_from{};

    static Query parse(const std::string& text) {
        Query query;
        std::istringstream words(text);
        for (std::string word; words >> word;) query.take(word);
        return query;
    }

    void take(const std::string& word) {
        const auto colon = word.find(':');
        REQUIRE(colon != std::string::npos);
        const std::string name = word.substr(0, colon), value = word.substr(colon + 1);
        if (name == "is") {
            issues |= value == "issue";
            merged_only |= value == "merged";
            open_only |= value == "open";
        } else if (name == "org") {
            owner = value + "/";
        } else if (name == "repo") {
            repository = value;
        } else if (name == "label") {
            for (std::size_t at = 1; at < value.size();) {
                const auto end = value.find('"', at);
                REQUIRE(end != std::string::npos);
                labels.push_back(value.substr(at, end - at));
                at = end + 3;
            }
        } else if (name == "updated" && value.starts_with(">=") && axis == 'm') {
            updated_from = parse_instant(value.substr(2)).value();
        } else if (name == "merged" || name == "created" || name == "updated") {
            axis = name[0];
            if (value.starts_with(">=")) {
                from = parse_instant(value.substr(2)).value();
            } else {
                from = parse_instant(value.substr(0, value.find(".."))).value();
                last = parse_instant(value.substr(value.find("..") + 2)).value();
            }
        } else {
            REQUIRE(name == "sort");
        }
    }

    bool matches(const Item& item) const {
        if ((item.kind == ItemKind::issue) != issues) return false;
        if (merged_only && item.state != ItemState::merged) return false;
        if (open_only && item.state != ItemState::open) return false;
        if (!owner.empty() && !item.repository.starts_with(owner)) return false;
        if (!repository.empty() && item.repository != repository) return false;
        const bool labelled =
            std::any_of(item.labels.begin(), item.labels.end(), [&](const std::string& label) {
                return std::find(labels.begin(), labels.end(), label) != labels.end();
            });
        if (!labels.empty() && !labelled) return false;
        if (item.updated_at < updated_from) return false;
        const auto at = axis == 'm' ? item.merged_at : axis == 'c' ? item.created_at : item.updated_at;
        return at && from <= *at && *at <= last;
    }
};

json time_or_null(const std::optional<Instant>& at) {
    return at ? json(format_instant(*at)) : json(nullptr);
}

json named(const std::vector<std::string>& names, const char* key) {
    json nodes = json::array();
    for (const auto& name : names) nodes.push_back({{key, name}});
    return nodes;
}

json node_of(const Item& item, const std::string& reading) {
    const char* states[] = {"OPEN", "CLOSED", "MERGED"};
    const bool issue = item.kind == ItemKind::issue;
    json node = {{"__typename", issue ? "Issue" : "PullRequest"},
                 {"id", item.id},
                 {"number", item.number},
                 {"title", item.title},
                 {"url", item.url},
                 {issue ? "issueState" : "prState", states[static_cast<int>(item.state)]},
                 {"createdAt", format_instant(item.created_at)},
                 {"updatedAt", format_instant(item.updated_at)},
                 {"closedAt", time_or_null(item.closed_at)},
                 {"author", {{"__typename", "User"}, {"login", item.author.login}}},
                 {"repository", {{"nameWithOwner", item.repository}}},
                 {"labels", {{"totalCount", item.labels.size()}, {"nodes", named(item.labels, "name")}}}};
    if (!issue) {
        node["isDraft"] = item.draft;
        node["mergedAt"] = time_or_null(item.merged_at);
        node["baseRefName"] = item.base_branch.value_or("main");
        const ChangeSize size = item.size.value_or(ChangeSize{});
        node["additions"] = size.additions;
        node["deletions"] = size.deletions;
        node["changedFiles"] = size.files;
    }
    if (reading == "labelled") {
        json events = json::array();
        for (const LabelEvent& event : item.label_events.value_or(std::vector<LabelEvent>()))
            events.push_back({{"__typename", event.added ? "LabeledEvent" : "UnlabeledEvent"},
                              {"createdAt", format_instant(event.at)},
                              {"label", {{"name", event.label}}}});
        node["timelineItems"] = {{"pageInfo", {{"hasNextPage", false}, {"endCursor", nullptr}}},
                                 {"nodes", events}};
    }
    if (reading == "paths") {
        json files = json::array();
        for (const ChangedPath& file : item.paths.value_or(std::vector<ChangedPath>()))
            files.push_back({{"path", file.path}, {"changeType", file.added ? "ADDED" : "MODIFIED"}});
        node["files"] = {{"pageInfo", {{"hasNextPage", false}, {"endCursor", nullptr}}}, {"nodes", files}};
        json commit = {
            {"commit", {{"committedDate", format_instant(item.text_changed_at.value_or(item.created_at))}}}};
        node["commits"] = {{"nodes", json::array({commit})}};
    }
    return node;
}

}  // namespace

json FakeGitHub::search(const std::string& text, const std::string& cursor, int first,
                        const std::string& reading) {
    CHECK(text.size() < 400);
    const Query query = Query::parse(text);
    std::vector<const Item*> hits;
    for (const Item& item : population_.items)
        if (query.matches(item) && (!indexed || indexed(item))) hits.push_back(&item);
    std::sort(hits.begin(), hits.end(), [](const Item* a, const Item* b) {
        return std::tie(a->created_at, a->id) < std::tie(b->created_at, b->id);
    });
    json page = {{"issueCount", hits.size()}};
    if (reading.empty()) return page;
    const std::size_t shown = std::min<std::size_t>(hits.size(), 1000);
    const std::size_t from = cursor.empty() ? 0 : std::stoul(cursor),
                      to = std::min(shown, from + static_cast<std::size_t>(first));
    json nodes = json::array();
    for (std::size_t i = from; i < to; ++i) nodes.push_back(node_of(*hits[i], reading));
    page["pageInfo"] = {{"hasNextPage", to < shown},
                        {"endCursor", to > from ? json(std::to_string(to)) : json(nullptr)}};
    page["nodes"] = std::move(nodes);
    searches_.push_back(text);
    if (bend) bend(text, cursor, page);
    return page;
}

json FakeGitHub::second_look(const json& variables) {
    json data = json::object();
    if (variables.value("withItems", false)) {
        data["nodes"] = json::array();
        for (const json& id : variables["ids"]) {
            const auto found = std::ranges::find(population_.items, id.get<std::string>(), &Item::id);
            data["nodes"].push_back(found == population_.items.end() ? json(nullptr)
                                                                     : node_of(*found, "labelled"));
        }
    }
    if (variables.value("withMerged1", false))
        data["merged1"] = search(variables["merged1"], variables.value("afterMerged1", ""), 100, "merged");
    for (int i = 1; i <= 6; ++i) {
        if (!variables.value(fmt::format("withRepository{}", i), false)) continue;
        const std::string asked = variables[fmt::format("owner{}", i)].get<std::string>() + "/" +
                                  variables[fmt::format("name{}", i)].get<std::string>();
        const std::string name = renamed.contains(asked) ? renamed[asked] : asked;
        json repository = {{"nameWithOwner", name}};
        if (variables.value(fmt::format("withMerges{}", i), false)) {
            json nodes = json::array();
            for (auto item = population_.items.rbegin();
                 item != population_.items.rend() && nodes.size() < 50; ++item)
                if (item->repository == name && item->merged_at) nodes.push_back(node_of(*item, "merged"));
            repository["pullRequests"] = {{"nodes", nodes}};
        }
        data[fmt::format("repository{}", i)] = repository;
    }
    return data;
}

std::pair<std::uint64_t, Result<github::Answer>> FakeGitHub::next() {
    REQUIRE_FALSE(queue_.empty());
    const github::Call call = std::move(queue_.front());
    queue_.pop_front();
    ++sent_;
    operations_.emplace_back(call.operation.name);
    if (trouble)
        if (const auto failure = trouble(static_cast<int>(sent_)))
            return {call.tag, tl::unexpected(*failure)};
    const json variables = json::parse(call.variables);
    if (heavy && heavy(call)) {
        if (!call.divisible) return {call.tag, fail(ExitCode::incomplete, "too much work")};
        github::Answer answer;
        answer.tag = call.tag;
        answer.too_heavy = true;
        return {call.tag, std::move(answer)};
    }
    const auto text = [&](const std::string& name) { return variables.value(name, std::string()); };
    const int first = page_size(call.operation.name);
    json data = {{"rateLimit", {{"cost", 1}, {"remaining", 4999}, {"resetAt", "2030-01-01T00:00:00Z"}}}};
    if (call.operation.name == "MergedPullRequests") {
        data["search"] = search(text("search"), text("after"), first, "merged");
    } else if (call.operation.name == "Counts") {
        for (int i = 1; i <= 20; ++i)
            if (variables.value(fmt::format("with{}", i), false))
                data[fmt::format("count{}", i)] = search(text(fmt::format("search{}", i)), "", 1, "");
    } else if (call.operation.name == "Sweep") {
        const std::pair<const char*, const char*> slots[] = {
            {"merged", "Merged"}, {"labelled", "Labelled"}, {"paths", "Paths"}};
        for (const auto& [slot, upper] : slots)
            for (int i = 1; i <= 4; ++i)
                if (variables.value(fmt::format("with{}{}", upper, i), false))
                    data[fmt::format("{}{}", slot, i)] =
                        search(text(fmt::format("{}{}", slot, i)), text(fmt::format("after{}{}", upper, i)),
                               first, slot);
        if (variables.value("withRepository", false)) data["repository"] = population_.repository;
    } else if (call.operation.name == "ItemPaths") {
        data["node"] = {{"__typename", "PullRequest"}, {"id", variables["id"]}, {"files", nullptr}};
    } else if (call.operation.name == "SecondLook") {
        data.update(second_look(variables));
    } else {
        REQUIRE(call.operation.name == "RepositoryFiles");
        data["repository"] = population_.files;
    }
    github::Answer answer;
    answer.tag = call.tag;
    answer.body = json{{"data", std::move(data)}}.dump();
    answer.page_size = first;
    answer.request_id = "FAKE:1";
    answer.partial_errors = partial_errors;
    answer.bytes = answer.body.size();
    bytes_ += static_cast<std::int64_t>(answer.bytes);
    return {call.tag, std::move(answer)};
}

github::ClientStatistics FakeGitHub::statistics() const {
    github::ClientStatistics statistics;
    statistics.requests = sent_;
    statistics.bytes = bytes_;
    return statistics;
}

int FakeGitHub::page_size(std::string_view operation) const {
    const auto known = sizes_.find(std::string(operation));
    return known == sizes_.end() ? 100 : known->second;
}

Item merged_pull(int number, Instant merged_at, const std::string& repository) {
    Item item;
    item.id = fmt::format("PR_{}_{}", repository, number);
    item.repository = repository;
    item.number = number;
    item.title = fmt::format("Change {}", number);
    item.url = fmt::format("https://github.com/{}/pull/{}", repository, number);
    item.state = ItemState::merged;
    item.author = {"wile", ActorKind::user};
    item.created_at = merged_at - std::chrono::hours{30};
    item.updated_at = item.merged_at.emplace(merged_at);
    item.closed_at = merged_at;
    item.labels = {"T-desert"};
    item.base_branch = "main";
    item.size = ChangeSize{number % 7, number % 5, 1};
    return item;
}

}  // namespace made_up
