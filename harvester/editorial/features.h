// What the score sees of an item: readable names, each present or not.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model.h"
#include "profile/editorial_policy.h"

namespace harvester::editorial {

// Calls see(feature) for each feature of one item in a layout: "type=feat", "w=panic", "cargo|lead=add",
// "sections|w=panic"; in no particular order, some more than once. The text is valid during the call. Pure;
// safe for any bytes: titles are read to their first thousand bytes, and names hold no control characters.
// `marks` are what reports of the week say about the item.
void each_feature(const profile::ScorePolicy& policy, const Item& item, Layout layout,
                  std::span<const std::string> marks, const std::function<void(std::string_view)>& see);

// The same as a list, sorted, each once.
std::vector<std::string> features(const profile::ScorePolicy& policy, const Item& item, Layout layout,
                                  std::span<const std::string> marks = {});

}  // namespace harvester::editorial
