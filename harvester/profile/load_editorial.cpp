#include "profile/editorial_policy.h"

namespace harvester::profile {

EditorialPolicy load_editorial_policy(const TomlTable&) { return {}; }

}  // namespace harvester::profile
