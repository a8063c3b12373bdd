// Policy of the stats part of the program; its keys are told in queries/twir.toml.
#pragma once

#include <string>
#include <vector>

#include "profile/toml_table.h"

namespace harvester::profile {

struct StatsPolicy {};

// Reads the tables of this part from the root of a profile; throws ProfileError.
StatsPolicy load_stats_policy(const TomlTable& root);

}  // namespace harvester::profile
