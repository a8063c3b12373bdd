#include "draft/merge_slots.h"

#include <algorithm>

namespace harvester::draft {

void MergeSlots::mark(bool again) {
    if (again || marker_ == no_place) marker_ = slots_.size();
}

std::size_t MergeSlots::slot_of(const std::string& key) const {
    for (std::size_t i = 0; i < slots_.size(); ++i)
        if (!slots_[i].dropped && std::find(slots_[i].unit->keys.begin(), slots_[i].unit->keys.end(), key) !=
                                      slots_[i].unit->keys.end())
            return i;
    return no_place;
}

bool MergeSlots::dropped_here(const std::string& key) const {
    return std::any_of(slots_.begin(), slots_.end(),
                       [&](const MergeSlot& s) { return s.dropped && s.unit->keys[0] == key; });
}

void MergeSlots::stay(const std::string& key) {
    for (MergeSlot& slot : slots_)
        if (slot.dropped && slot.unit->keys[0] == key) slot.dropped = false;
}

// Key of the section that a slot stands in now.
std::string MergeSlots::section_at(std::size_t slot) const {
    return slots_[slot].fresh != no_place ? sides_.fresh.list[slots_[slot].fresh].section
                                          : slots_[slot].unit->section;
}

// After the nearest rendered unit before `j` that stands in its own section still.
std::size_t MergeSlots::place_for(std::size_t j) const {
    const Unit& unit = sides_.fresh.list[j];
    const bool homeless = !unit.section.empty() && slot_of(unit.section) == no_place;
    for (std::size_t p = j; p-- > 0;) {
        if (unit.kind == Unit::Kind::item && homeless && sides_.fresh.list[p].section != unit.section) break;
        const std::size_t at = slot_of(sides_.fresh.list[p].keys[0]);
        if (at == no_place) continue;
        if (!homeless && section_at(at) != sides_.fresh.list[p].section) continue;
        return unit.kind == Unit::Kind::heading ? behind_own_lines(at + 1) : at + 1;
    }
    if (homeless)
        for (std::size_t p = j + 1;
             p < sides_.fresh.list.size() && sides_.fresh.list[p].section == unit.section; ++p)
            if (const std::size_t at = slot_of(sides_.fresh.list[p].keys[0]); at != no_place) return at;
    if (marker_ != no_place) return marker_;
    for (std::size_t p = j + 1; p < sides_.fresh.list.size(); ++p)
        if (const std::size_t at = slot_of(sides_.fresh.list[p].keys[0]);
            at != no_place && section_at(at) == sides_.fresh.list[p].section)
            return at;
    return unit.section.empty() ? 0 : slots_.size();
}

// A new heading doesn't part an editor's lines from the section that they end.
std::size_t MergeSlots::behind_own_lines(std::size_t at) const {
    while (at < slots_.size() && slots_[at].fresh == no_place && !is_structure(*slots_[at].unit) &&
           sides_.in_rendered(*slots_[at].unit) == nullptr)
        ++at;
    return at;
}

void MergeSlots::insert(std::size_t j) {
    const std::size_t at = place_for(j);
    const Unit& unit = sides_.fresh.list[j];
    slots_.insert(slots_.begin() + static_cast<std::ptrdiff_t>(at),
                  MergeSlot{&unit, unit.raw, unit.before, j, false, {}});
    if (marker_ != no_place && at <= marker_) ++marker_;
}

void MergeSlots::settle_blank_lines() {
    const MergeSlot* last = nullptr;
    std::string orphaned;  // blank lines of a unit that went
    for (MergeSlot& slot : slots_) {
        if (slot.dropped) {
            if (orphaned.empty() && slot.unit->kind == Unit::Kind::item) orphaned = slot.before;
            continue;
        }
        const Unit* fresh = sides_.in_rendered(*slot.unit);
        // The line that was first of a list isn't any more.
        if (last != nullptr && last->fresh != no_place && slot.fresh == no_place &&
            slot.unit->kind == Unit::Kind::item && last->unit->kind == Unit::Kind::item && fresh != nullptr &&
            fresh == last->unit + 1)
            slot.before = fresh->before;
        if (slot.fresh == no_place && fresh == nullptr && slot.before.empty()) slot.before = orphaned;
        orphaned.clear();
        last = &slot;
    }
}

}  // namespace harvester::draft
