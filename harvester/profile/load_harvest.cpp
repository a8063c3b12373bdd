#include "profile/harvest_policy.h"

namespace harvester::profile {

HarvestPolicy load_harvest_policy(const TomlTable&) { return {}; }

}  // namespace harvester::profile
