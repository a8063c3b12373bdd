#include <map>
#include <string>

#include "catch.h"
#include "github/client.h"
#include "queries/embedded.h"

using namespace harvester;
using github::find_operation;

namespace {

std::vector<std::string> document_stems() {
    std::vector<std::string> stems;
    for (const auto& file : queries::embedded_files()) {
        const std::string path(file.path);
        if (path.starts_with("github/") && path.ends_with(".graphql"))
            stems.push_back(path.substr(7, path.size() - 15));
    }
    return stems;
}

}  // namespace

TEST_CASE("Every document has one named operation and begins with a comment") {
    REQUIRE(document_stems().size() > 10);
    for (const std::string& stem : document_stems()) {
        INFO(stem);
        const auto operation = find_operation(stem);
        REQUIRE(operation);
        CHECK_FALSE(operation->name.empty());
        CHECK(operation->document.starts_with("# "));
        int operations = 0;
        for (const char* keyword : {"\nquery ", "\nmutation "})
            for (std::size_t at = 0; (at = operation->document.find(keyword, at)) != std::string::npos; ++at)
                ++operations;
        CHECK(operations == 1);
    }
}

TEST_CASE("A document is found by its file's name, with the operation's name") {
    CHECK(find_operation("merged_pull_requests")->name == "MergedPullRequests");
    CHECK(find_operation("publish_commit")->name == "CommitFiles");
    CHECK_FALSE(find_operation("no_such_document"));
}

TEST_CASE("Fragments of one name are the same in all documents") {
    std::map<std::string, std::string> seen;
    for (const std::string& stem : document_stems()) {
        const std::string document(find_operation(stem)->document);
        for (std::size_t at = 0; (at = document.find("\nfragment ", at)) != std::string::npos; ++at) {
            const std::string text = document.substr(at, document.find("\n}\n", at) - at);
            const std::string name = text.substr(10, text.find(' ', 10) - 10);
            INFO(stem << ": " << name);
            CHECK(seen.emplace(name, text).first->second == text);
        }
    }
    CHECK(seen.count("MergedPage") == 1);
}
