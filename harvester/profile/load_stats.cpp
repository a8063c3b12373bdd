#include "profile/stats_policy.h"

namespace harvester::profile {

StatsPolicy load_stats_policy(const TomlTable&) { return {}; }

}  // namespace harvester::profile
