// A week of GitHub from SHARED_FOLDER/worlds as items.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "model.h"

namespace test {

struct World {
    std::vector<harvester::Item> items;
    std::vector<harvester::RepositoryFile> files;
    nlohmann::json expected;  // what was printed: DATE.expected.json
};

// The dates of the worlds there are; none without the folder.
std::vector<std::string> world_dates();

World read_world(const std::string& date);

}  // namespace test
