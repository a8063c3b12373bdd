#include "github/token.h"

#include <filesystem>
#include <fstream>
#include <map>

#include "base/child_program.h"
#include "catch.h"

using namespace harvester;
using namespace harvester::github;
using Catch::Matchers::Contains;

namespace {

namespace fs = std::filesystem;

// A stand-in for gh, in a separate folder.
class FakeGh {
  public:
    explicit FakeGh(const std::string& script) {
        std::string name = (fs::temp_directory_path() / "harvester-gh-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        folder_ = name;
        std::ofstream(path()) << "#!/bin/sh\n" << script;
        fs::permissions(path(), fs::perms::owner_all);
    }
    ~FakeGh() { fs::remove_all(folder_); }
    FakeGh(const FakeGh&) = delete;
    FakeGh& operator=(const FakeGh&) = delete;
    std::string path() const { return (folder_ / "gh").string(); }

  private:
    fs::path folder_;
};

Result<Token> find(std::map<std::string, std::string> variables, Milliseconds patience = Milliseconds{20'000},
                   const std::string& host = "api.github.com", Purpose purpose = Purpose::read) {
    const Endpoint endpoint{"https://" + host + "/graphql", host, host == "127.0.0.1"};
    return find_token(
        [&](const char* name) -> std::optional<std::string> {
            const auto found = variables.find(name);
            return found == variables.end() ? std::nullopt : std::optional(found->second);
        },
        endpoint, purpose, patience);
}

}  // namespace

TEST_CASE("GH_TOKEN comes before GITHUB_TOKEN, and both before gh") {
    const FakeGh gh("echo from-gh\n");
    auto token = find({{"GH_TOKEN", "one"}, {"GITHUB_TOKEN", "two"}, {"GH_PATH", gh.path()}});
    REQUIRE(token);
    CHECK(token->text == "one");
    CHECK(token->source == "GH_TOKEN");
    token = find({{"GITHUB_TOKEN", "two"}, {"GH_PATH", gh.path()}});
    CHECK(token->text == "two");
    CHECK(token->source == "GITHUB_TOKEN");
    token = find({{"GH_PATH", gh.path()}});
    CHECK(token->text == "from-gh");
    CHECK(token->source == "gh auth token --hostname github.com");
}

TEST_CASE("gh is asked for the host of the endpoint, and its line break is not part of the token") {
    const FakeGh gh("printf '%s/%s/%s/%s/%s\\r\\n' \"$#\" \"$1\" \"$2\" \"$3\" \"$4\"\n");
    const auto said = [&](const std::string& host) {
        return find({{"GH_PATH", gh.path()}}, Milliseconds{20'000}, host)->text;
    };
    CHECK(said("api.github.com") == "4/auth/token/--hostname/github.com");
    CHECK(said("api.acme.ghe.com") == "4/auth/token/--hostname/acme.ghe.com");
    CHECK(said("git.example.org") == "4/auth/token/--hostname/git.example.org");
    CHECK(said("api.example.org") == "4/auth/token/--hostname/api.example.org");
}

TEST_CASE("A token of one host never goes to another") {
    const std::map<std::string, std::string> both{{"GH_TOKEN", "ours"},
                                                  {"GITHUB_TOKEN", "ours-too"},
                                                  {"HARVESTER_WRITE_TOKEN", "ours-to-write"},
                                                  {"GH_ENTERPRISE_TOKEN", "theirs"},
                                                  {"GH_PATH", "/no/such/gh"}};
    struct Row {
        const char* host;
        const char* server;  // GITHUB_SERVER_URL; empty: not set
        const char* source;  // of the token; empty: there is none
    };
    const Row rows[] = {
        {"api.github.com", "", "GH_TOKEN"},
        {"api.acme.ghe.com", "", "GH_TOKEN"},
        {"git.example.org", "", "GH_ENTERPRISE_TOKEN"},
        {"evil-github.com", "", "GH_ENTERPRISE_TOKEN"},
        {"github.com.example.org", "", "GH_ENTERPRISE_TOKEN"},
        {"127.0.0.1", "", "GH_TOKEN"},
        {"git.example.org", "https://git.example.org", "GH_TOKEN"},
        {"api.github.com", "https://git.example.org", "GH_ENTERPRISE_TOKEN"},
        {"api.github.com", "https://github.com/", "GH_TOKEN"},
    };
    for (const Row& row : rows) {
        INFO(row.host << " with the server " << row.server);
        auto variables = both;
        if (*row.server != 0) variables["GITHUB_SERVER_URL"] = row.server;
        const auto token = find(variables, Milliseconds{20'000}, row.host);
        REQUIRE(token);
        CHECK(token->source == row.source);
    }
    auto without = both;
    without.erase("GH_ENTERPRISE_TOKEN");
    const auto none = find(without, Milliseconds{20'000}, "git.example.org", Purpose::write);
    REQUIRE_FALSE(none);
    CHECK_THAT(none.error().message,
               Contains("git.example.org") && Contains("GH_ENTERPRISE_TOKEN") && !Contains("ours"));
    without["GITHUB_ENTERPRISE_TOKEN"] = "theirs-too";
    CHECK(find(without, Milliseconds{20'000}, "git.example.org")->source == "GITHUB_ENTERPRISE_TOKEN");
}

TEST_CASE("HARVESTER_WRITE_TOKEN goes before the others to write, and is not used to read") {
    const std::map<std::string, std::string> both{{"GH_TOKEN", "one"}, {"HARVESTER_WRITE_TOKEN", "two"}};
    CHECK(find(both, Milliseconds{20'000}, "api.github.com", Purpose::write)->source ==
          "HARVESTER_WRITE_TOKEN");
    CHECK(find(both)->source == "GH_TOKEN");
    CHECK(find({{"GH_TOKEN", "one"}}, Milliseconds{20'000}, "api.github.com", Purpose::write)->text == "one");
}

TEST_CASE("Without any token the sentence says how to give one") {
    const FakeGh failing("echo leaked; exit 1\n"), silent("exit 0\n"),
        flood("while :; do echo 0123456789012345678901234567890123456789; done\n");
    for (const std::string& path :
         {failing.path(), silent.path(), flood.path(), std::string("/no/such/gh")}) {
        const auto token = find({{"GH_PATH", path}});
        REQUIRE_FALSE(token);
        CHECK(token.error().code == ExitCode::credentials);
        CHECK_THAT(token.error().message, Contains("GH_TOKEN") && !Contains("leaked"));
    }
}

TEST_CASE("A gh that hangs is ended with all it started") {
    const FakeGh gh("sleep 1000 & wait\n");
    CHECK_FALSE(find({{"GH_PATH", gh.path()}}, Milliseconds{20}));
}

TEST_CASE("A token that could break a header is refused without being shown") {
    for (const char* text : {"se cret", "secret\n", "secret\r\nX-Evil: 1",
                             "secr\x7f"
                             "et",
                             "secr\xc3\xa9t", "\tsecret"}) {
        const auto token = find({{"GH_TOKEN", text}});
        REQUIRE_FALSE(token);
        CHECK(token.error().code == ExitCode::credentials);
        CHECK_THAT(token.error().message, Contains("GH_TOKEN") && !Contains("secr"));
    }
    const FakeGh gh("echo two words\n");
    CHECK_THAT(find({{"GH_PATH", gh.path()}}).error().message, Contains("gh auth token"));
}
