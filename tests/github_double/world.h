// What GitHub holds: items, people, repositories with branches and files. Loaded from world files, from a
// list of merged pull requests, or made up; changed by mutations and by tests.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/time.h"

namespace github_double {

using harvester::Instant;

// 40 hexadecimal digits that depend on nothing but `text`. Not git's: nobody asks the double for real hashes.
std::string made_up_oid(std::string_view text);
// The same as an opaque id, "PR_kw1a2b3c4d".
std::string made_up_id(std::string_view prefix, std::string_view text);
std::uint64_t hash_of(std::string_view text);

struct Person {
    std::string login;
    std::string type = "User";  // User, Bot, Organization, Mannequin
};

struct LabelEvent {
    bool removed = false;
    std::string label;
    Instant at;
};

enum class State : std::uint8_t { open, closed, merged };

struct Repository;
using Text = std::shared_ptr<const std::string>;

struct Commit {
    std::string oid;
    const Repository* repository = nullptr;
    const Commit* parent = nullptr;
    std::map<std::string, Text> tree;  // every file by its path
    std::set<std::string> touched;     // paths that differ from the parent's
    Instant date;
    std::string headline, body;
};

struct Repository {
    std::string name;  // "owner/name"
    std::string id;
    std::string default_branch = "main";
    std::string permission = "WRITE";  // of the token's owner
    bool archived = false, hidden = false;
    const Repository* parent = nullptr;  // of a fork
    std::map<std::string, const Commit*> branches;
    std::deque<Commit> commits;
    std::string owner() const { return name.substr(0, name.find('/')); }
};

// What few items have.
struct Details {
    std::vector<LabelEvent> events;  // oldest first
    std::vector<std::string> files;
    std::map<std::string, std::string> change_types;  // of files; ADDED where it says nothing
    std::vector<Instant> commits;                     // dates; empty: one, when the item was created
    std::string body;
    std::string base_ref, head_ref, head_oid;
    const Repository* head_repository = nullptr;
    bool draft = false;
    std::string state_reason;
};

struct Item {
    std::string id;
    Repository* repository = nullptr;
    std::int64_t number = 0;
    bool pull_request = true;
    State state = State::open;
    std::string title;
    Instant created, updated;
    std::optional<Instant> merged, closed;
    const Person* author = nullptr;  // null: the account is gone
    std::vector<const std::string*> labels;
    std::int32_t additions = 0, deletions = 0, changed_files = 0;
    std::unique_ptr<Details> details;

    const Details& more() const;
    Details& change_details() {
        if (!details) details = std::make_unique<Details>();
        return *details;
    }
    std::string url() const;
    bool has_label(const std::string& lower_case_name) const;
};

class World {
  public:
    World();
    // All throw std::runtime_error that names the file.
    void load(const std::filesystem::path& file);  // a world
    void load_merged_list(
        const std::filesystem::path& file);  // lines of {repo, number, title, merged_at, author}, gzip or not
    void add_items_made_up(std::int64_t count, Instant from, Instant to, std::uint64_t seed);
    void load(const nlohmann::ordered_json& world);

    // One change by somebody else, {"kind": "push" | "item" | "remove" | "rename", ...}; see edit.cpp.
    void edit(const nlohmann::ordered_json& change);
    nlohmann::ordered_json state();

    // "owner/name" in any case, also a former name; null when there is none.
    Repository* repository(std::string_view name);
    Repository& need_repository(const std::string& name);
    Repository* repository_by_id(std::string_view id);
    Item* item_by_id(const std::string& id);
    Item* item(const Repository& repository, std::int64_t number);
    Item& add(Item item);
    const Person* person(const std::string& login, const std::string& type);
    const std::string* label(const std::string& name);
    // Puts a commit on a branch, made when it isn't there. nullptr as text deletes the file.
    const Commit& commit(Repository& repository, const std::string& branch,
                         const std::map<std::string, Text>& files, Instant date, const std::string& headline,
                         const std::string& body, const std::string& oid = {});
    // Every item, and those merged, in order of time; valid until the next change.
    const std::deque<Item>& items() const { return items_; }
    const std::vector<const Item*>& by_merge();
    const std::vector<const Item*>& not_merged();
    std::map<std::string, Repository, std::less<>>& repositories() { return repositories_; }
    // Grows with every change: what was computed from an older world is stale.
    std::uint64_t version() const { return version_; }
    void changed() { ++version_; }

    Person viewer{"double-viewer", "User"};
    Instant now;  // what the double takes for the present

  private:
    void load_item(const nlohmann::ordered_json& json);
    void load_files(const nlohmann::ordered_json& world);
    void index();

    std::map<std::string, Repository, std::less<>> repositories_;  // by name in lower case
    std::map<std::string, std::string, std::less<>> former_names_;
    std::map<std::string, Person> people_;
    std::set<std::string> labels_;
    std::deque<Item> items_;
    std::set<const Item*> removed_;
    std::uint64_t version_ = 1;
    std::uint64_t indexed_ = 0;
    std::vector<const Item*> by_merge_, not_merged_;
    std::unordered_map<std::string, Item*> by_id_;
};

}  // namespace github_double
