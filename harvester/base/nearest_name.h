// What somebody meant who mistyped a name.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace harvester {

// The candidate with the fewest letters to insert, delete, replace or swap with their neighbour, case aside;
// of equals the first. nullopt when none is near: more than a third of the name would have to change.
std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> candidates);

}  // namespace harvester
