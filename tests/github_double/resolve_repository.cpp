// Fields of repositories, branches, commits, folders and files.
#include <fmt/format.h>

#include <algorithm>

#include "graph.h"
#include "text.h"

namespace github_double {
namespace {

constexpr std::size_t longest_text = 512'000;

struct Folder {
    const Commit* commit = nullptr;
    std::string prefix;  // "" or "path/"
};

struct File {
    const Repository* repository = nullptr;
    Text text;
    std::string oid() const { return made_up_oid("blob " + *text); }
};

struct Entry {
    std::string name, path;
    bool folder = false;
    const Commit* commit = nullptr;
    Text text;
};

std::string folder_oid(const Folder& folder) {
    std::string all = "tree " + folder.prefix;
    for (auto at = folder.commit->tree.lower_bound(folder.prefix);
         at != folder.commit->tree.end() && at->first.starts_with(folder.prefix); ++at)
        all += at->first + *at->second;
    return made_up_oid(all);
}

Value at_path(const Commit& commit, std::string path) {
    while (path.ends_with('/')) path.pop_back();
    if (path.empty()) return own("Tree", Folder{&commit, ""});
    if (const auto file = commit.tree.find(path); file != commit.tree.end())
        return own("Blob", File{commit.repository, file->second});
    path += '/';
    const auto inside = commit.tree.lower_bound(path);
    if (inside == commit.tree.end() || !inside->first.starts_with(path)) return {};
    return own("Tree", Folder{&commit, path});
}

std::vector<Value> entries(const Folder& folder) {
    std::vector<Value> out;
    std::string last;
    for (auto at = folder.commit->tree.lower_bound(folder.prefix);
         at != folder.commit->tree.end() && at->first.starts_with(folder.prefix); ++at) {
        const auto rest = at->first.substr(folder.prefix.size());
        const auto slash = rest.find('/');
        const auto name = rest.substr(0, slash);
        if (name == last) continue;
        last = name;
        out.push_back(own("TreeEntry", Entry{name, folder.prefix + name, slash != std::string::npos,
                                             folder.commit, at->second}));
    }
    return out;
}

Value entry_object(const Entry& entry) {
    return at_path(*entry.commit, entry.path);
}

bool is_binary(const std::string& text) {
    return text.find('\0') != std::string::npos;
}

Value file_text(const File& file) {
    if (is_binary(*file.text)) return {};
    if (file.text->size() <= longest_text) return *file.text;
    auto length = longest_text;
    while ((static_cast<unsigned char>((*file.text)[length]) & 0xc0) == 0x80)
        --length;  // not inside a character
    return file.text->substr(0, length);
}

Value object(const Object& self, const Json& arguments, Execution& execution) {
    const auto& repository = read<Repository>(self);
    const auto given = [&](const char* name) {
        return arguments.contains(name) && !arguments[name].is_null();
    };
    if (given("oid")) {
        const auto* commit = find_revision(execution.world, repository, arguments["oid"]);
        return commit != nullptr ? Value{borrow("Commit", *commit)} : Value{};
    }
    if (!given("expression")) return {};
    const auto expression = arguments["expression"].get<std::string>();
    const auto colon = expression.find(':');
    const auto* commit = find_revision(execution.world, repository, expression.substr(0, colon));
    if (commit == nullptr) return {};
    return colon == std::string::npos ? Value{borrow("Commit", *commit)}
                                      : at_path(*commit, expression.substr(colon + 1));
}

Value history(const Object& self, const Json& arguments, Execution&) {
    const auto path = arguments.contains("path") && !arguments["path"].is_null()
                          ? arguments["path"].get<std::string>()
                          : "";
    std::vector<const Commit*> commits;
    for (const auto* commit = &read<Commit>(self); commit != nullptr; commit = commit->parent)
        if (path.empty() || std::ranges::any_of(commit->touched, [&](const std::string& one) {
                return one == path || one.starts_with(path + "/");
            }))
            commits.push_back(commit);
    return page("CommitHistoryConnection", static_cast<std::int64_t>(commits.size()), arguments,
                [&](std::size_t i) { return borrow("Commit", *commits[i]); });
}

Value ref(const Object& self, const Json& arguments, Execution&) {
    auto name = arguments["qualifiedName"].get<std::string>();
    constexpr std::string_view prefix = "refs/heads/";
    if (name.starts_with(prefix)) name.erase(0, prefix.size());
    return branch_or_null(read<Repository>(self), name);
}

Value pull_requests(const Object& self, const Json& arguments, Execution& execution) {
    const auto& repository = read<Repository>(self);
    const auto given = [&](const char* name) {
        return arguments.contains(name) && !arguments[name].is_null();
    };
    std::vector<const Item*> found;
    const auto consider = [&](const Item* item) {
        if (!item->pull_request || item->repository != &repository) return;
        const std::string state = item->state == State::merged   ? "MERGED"
                                  : item->state == State::closed ? "CLOSED"
                                                                 : "OPEN";
        if (given("states") && !holds(arguments["states"], state)) return;
        if (given("headRefName") && item->more().head_ref != arguments["headRefName"].get<std::string>())
            return;
        const auto& base = item->more().base_ref.empty() ? repository.default_branch : item->more().base_ref;
        if (given("baseRefName") && base != arguments["baseRefName"].get<std::string>()) return;
        if (given("labels") &&
            std::none_of(arguments["labels"].begin(), arguments["labels"].end(), [&](const Json& label) {
                return item->has_label(lower_case(label.get<std::string>()));
            }))
            return;
        found.push_back(item);
    };
    for (const auto* item : execution.world.by_merge()) consider(item);
    for (const auto* item : execution.world.not_merged()) consider(item);
    const auto field = given("orderBy") ? arguments["orderBy"]["field"].get<std::string>() : "CREATED_AT";
    const bool down = given("orderBy") && arguments["orderBy"]["direction"] == "DESC";
    std::ranges::stable_sort(found, [&](const Item* a, const Item* b) {
        const auto ka = field == "UPDATED_AT" ? a->updated : a->created,
                   kb = field == "UPDATED_AT" ? b->updated : b->created;
        return ka != kb ? (down ? ka > kb : ka < kb) : a->id < b->id;
    });
    return page("PullRequestConnection", static_cast<std::int64_t>(found.size()), arguments,
                [&](std::size_t i) { return borrow("PullRequest", *found[i]); });
}

Resolver numbered(bool pull_request) {
    return [pull_request](const Object& self, const Json& arguments, Execution& execution) -> Value {
        const auto* item =
            execution.world.item(read<Repository>(self), arguments["number"].get<std::int64_t>());
        if (item == nullptr || item->pull_request != pull_request)
            throw FieldError{"NOT_FOUND", fmt::format("Could not resolve to {} with the number of {}.",
                                                      pull_request ? "a PullRequest" : "an Issue",
                                                      arguments["number"].dump())};
        return borrow(pull_request ? "PullRequest" : "Issue", *item);
    };
}

void add_repository(Resolvers& table) {
    const auto add = [&](const char* name, Resolver resolver) {
        table[std::string("Repository.") + name] = std::move(resolver);
    };
    add("id", field<Repository>([](const Repository& r) { return r.id; }));
    add("name", field<Repository>([](const Repository& r) { return r.name.substr(r.name.find('/') + 1); }));
    add("nameWithOwner", field<Repository>([](const Repository& r) { return r.name; }));
    add("owner", field<Repository>(owner_of));
    add("url", field<Repository>([](const Repository& r) { return "https://github.com/" + r.name; }));
    add("isPrivate", field<Repository>([](const Repository& r) { return r.hidden; }));
    add("isArchived", field<Repository>([](const Repository& r) { return r.archived; }));
    add("isFork", field<Repository>([](const Repository& r) { return r.parent != nullptr; }));
    add("parent", field<Repository>([](const Repository& r) {
            return r.parent != nullptr ? Value{borrow("Repository", *r.parent)} : Value{};
        }));
    add("visibility",
        field<Repository>([](const Repository& r) { return std::string(r.hidden ? "PRIVATE" : "PUBLIC"); }));
    add("viewerPermission", field<Repository>([](const Repository& r) { return r.permission; }));
    add("defaultBranchRef",
        field<Repository>([](const Repository& r) { return branch_or_null(r, r.default_branch); }));
    add("ref", ref);
    add("object", object);
    add("pullRequests", pull_requests);
    add("pullRequest", numbered(true));
    add("issue", numbered(false));
    add("issueOrPullRequest", [](const Object& self, const Json& arguments, Execution& execution) -> Value {
        const auto* item =
            execution.world.item(read<Repository>(self), arguments["number"].get<std::int64_t>());
        if (item == nullptr)
            throw FieldError{
                "NOT_FOUND",
                fmt::format("Could not resolve to an issue or pull request with the number of {}.",
                            arguments["number"].dump())};
        return borrow(item->pull_request ? "PullRequest" : "Issue", *item);
    });
}

void add_git(Resolvers& table) {
    table["Ref.id"] = field<Ref>([](const Ref& r) { return r.id(); });
    table["Ref.name"] = field<Ref>([](const Ref& r) { return r.branch; });
    table["Ref.prefix"] = field<Ref>([](const Ref&) { return std::string("refs/heads/"); });
    table["Ref.target"] = field<Ref>([](const Ref& r) { return borrow("Commit", *r.head); });
    table["Ref.repository"] = field<Ref>([](const Ref& r) { return borrow("Repository", *r.repository); });

    table["Commit.id"] = field<Commit>([](const Commit& c) { return "C_" + c.oid; });
    table["Commit.oid"] = field<Commit>([](const Commit& c) { return c.oid; });
    table["Commit.abbreviatedOid"] = field<Commit>([](const Commit& c) { return c.oid.substr(0, 7); });
    table["Commit.url"] = field<Commit>(commit_url);
    table["Commit.committedDate"] = table["Commit.authoredDate"] =
        field<Commit>([](const Commit& c) { return harvester::format_instant(c.date); });
    table["Commit.message"] =
        field<Commit>([](const Commit& c) { return c.headline + (c.body.empty() ? "" : "\n\n" + c.body); });
    table["Commit.messageHeadline"] = field<Commit>([](const Commit& c) { return c.headline; });
    table["Commit.messageBody"] = field<Commit>([](const Commit& c) { return c.body; });
    table["Commit.repository"] =
        field<Commit>([](const Commit& c) { return borrow("Repository", *c.repository); });
    table["Commit.tree"] = field<Commit>([](const Commit& c) { return own("Tree", Folder{&c, ""}); });
    table["Commit.file"] = [](const Object& self, const Json& arguments, Execution&) -> Value {
        const auto& commit = read<Commit>(self);
        const auto path = arguments["path"].get<std::string>();
        const auto file = commit.tree.find(path);
        if (file == commit.tree.end()) return {};
        return own("TreeEntry", Entry{path.substr(path.rfind('/') + 1), path, false, &commit, file->second});
    };
    table["Commit.history"] = history;

    table["Tree.id"] = field<Folder>([](const Folder& f) { return "T_" + folder_oid(f); });
    table["Tree.oid"] = field<Folder>(folder_oid);
    table["Tree.abbreviatedOid"] = field<Folder>([](const Folder& f) { return folder_oid(f).substr(0, 7); });
    table["Tree.repository"] =
        field<Folder>([](const Folder& f) { return borrow("Repository", *f.commit->repository); });
    table["Tree.entries"] = field<Folder>(entries);

    table["TreeEntry.name"] = field<Entry>([](const Entry& e) { return e.name; });
    table["TreeEntry.path"] = field<Entry>([](const Entry& e) { return e.path; });
    table["TreeEntry.type"] =
        field<Entry>([](const Entry& e) { return std::string(e.folder ? "tree" : "blob"); });
    table["TreeEntry.mode"] =
        field<Entry>([](const Entry& e) { return std::int64_t{e.folder ? 16384 : 33188}; });
    table["TreeEntry.size"] = field<Entry>([](const Entry& e) {
        return e.folder ? std::int64_t{0} : static_cast<std::int64_t>(e.text->size());
    });
    table["TreeEntry.oid"] = field<Entry>([](const Entry& e) {
        return e.folder ? folder_oid({e.commit, e.path + "/"}) : File{e.commit->repository, e.text}.oid();
    });
    table["TreeEntry.object"] = field<Entry>(entry_object);

    table["Blob.id"] = field<File>([](const File& f) { return "B_" + f.oid(); });
    table["Blob.oid"] = field<File>([](const File& f) { return f.oid(); });
    table["Blob.abbreviatedOid"] = field<File>([](const File& f) { return f.oid().substr(0, 7); });
    table["Blob.byteSize"] =
        field<File>([](const File& f) { return static_cast<std::int64_t>(f.text->size()); });
    table["Blob.isBinary"] = field<File>([](const File& f) { return is_binary(*f.text); });
    table["Blob.isTruncated"] =
        field<File>([](const File& f) { return !is_binary(*f.text) && f.text->size() > longest_text; });
    table["Blob.text"] = field<File>(file_text);
    table["Blob.repository"] = field<File>([](const File& f) { return borrow("Repository", *f.repository); });
}

}  // namespace

std::string Ref::id() const {
    return made_up_id("REF_", repository->name + ":" + branch);
}

Object owner_of(const Repository& repository) {
    // A fork belongs to a person, everything else to an organisation.
    const bool personal = repository.parent != nullptr;
    return own(personal ? "User" : "Organization",
               Person{repository.owner(), personal ? "User" : "Organization"});
}

Value branch_or_null(const Repository& repository, const std::string& branch) {
    const auto found = repository.branches.find(branch);
    if (found == repository.branches.end() || found->second == nullptr) return {};
    return own("Ref", Ref{&repository, branch, found->second});
}

std::string commit_url(const Commit& commit) {
    return fmt::format("https://github.com/{}/commit/{}", commit.repository->name, commit.oid);
}

const Commit* find_revision(World& world, const Repository& repository, const std::string& revision) {
    auto name = revision == "HEAD" ? repository.default_branch : revision;
    constexpr std::string_view heads = "refs/heads/", pulls = "refs/pull/";
    if (name.starts_with(heads)) name.erase(0, heads.size());
    if (const auto branch = repository.branches.find(name); branch != repository.branches.end())
        return branch->second;
    if (name.starts_with(pulls) && name.ends_with("/head")) {
        const auto* item = world.item(repository, std::atoll(name.c_str() + pulls.size()));
        if (item == nullptr) return nullptr;
        name = item->more().head_oid;
    }
    if (name.size() < 4) return nullptr;
    // A repository and its forks share their commits.
    for (const auto& [key, other] : world.repositories())
        if (&other == &repository || other.parent == &repository || repository.parent == &other)
            for (const auto& commit : other.commits)
                if (commit.oid.starts_with(name)) return &commit;
    return nullptr;
}

void add_repository_resolvers(Resolvers& table) {
    add_repository(table);
    add_git(table);
}

}  // namespace github_double
