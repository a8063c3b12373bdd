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

// A stand-in for gh, in a folder of its own.
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

Result<Token> find(std::map<std::string, std::string> variables,
                   Milliseconds patience = Milliseconds{20'000}) {
    return find_token(
        [&](const char* name) -> std::optional<std::string> {
            const auto found = variables.find(name);
            return found == variables.end() ? std::nullopt : std::optional(found->second);
        },
        patience);
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
    CHECK(token->source == "gh auth token");
}

TEST_CASE("gh is asked by its arguments, and its line break is not part of the token") {
    const FakeGh gh("printf '%s-%s-%s\\r\\n' \"$#\" \"$1\" \"$2\"\n");
    CHECK(find({{"GH_PATH", gh.path()}})->text == "2-auth-token");
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
