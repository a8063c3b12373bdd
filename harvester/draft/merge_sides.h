// The three texts of a part's merge as units that are found by their keys.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "draft/part_units.h"

namespace harvester::draft {

constexpr std::size_t no_place = static_cast<std::size_t>(-1);

// First unit that has a key, by key.
class UnitIndex {
  public:
    explicit UnitIndex(const std::vector<Unit>& units);
    std::size_t find(const std::string& key) const;  // no_place: no unit has it
    bool has(const std::string& key) const { return find(key) != no_place; }

  private:
    std::map<std::string, std::size_t, std::less<>> places_;
};

// Neither copied nor moved: units of its lists are pointed at.
struct MergeSides {
    MergeSides(Units known, Units file, Units rendered, std::set<std::string> taken_out,
               std::set<std::string> never_written);
    MergeSides(const MergeSides&) = delete;
    MergeSides& operator=(const MergeSides&) = delete;

    const Units base;
    const Units theirs;
    const Units fresh;
    const std::set<std::string> removed;    // see PartBase
    const std::set<std::string> unwritten;  // see PartBase
    const UnitIndex base_index;
    const UnitIndex their_index;
    const UnitIndex fresh_index;

    const Unit* in_base(const Unit& unit) const;
    // The rendered unit of the same key. A line that an editor made of several links stands for all of them.
    const Unit* in_rendered(const Unit& unit) const;
    // True when the program wrote the key before, whether it is still there or was taken out.
    bool known_to_base(const std::string& key) const;
};

// Headings and the ends of comments: what sections are made of.
bool is_structure(const Unit& unit);

bool begins_with_any(const Unit& unit, const std::vector<std::string>& starts);

}  // namespace harvester::draft
