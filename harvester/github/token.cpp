#include "github/token.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/child_program.h"

namespace harvester::github {
namespace {

// A line break in a header would be another header.
bool fits_a_header(const std::string& text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

Result<Token> checked(Token token) {
    if (fits_a_header(token.text)) return token;
    return fail(
        ExitCode::credentials,
        fmt::format("the token of {} holds spaces, control characters or letters beyond ASCII: set it again",
                    token.source));
}

constexpr std::string_view github_com = "github.com", tenants = ".ghe.com";

// The host that people log in to, of the one that answers: api.github.com belongs to github.com.
std::string login_host(const std::string& host) {
    constexpr std::string_view prefix = "api.";
    const bool is_api =
        host.starts_with(prefix) && (host.substr(prefix.size()) == github_com || host.ends_with(tenants));
    return is_api ? host.substr(prefix.size()) : host;
}

// Whether GH_TOKEN and GITHUB_TOKEN belong to the host. A runner says by GITHUB_SERVER_URL whose its tokens
// are.
bool belongs_to_usual_tokens(const Environment& environment, const std::string& host) {
    std::string home = environment("GITHUB_SERVER_URL").value_or(std::string(github_com));
    if (const auto scheme = home.find("://"); scheme != std::string::npos) home.erase(0, scheme + 3);
    home.resize(std::min(home.find('/'), home.size()));
    return host == home || (home == github_com && host.ends_with(tenants));
}

}  // namespace

Result<Token> find_token(const Environment& environment, const Endpoint& endpoint, Purpose purpose,
                         Milliseconds patience_with_gh) {
    const std::string host = login_host(endpoint.host);
    std::vector<const char*> names;
    const bool usual = belongs_to_usual_tokens(environment, host);
    if (usual || endpoint.loopback) {
        if (purpose == Purpose::write) names.push_back("HARVESTER_WRITE_TOKEN");
        names.insert(names.end(), {"GH_TOKEN", "GITHUB_TOKEN"});
    }
    if (!usual) names.insert(names.end(), {"GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"});
    for (const char* name : names)
        if (auto text = environment(name)) return checked({std::move(*text), name});
    constexpr std::size_t longest = 4096;
    auto text = output_of({environment("GH_PATH").value_or("gh"), "auth", "token", "--hostname", host},
                          patience_with_gh, longest);
    if (text) {
        while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
        if (!text->empty()) return checked({std::move(*text), "gh auth token --hostname " + host});
    }
    return fail(
        ExitCode::credentials,
        fmt::format("there is no token for {}: set {}, or log in with `gh auth login --hostname {}`", host,
                    usual ? "GH_TOKEN or GITHUB_TOKEN"
                          : "GH_ENTERPRISE_TOKEN (GH_TOKEN belongs to github.com and goes nowhere else)",
                    host));
}

}  // namespace harvester::github
