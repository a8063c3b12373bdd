// The merged part while it is made: the units of the file and those brought in, in their order.
#pragma once

#include <string>
#include <vector>

#include "draft/merge_sides.h"

namespace harvester::draft {

// One unit of the merged part.
struct MergeSlot {
    const Unit* unit = nullptr;
    std::string raw;
    std::string before;
    // Number of the rendered unit that was brought in; no_place: it was in the file.
    std::size_t fresh = no_place;
    bool dropped = false;  // stays as a place to insert at
    std::string note;
};

class MergeSlots {
  public:
    explicit MergeSlots(const MergeSides& sides) : sides_(sides) {}

    std::vector<MergeSlot>& list() { return slots_; }
    const std::vector<MergeSlot>& list() const { return slots_; }

    // The placeholder that new units go before; the first one counts unless `again`.
    void mark(bool again);

    // Where a key stands in the merged part; no_place when it doesn't.
    std::size_t slot_of(const std::string& key) const;
    bool has(const std::string& key) const { return slot_of(key) != no_place; }
    // True for a key of the file that went: it may come again.
    bool dropped_here(const std::string& key) const;
    // Takes a key back that went.
    void stay(const std::string& key);
    // Brings rendered unit `j` in where it belongs.
    void insert(std::size_t j);
    // Blank lines between what stands beside each other now.
    void settle_blank_lines();

  private:
    std::string section_at(std::size_t slot) const;
    std::size_t place_for(std::size_t j) const;
    std::size_t behind_own_lines(std::size_t at) const;

    const MergeSides& sides_;
    std::vector<MergeSlot> slots_;
    std::size_t marker_ = no_place;
};

}  // namespace harvester::draft
