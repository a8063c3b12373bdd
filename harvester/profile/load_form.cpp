#include "profile/form_policy.h"

namespace harvester::profile {

FormPolicy load_form_policy(const TomlTable&) { return {}; }

}  // namespace harvester::profile
