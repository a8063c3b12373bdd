// Policy of the check part of the program; its keys are told in queries/twir.toml.
#pragma once

#include <string>
#include <vector>

#include "profile/toml_table.h"

namespace harvester::profile {

struct CheckPolicy {};

// Reads the tables of this part from the root of a profile; throws ProfileError.
CheckPolicy load_check_policy(const TomlTable& root);

}  // namespace harvester::profile
