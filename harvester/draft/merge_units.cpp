#include "draft/merge_units.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "draft/merge_slots.h"
#include "markdown/text_lines.h"

namespace harvester::draft {
namespace {

class Merger {
  public:
    Merger(const MergeInput& input, const MergeSides& sides) : input_(input), sides_(sides), slots_(sides) {}

    MergeResult run(bool filling) {
        for (std::size_t i = 0; i < sides_.theirs.list.size(); ++i)
            take_theirs(sides_.theirs.list[i], filling);
        drop_empty_sections();
        for (std::size_t j = 0; j < sides_.fresh.list.size(); ++j) take_rendered(j);
        slots_.settle_blank_lines();
        write();
        remember();
        return std::move(result_);
    }

  private:
    // The nearest unit before (or after) place `i` that both lists know, as its key; empty at the ends.
    static std::string neighbour(const std::vector<Unit>& list, std::size_t i, int step,
                                 const UnitIndex& other) {
        for (auto at = static_cast<std::ptrdiff_t>(i) + step; at >= 0 && at < std::ssize(list); at += step)
            if (other.has(list[static_cast<std::size_t>(at)].keys[0]))
                return list[static_cast<std::size_t>(at)].keys[0];
        return {};
    }

    // True when the program moved a unit that no editor moved: its place may follow the program.
    bool follows_program(const Unit& theirs, const Unit& base, const Unit& fresh) const {
        if (theirs.section != base.section || fresh.section == base.section || is_structure(theirs))
            return false;
        if (!fresh.section.empty() && sides_.known_to_base(fresh.section) &&
            !sides_.their_index.has(fresh.section))
            return false;
        const auto t = static_cast<std::size_t>(&theirs - sides_.theirs.list.data());
        const auto b = static_cast<std::size_t>(&base - sides_.base.list.data());
        return neighbour(sides_.theirs.list, t, -1, sides_.base_index) ==
                   neighbour(sides_.base.list, b, -1, sides_.their_index) &&
               neighbour(sides_.theirs.list, t, 1, sides_.base_index) ==
                   neighbour(sides_.base.list, b, 1, sides_.their_index);
    }

    void take_theirs(const Unit& unit, bool filling) {
        MergeSlot slot{&unit, unit.raw, unit.before, no_place, false, {}};
        const Unit* fresh = sides_.in_rendered(unit);
        const Unit* base = sides_.their_index.find(unit.keys[0]) ==
                                   static_cast<std::size_t>(&unit - sides_.theirs.list.data())
                               ? sides_.in_base(unit)
                               : nullptr;
        if (filling && fresh == nullptr && begins_with_any(unit, input_.policy.placeholders)) {
            slot.dropped = true;
            slots_.mark(false);
        } else if (filling && fresh == nullptr && begins_with_any(unit, input_.policy.leftovers)) {
            slot.dropped = true;
        } else if (base != nullptr && base->text == unit.text) {
            if (fresh == nullptr) {
                slot.dropped = !is_structure(unit);  // a section goes only when nothing is left in it
                if (begins_with_any(unit, input_.policy.placeholders)) slots_.mark(true);
                if (slot.dropped && unit.kind == Unit::Kind::item &&
                    unit.keys[0].find('#') != std::string::npos)
                    result_.removed.push_back(unit.keys[0]);
            } else if (follows_program(unit, *base, *fresh)) {
                slot.dropped = true;
                moved_.insert(unit.keys[0]);
            } else {
                slot.raw = in_their_line_ends(*fresh, unit);
                slot.before = merged_blank(unit, *base, *fresh);
            }
        } else if (base != nullptr) {
            if (fresh == nullptr) {
                if (!is_structure(unit))
                    slot.note = "kept, for it was changed by hand, but the harvest no longer has it";
            } else {
                slot.before = merged_blank(unit, *base, *fresh);
                if (fresh->text != base->text && fresh->text != unit.text)
                    slot.note = fmt::format("kept as changed by hand; the harvest now has: {}", fresh->text);
            }
        }
        slots_.list().push_back(std::move(slot));
    }

    static std::string in_their_line_ends(const Unit& fresh, const Unit& theirs) {
        return fresh.text == theirs.text ? theirs.raw : fresh.raw;  // plain ends are turned when written
    }

    static std::string merged_blank(const Unit& theirs, const Unit& base, const Unit& fresh) {
        const auto plain = markdown::with_plain_line_ends(theirs.before);
        return plain == base.before && plain != fresh.before ? fresh.before : theirs.before;
    }

    // A heading or comment that the program no longer writes goes when nothing of its own is left below it.
    void drop_empty_sections() {
        for (std::size_t i = slots_.list().size(); i-- > 0;) {
            MergeSlot& slot = slots_.list()[i];
            const Unit& unit = *slot.unit;
            if (unit.kind != Unit::Kind::heading && unit.kind != Unit::Kind::comment_open) continue;
            const Unit* base = sides_.in_base(unit);
            const bool placeholder = slot.dropped;
            if (!placeholder &&
                (base == nullptr || base->text != unit.text || sides_.in_rendered(unit) != nullptr))
                continue;
            std::size_t end = i + 1;
            bool filled = false;
            for (; end < slots_.list().size() && !ends_section(unit, *slots_.list()[end].unit); ++end) {
                const Unit& inner = *slots_.list()[end].unit;
                filled = filled || (!slots_.list()[end].dropped && !(inner.kind == Unit::Kind::prose &&
                                                                     sides_.in_rendered(inner) != nullptr));
            }
            slot.dropped = !filled;
            if (unit.kind == Unit::Kind::comment_open && end < slots_.list().size() && !filled)
                slots_.list()[end].dropped = true;
        }
    }

    static bool ends_section(const Unit& opening, const Unit& unit) {
        if (opening.kind == Unit::Kind::comment_open) return unit.kind == Unit::Kind::comment_close;
        return unit.kind == Unit::Kind::heading && unit.level <= opening.level;
    }

    void take_rendered(std::size_t j) {
        const Unit& unit = sides_.fresh.list[j];
        if (is_structure(unit)) return;  // comes with the first unit below it that is needed
        const std::string& key = unit.keys[0];
        if (sides_.fresh_index.find(key) != j) return;  // the same link twice
        if (!moved_.contains(key)) {
            if (sides_.their_index.has(key)) return;
            if (sides_.known_to_base(key)) {
                tombstones_.insert(key);
                return;
            }
        }
        if (!bring_section(unit.section, j)) {
            if (moved_.contains(key)) slots_.stay(key);
            return;
        }
        slots_.insert(j);
        if (unit.kind == Unit::Kind::item && !moved_.contains(key) && key.find('#') != std::string::npos)
            result_.added.push_back(key);
    }

    // Makes sure that the section of rendered unit `j` is there. False when an editor took it out.
    bool bring_section(const std::string& section, std::size_t j) {
        if (section.empty() || slots_.has(section)) return true;
        const std::size_t at = sides_.fresh_index.find(section);
        if (at == no_place) return true;
        const Unit& opening = sides_.fresh.list[at];
        if (sides_.known_to_base(section) && !slots_.dropped_here(section)) {
            tombstones_.insert(section);
            // Renamed, or its lines moved: the neighbours tell where its lines belong now.
            for (std::size_t i = 0; i < sides_.fresh.list.size(); ++i)
                if (sides_.fresh.list[i].section == section &&
                    sides_.fresh.list[i].kind == Unit::Kind::item && slots_.has(sides_.fresh.list[i].keys[0]))
                    return true;
            if (opening.kind == Unit::Kind::heading) {
                part_notes_.push_back(fmt::format("not added, for \"{}\" was taken out by hand: {}",
                                                  opening.text, sides_.fresh.list[j].text));
                tombstones_.insert(sides_.fresh.list[j].keys[0]);
            }
            return false;
        }
        if (!bring_section(opening.section, j)) return false;
        slots_.insert(at);
        if (opening.kind == Unit::Kind::comment_open) {
            const std::size_t close = sides_.fresh_index.find("end of " + section);
            if (close != no_place) slots_.insert(close);
        }
        return true;
    }

    void write() {
        const std::string& end = input_.line_end;
        std::string& body = result_.body;
        std::size_t line = 0;
        std::size_t last_end = 0;  // bytes
        const auto append = [&](const std::string& raw, bool ours) {
            for (const markdown::Line& part : markdown::split_lines(raw)) {
                body += part.text;
                body += part.end.empty() ? std::string_view() : ours ? std::string_view(end) : part.end;
                if (!part.end.empty()) ++line;
            }
        };
        for (const MergeSlot& slot : slots_.list()) {
            if (slot.dropped) continue;
            append(slot.before, slot.before != slot.unit->before || slot.fresh != no_place);
            if (!slot.note.empty()) result_.notes.push_back({line + 1, slot.note});
            append(slot.raw, slot.raw != slot.unit->raw || slot.fresh != no_place);
            const std::size_t without = body.size();
            markdown::end_line(body, slot.fresh != no_place || slot.unit->end.empty() ? end : slot.unit->end);
            last_end = body.size() - without;
            ++line;
        }
        // A file without a final line break keeps having none.
        if (sides_.theirs.tail.empty() && !sides_.theirs.list.empty() &&
            sides_.theirs.list.back().end.empty())
            body.resize(body.size() - last_end);
        append(sides_.theirs.list.empty() && !slots_.list().empty() && sides_.theirs.tail.empty()
                   ? end
                   : sides_.theirs.tail,
               false);
        for (const std::string& note : part_notes_) result_.notes.push_back({1, note});
    }

    // The base of the next run.
    void remember() {
        result_.base.text = std::string(input_.rendered);
        for (const std::string& key : sides_.removed)
            if (!slots_.has(key)) tombstones_.insert(key);
        for (const Unit& unit : sides_.base.list)
            if (!sides_.their_index.has(unit.keys[0]) && !slots_.has(unit.keys[0]) &&
                !sides_.unwritten.contains(unit.keys[0]))
                tombstones_.insert(unit.keys[0]);
        for (const Unit& unit : sides_.fresh.list)
            if (!slots_.has(unit.keys[0]) && !tombstones_.contains(unit.keys[0]))
                result_.base.unwritten.push_back(unit.keys[0]);
        result_.base.removed.assign(tombstones_.begin(), tombstones_.end());
    }

    const MergeInput& input_;
    const MergeSides& sides_;
    MergeSlots slots_;
    std::set<std::string> moved_;
    std::set<std::string> tombstones_;
    std::vector<std::string> part_notes_;
    MergeResult result_;
};

}  // namespace

MergeResult merge_units(const MergeInput& input, const MergeSides& sides, bool filling) {
    return Merger(input, sides).run(filling);
}

}  // namespace harvester::draft
