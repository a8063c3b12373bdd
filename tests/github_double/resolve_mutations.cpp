// Mutations, as far as a draft pull request needs them.
#include <fmt/format.h>

#include <algorithm>

#include "graph.h"
#include "text.h"

namespace github_double {
namespace {

struct Payload {
    Value ref, commit, pull_request;
};

std::string given(const Json& input, const char* name) {
    return input.contains(name) && input[name].is_string() ? input[name].get<std::string>() : std::string();
}

std::string decoded(const std::string& base64) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : base64) {
        if (c == '=') break;
        bits = bits << 6 | static_cast<std::uint32_t>(digits.find(c));
        if ((held += 6) >= 8) out += static_cast<char>(bits >> (held -= 8) & 0xff);
    }
    return out;
}

void need_write(const Repository& repository, const std::string& what) {
    if (repository.permission == "READ" || repository.permission == "TRIAGE")
        throw FieldError{"FORBIDDEN", "Resource not accessible by personal access token (" + what + ")"};
    if (repository.archived) throw FieldError{"FORBIDDEN", "Repository was archived so is read-only."};
}

Repository& repository_of(World& world, const Json& input) {
    if (auto* repository = world.repository_by_id(given(input, "repositoryId"))) return *repository;
    throw FieldError{"NOT_FOUND", fmt::format("Could not resolve to a node with the global id of '{}'",
                                              given(input, "repositoryId"))};
}

std::pair<Repository*, std::string> ref_by_id(World& world, const std::string& id) {
    for (auto& [key, repository] : world.repositories())
        for (const auto& [branch, head] : repository.branches)
            if (Ref{&repository, branch, head}.id() == id) return {&repository, branch};
    throw FieldError{"NOT_FOUND", fmt::format("Could not resolve to a node with the global id of '{}'", id)};
}

const Commit& commit_by_oid(World& world, const Repository& repository, const std::string& oid) {
    if (const auto* commit = find_revision(world, repository, oid)) return *commit;
    throw FieldError{"UNPROCESSABLE", "Object does not exist in the repository."};
}

bool is_ancestor(const Commit& old, const Commit* commit) {
    for (; commit != nullptr; commit = commit->parent)
        if (commit == &old) return true;
    return false;
}

Value ref_value(Repository& repository, const std::string& branch) {
    return branch_or_null(repository, branch);
}

Payload create_ref(const Json& input, World& world) {
    auto& repository = repository_of(world, input);
    need_write(repository, "createRef");
    const auto name = given(input, "name");
    constexpr std::string_view prefix = "refs/heads/";
    if (!name.starts_with(prefix) || name.size() == prefix.size())
        throw FieldError{"UNPROCESSABLE", "Name must start with 'refs/heads/' or 'refs/tags/'."};
    const auto branch = name.substr(prefix.size());
    const auto& commit = commit_by_oid(world, repository, given(input, "oid"));
    if (repository.branches.contains(branch))
        throw FieldError{"UNPROCESSABLE",
                         fmt::format("A ref named \"{}\" already exists in the repository.", name)};
    repository.branches[branch] = &commit;
    return {ref_value(repository, branch), {}, {}};
}

Payload update_ref(const Json& input, World& world) {
    const auto [repository, branch] = ref_by_id(world, given(input, "refId"));
    need_write(*repository, "updateRef");
    const auto& commit = commit_by_oid(world, *repository, given(input, "oid"));
    if (!input["force"].get<bool>() && !is_ancestor(*repository->branches[branch], &commit))
        throw FieldError{"UNPROCESSABLE", "Update is not a fast forward"};
    repository->branches[branch] = &commit;
    return {ref_value(*repository, branch), {}, {}};
}

Payload delete_ref(const Json& input, World& world) {
    const auto [repository, branch] = ref_by_id(world, given(input, "refId"));
    need_write(*repository, "deleteRef");
    repository->branches.erase(branch);
    return {};
}

std::map<std::string, Text> changes(const Json& input, const Commit& head) {
    std::map<std::string, Text> out;
    const auto files = input.value("fileChanges", Json::object());
    const auto add = [&](const Json& change, Text text) {
        const auto path = given(change, "path");
        if (path.empty() || path.starts_with('/') || path.find("//") != path.npos)
            throw FieldError{"UNPROCESSABLE",
                             fmt::format("A path was requested for change that is not valid: \"{}\"", path)};
        if (!out.emplace(path, std::move(text)).second)
            throw FieldError{"UNPROCESSABLE", fmt::format("The path \"{}\" is changed twice", path)};
    };
    for (const auto& addition : files.value("additions", Json::array()))
        add(addition, std::make_shared<const std::string>(decoded(given(addition, "contents"))));
    for (const auto& deletion : files.value("deletions", Json::array())) {
        if (!head.tree.contains(given(deletion, "path")))
            throw FieldError{
                "UNPROCESSABLE",
                fmt::format("A path was requested for deletion which does not exist as of commit oid `{}`",
                            head.oid)};
        add(deletion, nullptr);
    }
    return out;
}

Payload create_commit(const Json& input, World& world) {
    const auto& target = input["branch"];
    Repository* repository = nullptr;
    std::string branch;
    if (!given(target, "id").empty()) {
        std::tie(repository, branch) = ref_by_id(world, given(target, "id"));
    } else {
        repository = world.repository(given(target, "repositoryNameWithOwner"));
        branch = given(target, "branchName");
    }
    if (repository == nullptr) throw FieldError{"NOT_FOUND", "Could not resolve to a Repository."};
    need_write(*repository, "createCommitOnBranch");
    const auto found = repository->branches.find(branch);
    if (found == repository->branches.end())
        throw FieldError{"NOT_FOUND", fmt::format("No such branch in {}: \"{}\"", repository->name, branch)};
    const auto expected = given(input, "expectedHeadOid");
    if (found->second->oid != expected)
        throw FieldError{
            "STALE_DATA",
            fmt::format("Expected branch to point to \"{}\" but it did not.  Pull and try again.", expected)};
    const auto& commit = world.commit(*repository, branch, changes(input, *found->second), world.now,
                                      given(input["message"], "headline"), given(input["message"], "body"));
    return {ref_value(*repository, branch), borrow("Commit", commit), {}};
}

Payload create_pull_request(const Json& input, World& world) {
    auto& base = repository_of(world, input);
    auto branch = given(input, "headRefName");
    auto* head = &base;
    if (const auto id = given(input, "headRepositoryId"); !id.empty()) head = world.repository_by_id(id);
    if (const auto colon = branch.find(':'); colon != std::string::npos) {
        head = world.repository(branch.substr(0, colon) + base.name.substr(base.name.find('/')));
        branch.erase(0, colon + 1);
    }
    if (base.permission == "NONE")
        throw FieldError{"FORBIDDEN", "GitHub Actions is not permitted to create or approve pull requests."};
    const auto base_branch = given(input, "baseRefName");
    if (head == nullptr || !head->branches.contains(branch))
        throw FieldError{"UNPROCESSABLE", "Head sha can't be blank, Head ref must be a branch"};
    if (!base.branches.contains(base_branch)) throw FieldError{"UNPROCESSABLE", "Base ref must be a branch"};
    if (is_ancestor(*head->branches[branch], base.branches[base_branch]))
        throw FieldError{"UNPROCESSABLE", fmt::format("No commits between {} and {}", base_branch, branch)};
    std::int64_t last = 0;
    for (const auto& item : world.items())
        if (item.repository == &base) last = std::max(last, item.number);
    for (const auto* item : world.not_merged())
        if (item->repository == &base && item->state == State::open && item->more().head_ref == branch &&
            item->more().head_repository == head && item->more().base_ref == base_branch)
            throw FieldError{"UNPROCESSABLE",
                             fmt::format("A pull request already exists for {}:{}.", head->owner(), branch)};
    if (given(input, "body").size() > 65'536)
        throw FieldError{"UNPROCESSABLE", "Body is too long (maximum is 65536 characters)"};
    Item item;
    item.repository = &base;
    item.number = last + 1;
    item.title = given(input, "title");
    item.created = item.updated = world.now;
    item.author = world.person(world.viewer.login, "User");
    auto& details = item.change_details();
    details.body = given(input, "body");
    details.base_ref = base_branch;
    details.head_ref = branch;
    details.head_repository = head;
    details.draft = input["draft"].get<bool>();
    return {{}, {}, borrow("PullRequest", world.add(std::move(item)))};
}

Payload update_pull_request(const Json& input, World& world) {
    auto* item = world.item_by_id(given(input, "pullRequestId"));
    if (item == nullptr || !item->pull_request)
        throw FieldError{"NOT_FOUND", fmt::format("Could not resolve to a node with the global id of '{}'",
                                                  given(input, "pullRequestId"))};
    need_write(*item->repository, "updatePullRequest");
    if (input.contains("title") && input["title"].is_string()) item->title = input["title"];
    if (input.contains("body") && input["body"].is_string()) item->change_details().body = input["body"];
    if (!given(input, "baseRefName").empty()) item->change_details().base_ref = given(input, "baseRefName");
    if (!given(input, "state").empty())
        item->state = given(input, "state") == "OPEN" ? State::open : State::closed;
    item->updated = world.now;
    world.changed();
    return {{}, {}, borrow("PullRequest", *item)};
}

}  // namespace

void add_mutation_resolvers(Resolvers& table) {
    const std::pair<const char*, Payload (*)(const Json&, World&)> all[] = {
        {"createRef", create_ref},
        {"updateRef", update_ref},
        {"deleteRef", delete_ref},
        {"createCommitOnBranch", create_commit},
        {"createPullRequest", create_pull_request},
        {"updatePullRequest", update_pull_request}};
    for (const auto& [name, run] : all) {
        auto type = std::string(name) + "Payload";
        type[0] = static_cast<char>(type[0] - 'a' + 'A');
        const auto* definition = github_schema().find(type);
        table[std::string("Mutation.") + name] = [run = run, definition](const Object&, const Json& arguments,
                                                                         Execution& execution) -> Value {
            return own(definition->name, run(arguments["input"], execution.world));
        };
        table[type + ".clientMutationId"] = field<Payload>([](const Payload&) { return Value{}; });
        table[type + ".ref"] = field<Payload>([](const Payload& p) { return p.ref; });
        table[type + ".commit"] = field<Payload>([](const Payload& p) { return p.commit; });
        table[type + ".pullRequest"] = field<Payload>([](const Payload& p) { return p.pull_request; });
        table[type + ".actor"] = field<Payload>([](const Payload&) { return Value{}; });
    }
}

}  // namespace github_double
