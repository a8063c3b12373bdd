// Items asked of GitHub one by one, by their URLs: for what no harvest brought.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "github/client.h"
#include "model.h"

namespace harvester::edition {

// Keys are those of markdown::link_key.
struct LookedUp {
    std::map<std::string, Item> items;
    std::set<std::string> missing;  // GitHub has none, or the token can't see it
};

// Fails when an answer didn't arrive.
Result<LookedUp> look_up_items(github::Client& client, const std::vector<std::string>& urls);

}  // namespace harvester::edition
