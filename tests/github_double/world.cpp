#include "world.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "text.h"

namespace github_double {

std::uint64_t hash_of(std::string_view text) {
    std::uint64_t h = 0xcbf29ce484222325;
    for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    // The last bytes alone would hardly change the high bits.
    h ^= h >> 32;
    h *= 0x9e3779b97f4a7c15;
    return h ^ (h >> 29);
}

std::string made_up_oid(std::string_view text) {
    const auto a = hash_of(text), b = hash_of(fmt::format("{}/{}", a, text)),
               c = hash_of(fmt::format("{}/{}", b, text));
    return fmt::format("{:016x}{:016x}{:08x}", a, b, static_cast<std::uint32_t>(c));
}

std::string made_up_id(std::string_view prefix, std::string_view text) {
    return fmt::format("{}{:011x}", prefix, hash_of(text) >> 20);
}

const Details& Item::more() const {
    static const Details none;
    return details ? *details : none;
}

std::string Item::url() const {
    return fmt::format("https://github.com/{}/{}/{}", repository->name, pull_request ? "pull" : "issues",
                       number);
}

bool Item::has_label(const std::string& lower_case_name) const {
    return std::ranges::any_of(labels,
                               [&](const std::string* name) { return lower_case(*name) == lower_case_name; });
}

World::World() : now(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())) {}

Repository* World::repository(std::string_view name) {
    auto key = lower_case(name);
    if (const auto former = former_names_.find(key); former != former_names_.end()) key = former->second;
    const auto found = repositories_.find(key);
    return found == repositories_.end() ? nullptr : &found->second;
}

Repository& World::need_repository(const std::string& name) {
    if (auto* known = repository(name)) return *known;
    auto& made = repositories_[lower_case(name)];
    made.name = name;
    made.id = made_up_id("R_kg", name);
    return made;
}

Repository* World::repository_by_id(std::string_view id) {
    for (auto& [name, repository] : repositories_)
        if (repository.id == id) return &repository;
    return nullptr;
}

const Person* World::person(const std::string& login, const std::string& type) {
    return &people_.try_emplace(login, Person{login, type}).first->second;
}

const std::string* World::label(const std::string& name) {
    return &*labels_.insert(name).first;
}

Item& World::add(Item item) {
    if (item.id.empty())
        item.id = made_up_id(item.pull_request ? "PR_" : "I_",
                             fmt::format("{}#{}", item.repository->name, item.number));
    items_.push_back(std::move(item));
    changed();
    return items_.back();
}

void World::index() {
    if (indexed_ == version_) return;
    indexed_ = version_;
    by_merge_.clear();
    not_merged_.clear();
    by_id_.clear();
    for (auto& item : items_) {
        if (removed_.contains(&item)) continue;
        (item.merged ? by_merge_ : not_merged_).push_back(&item);
        by_id_.emplace(item.id, &item);
    }
    std::ranges::stable_sort(by_merge_, {}, [](const Item* item) { return *item->merged; });
}

const std::vector<const Item*>& World::by_merge() {
    index();
    return by_merge_;
}

const std::vector<const Item*>& World::not_merged() {
    index();
    return not_merged_;
}

Item* World::item_by_id(const std::string& id) {
    index();
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : found->second;
}

Item* World::item(const Repository& repository, std::int64_t number) {
    for (auto& item : items_)
        if (item.repository == &repository && item.number == number && !removed_.contains(&item))
            return &item;
    return nullptr;
}

const Commit& World::commit(Repository& repository, const std::string& branch,
                            const std::map<std::string, Text>& files, Instant date,
                            const std::string& headline, const std::string& body, const std::string& oid) {
    auto& head = repository.branches[branch];
    Commit next;
    next.repository = &repository;
    next.parent = head;
    if (head != nullptr) next.tree = head->tree;
    next.date = date;
    next.headline = headline;
    next.body = body;
    std::string all =
        (head != nullptr ? head->oid : repository.name) + headline + harvester::format_instant(date);
    for (const auto& [path, text] : files) {
        next.touched.insert(path);
        all += path + (text ? *text : "");
        if (text)
            next.tree[path] = text;
        else
            next.tree.erase(path);
    }
    next.oid = oid.empty() ? made_up_oid(all) : oid;
    head = &repository.commits.emplace_back(std::move(next));
    changed();
    return *head;
}

void World::edit(const nlohmann::ordered_json& change) {
    const auto kind = change.at("kind").get<std::string>();
    if (kind == "item") {
        // Adds the item, or replaces what is told of the one with the same id, or of "was":
        // "owner/name#number".
        const auto was = change.value("was", "");
        if (const auto hash = was.find('#'); hash != was.npos) {
            auto* old = item(need_repository(was.substr(0, hash)), std::stoll(was.substr(hash + 1)));
            if (old == nullptr) throw std::runtime_error("no item " + was);
            auto next = change.at("item");
            next["id"] = old->id;
            removed_.insert(old);
            load_item(next);
        } else {
            load_item(change.at("item"));
        }
    } else if (kind == "remove") {
        auto* old = item(need_repository(change.at("repo")), change.at("number"));
        if (old == nullptr) throw std::runtime_error("no such item");
        removed_.insert(old);
    } else if (kind == "push") {
        std::map<std::string, Text> files;
        for (const auto& [path, text] : change.at("files").items())
            files[path] =
                text.is_null() ? nullptr : std::make_shared<const std::string>(text.get<std::string>());
        auto& repository = need_repository(change.at("repo"));
        const auto date = harvester::parse_instant(change.value("date", harvester::format_instant(now)));
        commit(repository, change.value("branch", repository.default_branch), files, date.value_or(now),
               change.value("message", "Somebody else's work"), "");
    } else if (kind == "rename") {
        const auto from = change.at("from").get<std::string>(), to = change.at("to").get<std::string>();
        auto node = repositories_.extract(lower_case(from));
        if (node.empty()) throw std::runtime_error("no repository " + from);
        node.key() = lower_case(to);
        node.mapped().name = to;
        repositories_.insert(std::move(node));
        former_names_[lower_case(from)] = lower_case(to);
    } else {
        throw std::runtime_error("unknown kind of edit " + kind);
    }
    changed();
}

nlohmann::ordered_json World::state() {
    // References into ordered objects don't outlive the next member: everything is made whole and then put
    // in.
    auto repositories = nlohmann::ordered_json::object();
    for (const auto& [key, repository] : repositories_) {
        auto branches = nlohmann::ordered_json::object();
        for (const auto& [branch, head] : repository.branches) {
            if (head == nullptr) continue;
            auto files = nlohmann::ordered_json::object();
            for (const auto& [path, text] : head->tree) files[path] = *text;
            std::int64_t length = 0;
            for (const auto* commit = head; commit != nullptr; commit = commit->parent) ++length;
            branches[branch] = {{"oid", head->oid},
                                {"message", head->headline},
                                {"commits", length},
                                {"files", std::move(files)}};
        }
        if (!branches.empty()) repositories[repository.name] = {{"branches", std::move(branches)}};
    }
    auto open = nlohmann::ordered_json::array();
    for (const auto* item : not_merged()) {
        if (!item->pull_request || item->state != State::open) continue;
        const auto& more = item->more();
        const auto* head = more.head_repository != nullptr ? more.head_repository : item->repository;
        open.push_back({{"id", item->id},
                        {"repo", item->repository->name},
                        {"number", item->number},
                        {"title", item->title},
                        {"body", more.body},
                        {"draft", more.draft},
                        {"base", more.base_ref},
                        {"head", more.head_ref},
                        {"headRepository", head->name}});
    }
    return {{"repositories", std::move(repositories)},
            {"openPullRequests", std::move(open)},
            {"items", items_.size() - removed_.size()}};
}

}  // namespace github_double
