#include "edition/proposal.h"

#include <deque>
#include <nlohmann/json.hpp>

#include "catch.h"
#include "cli/actions_output.h"

using namespace harvester;
using nlohmann::json;

namespace {

// A repository with one branch to merge into and at most one draft pull request; `faults` go before the
// mutations.
class FakeGitHub final : public github::Client {
  public:
    enum class Fault { none, lost, lost_but_made, stale, not_permitted };
    std::string base_text = "## Updates\n";
    std::string branch_text;
    std::string head;  // commit of the branch; empty: there is none
    std::string body;
    std::string state;  // of the pull request; empty: there is none
    bool published = false;
    int writes = 0;
    std::deque<Fault> faults;

    void ask(github::Call call) override { call_ = std::move(call); }
    std::pair<std::uint64_t, Result<github::Answer>> next() override { return {0, answer()}; }
    std::size_t pending() const override { return 1; }
    github::ClientStatistics statistics() const override { return {}; }
    int page_size(std::string_view) const override { return 0; }
    void set_page_size(std::string_view, int) override {}

  private:
    static github::Answer with(const json& data) {
        github::Answer answer;
        answer.body = json{{"data", data}}.dump();
        return answer;
    }

    Result<github::Answer> answer() {
        const json variables = json::parse(call_.variables);
        const std::string name(call_.operation.name);
        if (name == "PublishLookup") return with({{"repository", repository()}});
        if (name == "PublishFile") {
            const bool branch = variables["expression"].get<std::string>().starts_with("head");
            return with({{"repository",
                          {{"object", {{"text", branch ? branch_text : base_text}, {"isTruncated", false}}},
                           {"commit",
                            {{"history",
                              {{"nodes", json::array({{{"committedDate", "2025-12-16T20:00:00Z"}}})}}}}}}}});
        }
        REQUIRE(call_.mutation);
        Fault fault = Fault::none;
        if (!faults.empty()) {
            fault = faults.front();
            faults.pop_front();
        }
        github::Answer refusal = with({{"x", nullptr}});
        if (fault == Fault::stale)
            refusal.partial_errors = {{"STALE_DATA", "", "Expected branch to point elsewhere"}};
        if (fault == Fault::not_permitted)
            refusal.partial_errors = {
                {"FORBIDDEN", "", "GitHub Actions is not permitted to create or approve pull requests"}};
        if (!refusal.partial_errors.empty()) return refusal;
        if (fault == Fault::lost) return fail(ExitCode::incomplete, "502");
        const json made = make(name, variables["input"]);
        if (fault == Fault::lost_but_made) return fail(ExitCode::incomplete, "502");
        return with(made);
    }

    json make(const std::string& name, const json& input) {
        ++writes;
        if (name == "CreateBranch") {
            REQUIRE(head.empty());
            head = "head0";
            branch_text = base_text;
            return {{"createRef", {{"ref", {{"target", {{"oid", head}}}}}}}};
        }
        if (name == "CommitFiles") {
            const std::string expected = input["expectedHeadOid"];
            CHECK((expected == head || (head == "head0" && expected == "base")));
            head += "x";
            branch_text = text_to_commit;
            CHECK(input["fileChanges"]["additions"][0]["contents"] == github::base64(text_to_commit));
            return {{"createCommitOnBranch", {{"commit", {{"oid", head}}}}}};
        }
        if (name == "OpenPullRequest") {
            REQUIRE_FALSE(state == "OPEN");
            CHECK(input["draft"] == true);
            body = input["body"];
            state = "OPEN";
            return {{"createPullRequest", {{"pullRequest", {{"url", "https://x/pull/1"}}}}}};
        }
        CHECK_FALSE(input.contains("title"));
        if (input.contains("body")) body = input["body"];
        if (input.contains("state")) state = input["state"];
        return {{"updatePullRequest", {{"pullRequest", {{"url", "https://x/pull/1"}}}}}};
    }

    json repository() const {
        json nodes = json::array();
        if (!state.empty())
            nodes.push_back({{"id", "P"},
                             {"state", state},
                             {"url", "https://x/pull/1"},
                             {"title", "t"},
                             {"body", body},
                             {"baseRefName", "main"},
                             {"headRepositoryOwner", {{"login", "O"}}}});
        return {{"id", "R"},
                {"isArchived", false},
                {"published", published ? json{{"__typename", "Blob"}} : json()},
                {"defaultBranchRef", {{"name", "main"}}},
                {"base", {{"target", {{"oid", "base"}}}}},
                {"branch", head.empty() ? json() : json{{"target", {{"oid", head}}}}},
                {"pullRequests", {{"nodes", nodes}}}};
    }

    github::Call call_;

  public:
    std::string text_to_commit;
};

Result<edition::ProposalOutcome> propose(FakeGitHub& hub, const std::string& wanted, bool dry_run = false,
                                         const std::string& branch = "twir-1", bool reopen = false) {
    hub.text_to_commit = wanted;
    edition::Proposal proposal;
    proposal.target = {"o", "n", "", branch, ""};
    proposal.published = "content/x.md";
    proposal.reopen = reopen;
    proposal.path = "draft/x.md";
    proposal.title = "t";
    proposal.merge = [&](const github::CommittedText& file, bool) -> Result<draft::DraftMerge> {
        draft::DraftMerge merge;
        CHECK(file.committed == parse_instant("2025-12-16T20:00:00Z"));
        merge.text = wanted;
        return merge;
    };
    proposal.body = [](const draft::DraftMerge& merge, const std::string&) {
        return "body of " + merge.text + "\n";
    };
    VirtualClock clock(*parse_instant("2025-12-16T20:00:00Z"));
    return edition::publish_proposal(hub, clock, proposal, dry_run, [](const std::string&) {});
}

}  // namespace

TEST_CASE("A proposal makes branch, commit and draft once, and nothing when nothing changed") {
    FakeGitHub hub;
    REQUIRE(propose(hub, "new", true));
    CHECK(hub.writes == 0);
    const auto first = propose(hub, "new");
    REQUIRE(first);
    CHECK(first->changed);
    CHECK(first->url == "https://x/pull/1");
    CHECK(hub.writes == 3);
    const auto again = propose(hub, "new");
    REQUIRE(again);
    CHECK_FALSE(again->changed);
    CHECK(hub.writes == 3);
    REQUIRE(propose(hub, "newer"));
    CHECK(hub.writes == 5);  // a commit and the body
    CHECK(hub.body == edition::new_body("body of newer\n"));
}

TEST_CASE("Only the generated part of a body is renewed, and a body without it stays") {
    FakeGitHub hub;
    REQUIRE(propose(hub, "new"));
    hub.body = "My own words.\r\n\r\n" + hub.body + "\r\nAnd more.";
    REQUIRE(propose(hub, "newer"));
    CHECK(hub.body == "My own words.\r\n\r\n" + edition::new_body("body of newer\n") + "\r\nAnd more.");
    hub.body = "Only mine.";
    const auto outcome = propose(hub, "newest");
    REQUIRE(outcome);
    CHECK(outcome->ending == edition::ProposalOutcome::Ending::updated);
    CHECK(hub.body == "Only mine.");
}

TEST_CASE("What people settled is left alone: a closed pull request, a merged one, a published edition") {
    using Ending = edition::ProposalOutcome::Ending;
    FakeGitHub hub;
    CHECK(propose(hub, "new")->ending == Ending::opened);
    const int writes = hub.writes;
    for (const auto& [state, ending] : {std::pair{"CLOSED", Ending::closed}, {"MERGED", Ending::merged}}) {
        hub.state = state;
        const auto outcome = propose(hub, "newer");
        REQUIRE(outcome);
        CHECK(outcome->ending == ending);
        CHECK(outcome->url == "https://x/pull/1");
    }
    hub.published = true;
    CHECK(propose(hub, "newer")->ending == Ending::published);
    CHECK(hub.writes == writes);
    hub.published = false;
    hub.state = "CLOSED";
    CHECK(propose(hub, "newer", false, "twir-1", true)->ending == Ending::updated);
    CHECK(hub.state == "OPEN");
    CHECK(hub.branch_text == "newer");
}

TEST_CASE("The branch to write is never the one that is published from") {
    FakeGitHub hub;
    const auto refused = propose(hub, "new", false, "main");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ExitCode::usage);
    CHECK_THAT(refused.error().message, Catch::Contains("--branch main"));
    CHECK(hub.writes == 0);
}

TEST_CASE("Whatever happens at a write, the draft comes out once or the command says what to do") {
    using Fault = FakeGitHub::Fault;
    for (int at = 0; at < 3; ++at)
        for (const Fault fault : {Fault::lost, Fault::lost_but_made, Fault::stale}) {
            INFO("fault " << static_cast<int>(fault) << " at write " << at);
            FakeGitHub hub;
            hub.faults.assign(static_cast<std::size_t>(at), Fault::none);
            hub.faults.push_back(fault);
            const auto outcome = propose(hub, "new");
            REQUIRE(outcome);
            CHECK(hub.branch_text == "new");
            CHECK(hub.state == "OPEN");
            CHECK(hub.body == edition::new_body("body of new\n"));
            CHECK(hub.writes == 3);
        }
    FakeGitHub hub;
    hub.faults.assign(9, Fault::stale);
    CHECK(propose(hub, "new").error().code == ExitCode::incomplete);
    CHECK(hub.writes == 0);
    hub.faults = {Fault::none, Fault::none, Fault::not_permitted};
    const auto refused = propose(hub, "new");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ExitCode::credentials);
    CHECK_THAT(refused.error().message,
               Catch::Contains("Allow GitHub Actions to create and approve pull requests"));
}

TEST_CASE("File contents go as base64 with padding") {
    CHECK(github::base64("") == "");
    CHECK(github::base64("f") == "Zg==");
    CHECK(github::base64("fo") == "Zm8=");
    CHECK(github::base64("foo") == "Zm9v");
    CHECK(github::base64("\xFF\xFE") == "//4=");
}

TEST_CASE("A step's outputs can't be ended by their values") {
    CHECK(cli::output_blocks({{"count", "3"}, {"url", "a\nD\nx=1"}}, "D") ==
          "count<<D\n3\nD\nurl<<D_\na\nD\nx=1\nD_\n");
}
