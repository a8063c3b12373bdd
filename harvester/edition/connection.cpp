#include "edition/connection.h"

#include <cstdlib>
#include <limits>
#include <nlohmann/json.hpp>

#include "cli/version.h"
#include "github/curl_transport.h"
#include "github/decode.h"
#include "github/endpoint.h"
#include "markdown/item_url.h"

namespace harvester::edition {
namespace {

constexpr const char* default_url = "https://api.github.com/graphql";

Result<github::Endpoint> endpoint_of(const cli::Context& context) {
    if (!context.global.api_url.empty()) return github::check_endpoint(context.global.api_url);
    return github::check_endpoint(context.environment("GITHUB_GRAPHQL_URL").value_or(default_url));
}

}  // namespace

Result<github::Token> find_token(const cli::Context& context, github::Purpose purpose) {
    const auto endpoint = endpoint_of(context);
    if (!endpoint) return tl::unexpected(endpoint.error());
    return github::find_token(context.environment, *endpoint, purpose);
}

Result<Connection> connect(const cli::Context& context, int in_flight, github::Client::Talk talk,
                           github::Purpose purpose) {
    const auto endpoint = endpoint_of(context);
    if (!endpoint) return tl::unexpected(endpoint.error());
    const auto token = github::find_token(context.environment, *endpoint, purpose);
    if (!token) return tl::unexpected(token.error());
    const auto usual = github::check_endpoint(default_url);
    if (!usual || endpoint->host != usual->host) cli::say(context, "asking " + endpoint->host);
    github::CurlOptions curl;
    curl.endpoint = *endpoint;
    curl.token = token->text;
    curl.user_agent = "harvester/" + cli::version();
    curl.network = github::network_settings(context.environment);
    // For tests of servers that never answer: milliseconds for a whole request instead of the usual limit.
    if (const auto limit = context.environment("HARVESTER_TIMEOUT_MS"))
        if (const auto length = std::atoll(limit->c_str()); length > 0)
            curl.total_timeout = Milliseconds{length};
    auto transport = github::make_curl_transport(std::move(curl));
    if (!transport) return tl::unexpected(transport.error());
    github::ClientOptions options;
    options.in_flight = context.global.serial ? 1 : in_flight;
    options.max_wait = std::chrono::seconds{context.global.max_wait};
    options.secret = token->text;
    options.token_source = token->source;
    auto client = github::make_client(**transport, context.clock, std::move(options), std::move(talk));
    return Connection(std::move(*transport), std::move(client));
}

Result<LookedUp> look_up_items(github::Client& client, const std::vector<std::string>& urls) {
    const auto operation = github::find_operation("item");
    if (!operation)
        return fail(ExitCode::file, "the document item is missing in this program; build it again");
    for (std::size_t i = 0; i < urls.size(); ++i) {
        const auto name = markdown::item_name(urls[i]);
        // GraphQL's numbers have 32 bits: larger ones name nothing.
        if (!name || name->second > std::numeric_limits<std::int32_t>::max()) continue;
        const auto slash = name->first.find('/');
        github::Call call;
        call.operation = *operation;
        call.variables = nlohmann::json{
            {"owner", name->first.substr(0, slash)},
            {"name", name->first.substr(slash + 1)},
            {"number",
             name->second}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        call.tag = i;
        client.ask(std::move(call));
    }
    LookedUp found;
    while (client.pending() > 0) {
        const auto [tag, answer] = client.next();
        if (!answer) return tl::unexpected(answer.error());
        auto decoded = github::decode_found_item(*answer);
        if (!decoded) return tl::unexpected(decoded.error());
        const std::string key = markdown::link_key(urls[tag]);
        if (*decoded)
            found.items.emplace(key, std::move(**decoded));
        else
            found.missing.insert(key);
    }
    return found;
}

}  // namespace harvester::edition
