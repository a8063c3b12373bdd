#include "edition/item_lookup.h"

#include <limits>
#include <nlohmann/json.hpp>

#include "github/decode.h"
#include "markdown/item_url.h"

namespace harvester::edition {

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
