#include "github/endpoint.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>

#include <initializer_list>
#include <memory>

#include "github/redact.h"

namespace harvester::github {
namespace {

struct UrlCleanup {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, UrlCleanup>;

// A part of the URL; empty when it has none.
std::string part(const Url& url, CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(url.get(), which, &text, 0) != CURLUE_OK) return {};
    std::string out(text);
    curl_free(text);
    return out;
}

bool is_loopback(const std::string& host) {
    if (host == "localhost" || host == "[::1]") return true;
    in_addr address{};
    return inet_pton(AF_INET, host.c_str(), &address) == 1 && (ntohl(address.s_addr) >> 24) == 127;
}

tl::unexpected<Failure> refused(const std::string& url, const char* why) {
    return fail(ExitCode::usage, fmt::format("the API's URL {} {}: give --api-url (or GITHUB_GRAPHQL_URL) as "
                                             "https://HOST/PATH",
                                             phrase(url), why));
}

}  // namespace

Result<Endpoint> check_endpoint(const std::string& url) {
    const Url parsed(curl_url());
    if (!parsed ||
        curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
        return refused("given", "is no URL");
    if (!part(parsed, CURLUPART_USER).empty() || !part(parsed, CURLUPART_PASSWORD).empty())
        return refused("given", "holds a user name or password, which would be sent in the clear");
    for (const char c : url)
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F)
            return refused(url, "holds spaces or control characters");
    if (!part(parsed, CURLUPART_FRAGMENT).empty()) return refused(url, "has a fragment");
    Endpoint endpoint{part(parsed, CURLUPART_URL), part(parsed, CURLUPART_HOST), false};
    if (endpoint.host.empty()) return refused(url, "names no host");
    endpoint.loopback = is_loopback(endpoint.host);
    const std::string scheme = part(parsed, CURLUPART_SCHEME);
    if (scheme == "https" || (scheme == "http" && endpoint.loopback)) return endpoint;
    return refused(url, scheme == "http" ? "is not encrypted, so that the token could be read on its way"
                                         : "is of an unknown kind");
}

NetworkSettings network_settings(const Environment& environment) {
    const auto first = [&](std::initializer_list<const char*> names) -> std::string {
        for (const char* name : names)
            if (auto value = environment(name)) return *value;
        return {};
    };
    return {first({"CURL_CA_BUNDLE", "SSL_CERT_FILE"}), first({"SSL_CERT_DIR"}),
            first({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}), first({"no_proxy", "NO_PROXY"})};
}

}  // namespace harvester::github
