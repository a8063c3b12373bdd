// The rules that remove an item before anything is scored.
#pragma once

#include "model.h"
#include "profile/editorial_policy.h"

namespace harvester::editorial {

// The first rule of the policy that applies; null when none does.
const profile::DropRule* dropping_rule(const profile::EditorialPolicy& policy, const Item& item);

}  // namespace harvester::editorial
