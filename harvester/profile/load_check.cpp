#include "profile/check_policy.h"

namespace harvester::profile {

CheckPolicy load_check_policy(const TomlTable& root) {
    const TomlTable check = root.table("check");
    CheckPolicy policy;
    policy.html = check.texts("html");
    policy.lists = check.texts("lists");
    policy.merged = check.texts("merged");
    policy.optional_parts = check.texts("optional_parts");
    policy.other_sections = check.texts("other_sections");
    return policy;
}

}  // namespace harvester::profile
