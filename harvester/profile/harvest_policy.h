// Policy of the harvest part of the program; its keys are told in queries/twir.toml.
#pragma once

#include <string>
#include <vector>

#include "profile/toml_table.h"

namespace harvester::profile {

struct HarvestPolicy {};

// Reads the tables of this part from the root of a profile; throws ProfileError.
HarvestPolicy load_harvest_policy(const TomlTable& root);

}  // namespace harvester::profile
