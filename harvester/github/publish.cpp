#include "github/publish.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

namespace harvester::github {
namespace {

using Json = nlohmann::json;

std::string dumped(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Answer> ask_one(Client& client, std::string_view document, const Json& variables, bool mutation) {
    const auto operation = find_operation(document);
    if (!operation)
        return fail(ExitCode::file,
                    fmt::format("the document {} is missing in this program; build it again", document));
    Call call;
    call.operation = *operation;
    call.variables = dumped(variables);
    call.mutation = mutation;
    client.ask(std::move(call));
    return client.next().second;
}

// Members of an answer, one below the other; null when one is missing or of another type.
const Json& at(const Json& value, std::initializer_list<const char*> names) {
    static const Json nothing;
    const Json* now = &value;
    for (const char* name : names) {
        if (!now->is_object()) return nothing;
        const auto found = now->find(name);
        if (found == now->end()) return nothing;
        now = &*found;
    }
    return *now;
}

std::string text_at(const Json& value, std::initializer_list<const char*> names) {
    const Json& found = at(value, names);
    return found.is_string() ? found.get<std::string>() : std::string();
}

Json parsed(const Answer& answer) {
    return Json::parse(answer.body, nullptr, false);
}

bool mentions(const PartialError& error, std::string_view words) {
    return error.message.find(words) != std::string::npos;
}

bool same_login(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
    });
}

tl::unexpected<Failure> refused(const PartialError& error, const Answer& answer,
                                const std::string& token_source) {
    if (mentions(error, "not permitted to create"))
        return fail(ExitCode::credentials,
                    fmt::format("GitHub says \"{}\" (request {}): switch on \"Allow GitHub Actions to create "
                                "and approve pull requests\" in the "
                                "repository's settings, Actions, General, or set HARVESTER_WRITE_TOKEN",
                                error.message, answer.request_id));
    const bool permission = error.type == "FORBIDDEN" || mentions(error, "not accessible by");
    return fail(
        permission ? ExitCode::credentials : ExitCode::incomplete,
        fmt::format(
            "GitHub refused the change: {} (request {}){}", error.message, answer.request_id,
            permission ? fmt::format(
                             ": the token{} needs Contents: write and Pull requests: write on the repository",
                             token_source.empty() ? "" : " from " + token_source)
                       : ": correct what it names and run the same command again"));
}

// What became of a write; `value` of its payload says that it was made.
Result<WriteOutcome> outcome(Client& client, std::string_view document, const Json& input,
                             std::initializer_list<const char*> value) {
    const auto answer = ask_one(client, document, {{"input", input}}, true);
    if (!answer) {
        // Wrong credentials and interrupts end the run; anything else may have been made.
        if (answer.error().code != ExitCode::incomplete) return tl::unexpected(answer.error());
        return WriteOutcome{WriteOutcome::Kind::unknown, {}, answer.error().message};
    }
    const std::string made = text_at(parsed(*answer), value);
    if (!made.empty()) return WriteOutcome{WriteOutcome::Kind::done, made, {}};
    for (const PartialError& error : answer->partial_errors) {
        if (error.type == "STALE_DATA") return WriteOutcome{WriteOutcome::Kind::stale, {}, error.message};
        // Somebody was faster, or a write whose answer got lost was made.
        if (mentions(error, "already exists"))
            return WriteOutcome{WriteOutcome::Kind::unknown, {}, error.message};
        if (mentions(error, "does not exist") || mentions(error, "No commit found"))
            return WriteOutcome{WriteOutcome::Kind::lacking, {}, error.message};
        if (mentions(error, "No commits between"))
            return WriteOutcome{WriteOutcome::Kind::nothing, {}, error.message};
        return refused(error, *answer, client.token_source());
    }
    return WriteOutcome{WriteOutcome::Kind::unknown,
                        {},
                        fmt::format("GitHub's answer lacks its result (request {})", answer->request_id)};
}

Result<Json> repository_of(Client& client, const PublishTarget& target, const std::string& owner,
                           const std::string& published) {
    const std::string base = target.base.empty() ? "HEAD" : "refs/heads/" + target.base;
    const auto answer = ask_one(client, "publish_lookup",
                                {{"owner", owner},
                                 {"name", target.name},
                                 {"branch", "refs/heads/" + target.branch},
                                 {"head", target.branch},
                                 {"base", base},
                                 {"published", (target.base.empty() ? "HEAD" : base) + ":" + published}},
                                false);
    if (!answer) return tl::unexpected(answer.error());
    Json repository = at(parsed(*answer), {"data", "repository"});
    if (!repository.is_object())
        return fail(
            ExitCode::usage,
            fmt::format(
                "{}/{}: there is no such repository, or the token can't see it; correct --repo or --head",
                owner, target.name));
    if (at(repository, {"isArchived"}) == true)
        return fail(ExitCode::usage,
                    fmt::format("{}/{} is archived and can't be written to; name another with --repo", owner,
                                target.name));
    return repository;
}

// The open pull request from the branch into the base, else the newest; nodes come newest first.
std::optional<PullRequest> pull_request_of(const Json& repository, const PublishTarget& target,
                                           const std::string& base) {
    std::optional<PullRequest> out;
    for (const Json& node : at(repository, {"pullRequests", "nodes"})) {
        if (!same_login(text_at(node, {"headRepositoryOwner", "login"}), target.head_owner()) ||
            text_at(node, {"baseRefName"}) != base)
            continue;
        const std::string state = text_at(node, {"state"});
        if (out && state != "OPEN") continue;
        out = PullRequest{text_at(node, {"id"}), text_at(node, {"url"}), text_at(node, {"body"}),
                          state == "OPEN"     ? PullRequest::State::open
                          : state == "MERGED" ? PullRequest::State::merged
                                              : PullRequest::State::closed};
        if (state == "OPEN") break;
    }
    return out;
}

}  // namespace

Result<PublishState> look_up(Client& client, const PublishTarget& target, const std::string& published) {
    PublishTarget whole = target;
    auto repository = repository_of(client, whole, target.owner, published);
    if (!repository) return tl::unexpected(repository.error());
    const std::string standard = text_at(*repository, {"defaultBranchRef", "name"});
    if (target.base.empty()) {
        whole.base = standard;
        if (whole.base.empty())
            return fail(ExitCode::usage, fmt::format("{}/{} has no default branch; give --base BRANCH",
                                                     target.owner, target.name));
        repository = repository_of(client, whole, target.owner, published);
        if (!repository) return tl::unexpected(repository.error());
    }
    if (target.branch == whole.base || target.branch == standard)
        return fail(
            ExitCode::usage,
            fmt::format("--branch {}: the draft would be committed straight onto the branch that {}/{} is "
                        "published from; name another branch",
                        target.branch, target.owner, target.name));
    PublishState state;
    state.base = whole.base;
    state.repository_id = text_at(*repository, {"id"});
    state.base_commit = text_at(*repository, {"base", "target", "oid"});
    if (state.base_commit.empty())
        return fail(ExitCode::usage, fmt::format("{}/{} has no branch {}; correct --base", target.owner,
                                                 target.name, state.base));
    state.published = !published.empty() && at(*repository, {"published"}).is_object();
    state.pull_request = pull_request_of(*repository, target, state.base);
    if (!same_login(target.head_owner(), target.owner)) {
        repository = repository_of(client, whole, target.head_owner(), published);
        if (!repository) return tl::unexpected(repository.error());
        state.fork_commit = text_at(*repository, {"base", "target", "oid"});
    }
    state.head_repository_id = text_at(*repository, {"id"});
    state.branch_id = text_at(*repository, {"branch", "id"});
    state.branch_commit = text_at(*repository, {"branch", "target", "oid"});
    return state;
}

Result<std::optional<CommittedText>> read_text(Client& client, const std::string& owner,
                                               const std::string& name, const std::string& commit,
                                               const std::string& path) {
    const auto answer = ask_one(client, "publish_file",
                                {{"owner", owner},
                                 {"name", name},
                                 {"expression", commit + ":" + path},
                                 {"commit", commit},
                                 {"path", path}},
                                false);
    if (!answer) return tl::unexpected(answer.error());
    const Json body = parsed(*answer);
    const Json& object = at(body, {"data", "repository", "object"});
    if (object.is_null()) return std::nullopt;
    const Json& text = at(object, {"text"});
    if (!text.is_string() || at(object, {"isTruncated"}) == true)
        return fail(ExitCode::file,
                    fmt::format("{} in {}/{} isn't a text that GitHub gives whole; correct the file", path,
                                owner, name));
    const Json& history = at(body, {"data", "repository", "commit", "history", "nodes"});
    CommittedText file{text.get<std::string>(), std::nullopt};
    for (const Json& change : history)
        file.changes.push_back({text_at(change, {"oid"}), text_at(change, {"messageHeadline"})});
    if (!file.changes.empty()) file.committed = parse_instant(text_at(history.front(), {"committedDate"}));
    return file;
}

Result<WriteOutcome> create_branch(Client& client, const std::string& repository_id,
                                   const std::string& branch, const std::string& commit) {
    return outcome(client, "publish_create_branch",
                   {{"repositoryId", repository_id}, {"name", "refs/heads/" + branch}, {"oid", commit}},
                   {"data", "createRef", "ref", "target", "oid"});
}

Result<WriteOutcome> move_branch(Client& client, const std::string& branch_id, const std::string& commit) {
    return outcome(client, "publish_move_branch", {{"refId", branch_id}, {"oid", commit}, {"force", true}},
                   {"data", "updateRef", "ref", "target", "oid"});
}

Result<WriteOutcome> commit_file(Client& client, const PublishTarget& target,
                                 const std::string& expected_head, const CommitContent& content) {
    return outcome(
        client, "publish_commit",
        {{"branch",
          {{"repositoryNameWithOwner", target.head_owner() + "/" + target.name},
           {"branchName", target.branch}}},
         {"expectedHeadOid", expected_head},
         {"message", {{"headline", content.headline}, {"body", content.body}}},
         {"fileChanges",
          {{"additions", Json::array({{{"path", content.path}, {"contents", base64(content.text)}}})}}}},
        {"data", "createCommitOnBranch", "commit", "oid"});
}

Result<WriteOutcome> open_pull_request(Client& client, const PublishTarget& target, const PublishState& state,
                                       const std::string& title, const std::string& body) {
    Json input = {{"repositoryId", state.repository_id},
                  {"baseRefName", state.base},
                  {"headRefName", target.branch},
                  {"title", title},
                  {"body", body},
                  {"draft", true},
                  {"maintainerCanModify", true}};
    if (state.head_repository_id != state.repository_id) input["headRepositoryId"] = state.head_repository_id;
    return outcome(client, "publish_open", input, {"data", "createPullRequest", "pullRequest", "url"});
}

Result<WriteOutcome> update_body(Client& client, const std::string& pull_request_id,
                                 const std::string& body) {
    return outcome(client, "publish_update", {{"pullRequestId", pull_request_id}, {"body", body}},
                   {"data", "updatePullRequest", "pullRequest", "url"});
}

Result<WriteOutcome> reopen(Client& client, const std::string& pull_request_id) {
    return outcome(client, "publish_update", {{"pullRequestId", pull_request_id}, {"state", "OPEN"}},
                   {"data", "updatePullRequest", "pullRequest", "url"});
}

std::string base64(std::string_view bytes) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
        for (std::size_t k = 0; k < 4; ++k)
            out += k <= bytes.size() - i ? letters[group >> (18 - 6 * k) & 63] : '=';
    }
    return out;
}

}  // namespace harvester::github
