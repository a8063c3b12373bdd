#include "draft/merge_sides.h"

#include <algorithm>

namespace harvester::draft {

UnitIndex::UnitIndex(const std::vector<Unit>& units) {
    for (std::size_t i = 0; i < units.size(); ++i)
        for (const std::string& key : units[i].keys) places_.emplace(key, i);
}

std::size_t UnitIndex::find(const std::string& key) const {
    const auto found = places_.find(key);
    return found == places_.end() ? no_place : found->second;
}

MergeSides::MergeSides(Units known, Units file, Units rendered, std::set<std::string> taken_out,
                       std::set<std::string> never_written)
    : base(std::move(known)),
      theirs(std::move(file)),
      fresh(std::move(rendered)),
      removed(std::move(taken_out)),
      unwritten(std::move(never_written)),
      base_index(base.list),
      their_index(theirs.list),
      fresh_index(fresh.list) {}

const Unit* MergeSides::in_base(const Unit& unit) const {
    const auto at = base_index.find(unit.keys[0]);
    return at == no_place ? nullptr : &base.list[at];
}

const Unit* MergeSides::in_rendered(const Unit& unit) const {
    const auto at = fresh_index.find(unit.keys[0]);
    return at == no_place || fresh.list[at].keys[0] != unit.keys[0] ? nullptr : &fresh.list[at];
}

bool MergeSides::known_to_base(const std::string& key) const {
    return (base_index.has(key) && !unwritten.contains(key)) || removed.contains(key);
}

bool is_structure(const Unit& unit) {
    return unit.kind == Unit::Kind::heading || unit.kind == Unit::Kind::comment_open ||
           unit.kind == Unit::Kind::comment_close;
}

bool begins_with_any(const Unit& unit, const std::vector<std::string>& starts) {
    const auto first = unit.text.find_first_not_of(" \t");
    return first != std::string::npos && std::any_of(starts.begin(), starts.end(), [&](const std::string& s) {
               return unit.text.compare(first, s.size(), s) == 0;
           });
}

}  // namespace harvester::draft
