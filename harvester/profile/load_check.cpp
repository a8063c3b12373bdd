#include "profile/check_policy.h"

namespace harvester::profile {

CheckPolicy load_check_policy(const TomlTable&) { return {}; }

}  // namespace harvester::profile
