// Policy of the check part of the program; its keys are told in queries/twir.toml.
#pragma once

#include <string>
#include <vector>

#include "profile/toml_table.h"

namespace harvester::profile {

struct CheckPolicy {
    std::vector<std::string> html;    // names of the tags that an issue may hold
    std::vector<std::string> lists;   // parts whose items link to the profile's organisation
    std::vector<std::string> merged;  // parts whose items were merged in the window and are printed once
    std::vector<std::string> optional_parts;  // parts that an issue may leave out or have elsewhere
    std::vector<std::string> other_sections;  // headings that editors add to those of the editorial part
};

// Reads the tables of this part from the root of a profile; throws ProfileError.
CheckPolicy load_check_policy(const TomlTable& root);

}  // namespace harvester::profile
