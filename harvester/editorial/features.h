// What the score sees of an item: readable names, each present or not.
#pragma once

#include <string>
#include <vector>

#include "model.h"
#include "profile/editorial_policy.h"

namespace harvester::editorial {

// The features of one item in a layout, sorted, each once: "type=feat", "w=panic", "cargo|lead=add",
// "sections|w=panic". Pure; safe for any bytes: titles are read to their first thousand bytes, and names hold
// no control characters.
std::vector<std::string> features(const profile::ScorePolicy& policy, const Item& item, Layout layout);

}  // namespace harvester::editorial
