#include "profile/title_policy.h"

namespace harvester::profile {

TitlePolicy load_title_policy(const TomlTable&) { return {}; }

}  // namespace harvester::profile
