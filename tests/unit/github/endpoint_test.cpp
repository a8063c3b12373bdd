#include "github/endpoint.h"

#include <map>

#include "catch.h"

using namespace harvester;
using namespace harvester::github;
using Catch::Matchers::Contains;

TEST_CASE("https is good anywhere, plain http on this machine only") {
    for (const char* url : {"https://api.github.com/graphql", "https://HOST.example:8443/api/graphql",
                            "http://localhost:8080/graphql", "http://127.0.0.1:1/graphql",
                            "http://127.8.9.10/graphql", "http://[::1]:80/graphql", "https://192.0.2.1/g"})
        CHECK(check_endpoint(url));
    CHECK(check_endpoint("http://localhost:1/g")->loopback);
    CHECK_FALSE(check_endpoint("https://api.github.com/graphql")->loopback);
    CHECK(check_endpoint("https://api.github.com/graphql")->host == "api.github.com");
}

TEST_CASE("Any other URL is refused before the token could go there") {
    for (const char* url :
         {"", " ", "api.github.com/graphql", "http://api.github.com/graphql",
          "http://localhost.example.org/g", "http://127.0.0.1.example.org/g", "http://127.example.org/",
          "http://0.0.0.0/g", "http://192.0.2.1/g", "ftp://localhost/g", "file:///etc/passwd", "https://",
          "https://me:secret@api.github.com/graphql", "https://me@api.github.com/graphql",
          "https://api.github.com/graphql#part", "https://api.github.com/gr aphql",
          "https://api.github.com/\r\nHost: x", "javascript:1", "http://127.0.0.1@example.org/g"}) {
        INFO(url);
        const auto endpoint = check_endpoint(url);
        REQUIRE_FALSE(endpoint);
        CHECK(endpoint.error().code == ExitCode::usage);
        CHECK_THAT(endpoint.error().message, Contains("--api-url") && !Contains("secret"));
    }
}

TEST_CASE("The usual variables name proxy and certificates, the more special before the more general") {
    std::map<std::string, std::string> variables;
    const Environment environment = [&](const char* name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
    CHECK(network_settings(environment).proxy.empty());
    variables = {{"ALL_PROXY", "a"}, {"SSL_CERT_FILE", "f"}, {"SSL_CERT_DIR", "d"}, {"NO_PROXY", "n"}};
    CHECK(network_settings(environment).proxy == "a");
    CHECK(network_settings(environment).ca_file == "f");
    CHECK(network_settings(environment).ca_folder == "d");
    CHECK(network_settings(environment).no_proxy == "n");
    variables["HTTPS_PROXY"] = "s";
    variables["CURL_CA_BUNDLE"] = "c";
    CHECK(network_settings(environment).proxy == "s");
    CHECK(network_settings(environment).ca_file == "c");
}
