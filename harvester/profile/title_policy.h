// Policy of the title part of the program; its keys are told in queries/twir.toml.
#pragma once

#include <string>
#include <vector>

#include "profile/toml_table.h"

namespace harvester::profile {

struct TitlePolicy {};

// Reads the tables of this part from the root of a profile; throws ProfileError.
TitlePolicy load_title_policy(const TomlTable& root);

}  // namespace harvester::profile
