#include "profile/publish_policy.h"

namespace harvester::profile {

PublishPolicy load_publish_policy(const TomlTable&) { return {}; }

}  // namespace harvester::profile
