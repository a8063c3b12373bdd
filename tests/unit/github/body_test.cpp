#include "github/body.h"

#include <nlohmann/json.hpp>

#include "catch.h"

using namespace harvester;
using namespace harvester::github;

TEST_CASE("A body tells its data, its errors and its message apart") {
    const BodyFacts facts = inspect_body(
        R"({"errors":[{"type":"NOT_FOUND","path":["search","nodes",3,"title"],"locations":[{"line":1,"column":2}],"message":"gone"},)"
        R"({"extensions":{"code":"undefinedField","typeName":"Query"},"message":"no such"},{"message":7},{}],"data":{"a":[1,2.5,true,null,"x"]}})");
    CHECK_FALSE(facts.broken);
    CHECK(facts.data);
    REQUIRE(facts.errors.size() == 4);
    CHECK(facts.errors[0].type == "NOT_FOUND");
    CHECK(facts.errors[0].path == "search.nodes.3.title");
    CHECK(facts.errors[0].message == "gone");
    CHECK(facts.errors[1].type == "undefinedField");
    CHECK(facts.errors[2].message.empty());
    CHECK_FALSE(inspect_body(R"({"data":null,"message":"hello"})").data);
    CHECK(inspect_body(R"({"data":null,"message":"hello"})").message == "hello");
}

TEST_CASE("Damage anywhere in a body is found") {
    for (const char* body :
         {"", " ", "<html>", "nul", "[]", "{", R"({"data":{"a":[1,}})", R"({"data":{"a":tru}})",
          R"({"data":{"a" 1}})", R"({"data":{"a":1.2.3}})", R"({"data":{"a":nuls}})", R"({"data":{"a":1}} x)",
          R"({"data":{"a":1}}{})", R"({"data":{"a":"x})"}) {
        INFO(body);
        CHECK(inspect_body(body).broken);
    }
    CHECK(inspect_body(R"({"data":)" + std::string(3000, '[')).broken);
}

TEST_CASE("Broken UTF-8 alone does not make a body useless") {
    CHECK_FALSE(inspect_body("{\"data\":{\"a\":\"\xff\xc3\"}}").broken);
}

TEST_CASE("A flood of errors is kept short") {
    std::string body = R"({"errors":[{})";
    for (int i = 0; i < 500; ++i) body += R"(,{"message":"m"})";
    CHECK(inspect_body(body + "]}").errors.size() == 20);
}

TEST_CASE("A request names its operation and carries the page size among the variables") {
    Call call;
    call.operation = {"Hens", "query Hens { a }"};
    call.variables = R"({"search":"is:hen \"brown\"","after":null})";
    call.page_size_name = "first";
    const auto body = nlohmann::json::parse(*request_body(call, 25));
    CHECK(body["query"] == "query Hens { a }");
    CHECK(body["operationName"] == "Hens");
    CHECK(body["variables"] ==
          nlohmann::json{{"search", "is:hen \"brown\""}, {"after", nullptr}, {"first", 25}});
    call.page_size_name.clear();
    CHECK(nlohmann::json::parse(*request_body(call, 25))["variables"].count("first") == 0);
    call.variables = "[1]";
    CHECK(request_body(call, 25).error().code == ExitCode::usage);
    call.variables = "{";
    CHECK(request_body(call, 25).error().code == ExitCode::usage);
}
