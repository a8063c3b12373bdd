#include "issue/merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "issue/part_units.h"
#include "issue/text_lines.h"

namespace harvester::issue {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

bool begins_with_any(const Unit& unit, const std::vector<std::string>& starts) {
    const auto first = unit.text.find_first_not_of(" \t");
    return first != std::string::npos && std::any_of(starts.begin(), starts.end(), [&](const std::string& s) {
               return unit.text.compare(first, s.size(), s) == 0;
           });
}

bool is_structure(const Unit& unit) {
    return unit.kind == Unit::Kind::heading || unit.kind == Unit::Kind::comment_open ||
           unit.kind == Unit::Kind::comment_close;
}

// First unit that has a key, by key.
class Index {
  public:
    explicit Index(const std::vector<Unit>& units) {
        for (std::size_t i = 0; i < units.size(); ++i)
            for (const std::string& key : units[i].keys) places_.emplace(key, i);
    }
    std::size_t find(const std::string& key) const {
        const auto found = places_.find(key);
        return found == places_.end() ? none : found->second;
    }
    bool has(const std::string& key) const { return find(key) != none; }

  private:
    std::map<std::string, std::size_t, std::less<>> places_;
};

// One unit of the merged part.
struct Slot {
    const Unit* unit = nullptr;
    std::string raw;
    std::string before;
    std::size_t fresh = none;  // number of the rendered unit that was brought in; none: it was in the file
    bool dropped = false;      // stays as a place to insert at
    std::string note;
};

class Merger {
  public:
    Merger(const MergeInput& input, Units base, Units theirs, Units fresh, std::set<std::string> removed,
           std::set<std::string> unwritten)
        : input_(input),
          b_(std::move(base)),
          t_(std::move(theirs)),
          n_(std::move(fresh)),
          removed_(std::move(removed)),
          unwritten_(std::move(unwritten)),
          b_index_(b_.list),
          t_index_(t_.list),
          n_index_(n_.list) {}

    MergeResult run(bool filling) {
        for (std::size_t i = 0; i < t_.list.size(); ++i) take_theirs(t_.list[i], filling);
        drop_empty_sections();
        for (std::size_t j = 0; j < n_.list.size(); ++j) take_rendered(j);
        settle_blank_lines();
        return write();
    }

  private:
    const Unit* in_base(const Unit& unit) const {
        const auto at = b_index_.find(unit.keys[0]);
        return at == none ? nullptr : &b_.list[at];
    }

    // The rendered unit of the same key. A line that an editor made of several links stands for all of them.
    const Unit* in_rendered(const Unit& unit) const {
        const auto at = n_index_.find(unit.keys[0]);
        return at == none || n_.list[at].keys[0] != unit.keys[0] ? nullptr : &n_.list[at];
    }

    bool known_to_base(const std::string& key) const {
        return (b_index_.has(key) && !unwritten_.contains(key)) || removed_.contains(key);
    }

    // The nearest unit before (or after) place `i` that both lists know, as its key; empty at the ends.
    static std::string neighbour(const std::vector<Unit>& list, std::size_t i, int step, const Index& other) {
        for (auto at = static_cast<std::ptrdiff_t>(i) + step; at >= 0 && at < std::ssize(list); at += step)
            if (other.has(list[static_cast<std::size_t>(at)].keys[0]))
                return list[static_cast<std::size_t>(at)].keys[0];
        return {};
    }

    // True when the program moved a unit that no editor moved: its place may follow the program.
    bool follows_program(const Unit& theirs, const Unit& base, const Unit& fresh) const {
        if (theirs.section != base.section || fresh.section == base.section || is_structure(theirs))
            return false;
        if (!fresh.section.empty() && known_to_base(fresh.section) && !t_index_.has(fresh.section))
            return false;
        const auto t = static_cast<std::size_t>(&theirs - t_.list.data());
        const auto b = static_cast<std::size_t>(&base - b_.list.data());
        return neighbour(t_.list, t, -1, b_index_) == neighbour(b_.list, b, -1, t_index_) &&
               neighbour(t_.list, t, 1, b_index_) == neighbour(b_.list, b, 1, t_index_);
    }

    void take_theirs(const Unit& unit, bool filling) {
        Slot slot{&unit, unit.raw, unit.before, none, false, {}};
        const Unit* fresh = in_rendered(unit);
        const Unit* base = t_index_.find(unit.keys[0]) == static_cast<std::size_t>(&unit - t_.list.data())
                               ? in_base(unit)
                               : nullptr;
        if (filling && fresh == nullptr && begins_with_any(unit, input_.policy.placeholders)) {
            slot.dropped = true;
            if (marker_ == none) marker_ = slots_.size();
        } else if (filling && fresh == nullptr && begins_with_any(unit, input_.policy.leftovers)) {
            slot.dropped = true;
        } else if (base != nullptr && base->text == unit.text) {
            if (fresh == nullptr) {
                slot.dropped = !is_structure(unit);  // a section goes only when nothing is left in it
                if (begins_with_any(unit, input_.policy.placeholders)) marker_ = slots_.size();
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
        slots_.push_back(std::move(slot));
    }

    static std::string in_their_line_ends(const Unit& fresh, const Unit& theirs) {
        return fresh.text == theirs.text ? theirs.raw : fresh.raw;  // plain ends are turned when written
    }

    static std::string merged_blank(const Unit& theirs, const Unit& base, const Unit& fresh) {
        const auto plain = with_plain_line_ends(theirs.before);
        return plain == base.before && plain != fresh.before ? fresh.before : theirs.before;
    }

    // A heading or comment that the program no longer writes goes when nothing of its own is left below it.
    void drop_empty_sections() {
        for (std::size_t i = slots_.size(); i-- > 0;) {
            Slot& slot = slots_[i];
            const Unit& unit = *slot.unit;
            if (unit.kind != Unit::Kind::heading && unit.kind != Unit::Kind::comment_open) continue;
            const Unit* base = in_base(unit);
            const bool placeholder = slot.dropped;
            if (!placeholder && (base == nullptr || base->text != unit.text || in_rendered(unit) != nullptr))
                continue;
            std::size_t end = i + 1;
            bool filled = false;
            for (; end < slots_.size() && !ends_section(unit, *slots_[end].unit); ++end) {
                const Unit& inner = *slots_[end].unit;
                filled = filled || (!slots_[end].dropped &&
                                    !(inner.kind == Unit::Kind::prose && in_rendered(inner) != nullptr));
            }
            slot.dropped = !filled;
            if (unit.kind == Unit::Kind::comment_open && end < slots_.size() && !filled)
                slots_[end].dropped = true;
        }
    }

    static bool ends_section(const Unit& opening, const Unit& unit) {
        if (opening.kind == Unit::Kind::comment_open) return unit.kind == Unit::Kind::comment_close;
        return unit.kind == Unit::Kind::heading && unit.level <= opening.level;
    }

    void take_rendered(std::size_t j) {
        const Unit& unit = n_.list[j];
        if (is_structure(unit)) return;  // comes with the first unit below it that is needed
        const std::string& key = unit.keys[0];
        if (n_index_.find(key) != j) return;  // the same link twice
        if (!moved_.contains(key)) {
            if (t_index_.has(key)) return;
            if (known_to_base(key)) {
                tombstones_.insert(key);
                return;
            }
        }
        if (!bring_section(unit.section, j)) {
            if (moved_.contains(key)) stay(key);
            return;
        }
        insert(j);
        if (unit.kind == Unit::Kind::item && !moved_.contains(key) && key.find('#') != std::string::npos)
            result_.added.push_back(key);
    }

    // Makes sure that the section of rendered unit `j` is there. False when an editor took it out.
    bool bring_section(const std::string& section, std::size_t j) {
        if (section.empty() || slot_of(section) != none) return true;
        const std::size_t at = n_index_.find(section);
        if (at == none) return true;
        const Unit& opening = n_.list[at];
        if (known_to_base(section) && !dropped_here(section)) {
            tombstones_.insert(section);
            // Renamed, or its lines moved: the neighbours tell where its lines belong now.
            for (std::size_t i = 0; i < n_.list.size(); ++i)
                if (n_.list[i].section == section && n_.list[i].kind == Unit::Kind::item &&
                    slot_of(n_.list[i].keys[0]) != none)
                    return true;
            if (opening.kind == Unit::Kind::heading) {
                part_notes_.push_back(
                    fmt::format("not added, for \"{}\" was taken out by hand: {}", opening.text, n_.list[j].text));
                tombstones_.insert(n_.list[j].keys[0]);
            }
            return false;
        }
        if (!bring_section(opening.section, j)) return false;
        insert(at);
        if (opening.kind == Unit::Kind::comment_open) {
            const std::size_t close = n_index_.find("end of " + section);
            if (close != none) insert(close);
        }
        return true;
    }

    // A unit that was to move, and whose new place isn't there.
    void stay(const std::string& key) {
        for (Slot& slot : slots_)
            if (slot.dropped && slot.unit->keys[0] == key) slot.dropped = false;
    }

    // A heading of the file that went with its last line: it may come again.
    bool dropped_here(const std::string& key) const {
        return std::any_of(slots_.begin(), slots_.end(),
                           [&](const Slot& s) { return s.dropped && s.unit->keys[0] == key; });
    }

    // Where a key stands in the merged part; none when it doesn't.
    std::size_t slot_of(const std::string& key) const {
        for (std::size_t i = 0; i < slots_.size(); ++i)
            if (!slots_[i].dropped && std::find(slots_[i].unit->keys.begin(), slots_[i].unit->keys.end(),
                                                key) != slots_[i].unit->keys.end())
                return i;
        return none;
    }

    // Key of the section that a slot stands in now.
    std::string section_at(std::size_t slot) const {
        return slots_[slot].fresh != none ? n_.list[slots_[slot].fresh].section : slots_[slot].unit->section;
    }

    // After the nearest rendered unit before `j` that stands in its own section still.
    std::size_t place_for(std::size_t j) const {
        const Unit& unit = n_.list[j];
        const bool homeless = !unit.section.empty() && slot_of(unit.section) == none;
        for (std::size_t p = j; p-- > 0;) {
            if (unit.kind == Unit::Kind::item && homeless && n_.list[p].section != unit.section) break;
            const std::size_t at = slot_of(n_.list[p].keys[0]);
            if (at == none) continue;
            if (!homeless && section_at(at) != n_.list[p].section) continue;
            return is_structure(unit) && unit.kind == Unit::Kind::heading ? behind_own_lines(at + 1) : at + 1;
        }
        if (homeless)
            for (std::size_t p = j + 1; p < n_.list.size() && n_.list[p].section == unit.section; ++p)
                if (const std::size_t at = slot_of(n_.list[p].keys[0]); at != none) return at;
        if (marker_ != none) return marker_;
        for (std::size_t p = j + 1; p < n_.list.size(); ++p)
            if (const std::size_t at = slot_of(n_.list[p].keys[0]);
                at != none && section_at(at) == n_.list[p].section)
                return at;
        return unit.section.empty() ? 0 : slots_.size();
    }

    // A new heading doesn't part an editor's lines from the section that they end.
    std::size_t behind_own_lines(std::size_t at) const {
        while (at < slots_.size() && slots_[at].fresh == none && !is_structure(*slots_[at].unit) &&
               in_rendered(*slots_[at].unit) == nullptr)
            ++at;
        return at;
    }

    void insert(std::size_t j) {
        const std::size_t at = place_for(j);
        const Unit& unit = n_.list[j];
        slots_.insert(slots_.begin() + static_cast<std::ptrdiff_t>(at),
                      Slot{&unit, unit.raw, unit.before, j, false, {}});
        if (marker_ != none && at <= marker_) ++marker_;
    }

    void settle_blank_lines() {
        const Slot* last = nullptr;
        std::string orphaned;  // blank lines of a unit that went
        for (Slot& slot : slots_) {
            if (slot.dropped) {
                if (orphaned.empty() && slot.unit->kind == Unit::Kind::item) orphaned = slot.before;
                continue;
            }
            const Unit* fresh = in_rendered(*slot.unit);
            // The line that was first of a list isn't any more.
            if (last != nullptr && last->fresh != none && slot.fresh == none &&
                slot.unit->kind == Unit::Kind::item && last->unit->kind == Unit::Kind::item &&
                fresh != nullptr && fresh == last->unit + 1)
                slot.before = fresh->before;
            if (slot.fresh == none && fresh == nullptr && slot.before.empty()) slot.before = orphaned;
            orphaned.clear();
            last = &slot;
        }
    }

    MergeResult write() {
        const std::string& end = input_.line_end;
        std::string& body = result_.body;
        std::size_t line = 0;
        const auto append = [&](const std::string& raw, bool ours) {
            for (const Line& part : split_lines(raw)) {
                body += part.text;
                body += part.end.empty() ? std::string_view() : ours ? std::string_view(end) : part.end;
                if (!part.end.empty()) ++line;
            }
        };
        for (const Slot& slot : slots_) {
            if (slot.dropped) continue;
            append(slot.before, slot.before != slot.unit->before || slot.fresh != none);
            if (!slot.note.empty()) result_.notes.push_back({line + 1, slot.note});
            append(slot.raw, slot.raw != slot.unit->raw || slot.fresh != none);
            body += slot.fresh != none || slot.unit->end.empty() ? end : slot.unit->end;
            ++line;
        }
        // A file without a final line break keeps having none.
        if (t_.tail.empty() && !t_.list.empty() && t_.list.back().end.empty() && !body.empty())
            body.resize(body.size() - (body.ends_with("\r\n") ? 2 : 1));
        append(t_.list.empty() && !slots_.empty() && t_.tail.empty() ? "\n" : t_.tail, false);
        for (const std::string& note : part_notes_) result_.notes.push_back({1, note});
        result_.base.text = std::string(input_.rendered);
        for (const std::string& key : removed_)
            if (slot_of(key) == none) tombstones_.insert(key);
        for (const Unit& unit : b_.list)
            if (!t_index_.has(unit.keys[0]) && slot_of(unit.keys[0]) == none &&
                !unwritten_.contains(unit.keys[0]))
                tombstones_.insert(unit.keys[0]);
        for (const Unit& unit : n_.list)
            if (slot_of(unit.keys[0]) == none && !tombstones_.contains(unit.keys[0]))
                result_.base.unwritten.push_back(unit.keys[0]);
        result_.base.removed.assign(tombstones_.begin(), tombstones_.end());
        return std::move(result_);
    }

    const MergeInput& input_;
    const Units b_;
    const Units t_;
    const Units n_;
    const std::set<std::string> removed_;
    const std::set<std::string> unwritten_;
    const Index b_index_;
    const Index t_index_;
    const Index n_index_;
    std::vector<Slot> slots_;
    std::size_t marker_ = none;  // slot of the placeholder that was filled
    std::set<std::string> moved_;
    std::set<std::string> tombstones_;
    std::vector<std::string> part_notes_;
    MergeResult result_;
};

bool only_placeholders(const Units& units, const profile::DraftPart& policy) {
    return std::all_of(units.list.begin(), units.list.end(),
                       [&](const Unit& u) { return begins_with_any(u, policy.placeholders); });
}

bool has_placeholder(const Units& units, const profile::DraftPart& policy) {
    return std::any_of(units.list.begin(), units.list.end(),
                       [&](const Unit& u) { return begins_with_any(u, policy.placeholders); });
}

// True when nobody has filled the part yet: its placeholder is there or, as far as is known, nothing ever
// was.
bool is_unfilled(const MergeInput& input, const Units& theirs, const Units& base, const Units& fresh) {
    if (theirs.list.empty()) return !input.base;
    if (!has_placeholder(theirs, input.policy)) return false;
    if (has_placeholder(fresh, input.policy)) return only_placeholders(theirs, input.policy) && !input.base;
    if (!input.base) return true;
    if (has_placeholder(base, input.policy)) return false;  // the program left it: three texts tell the rest
    // The draft was set back to the template by hand.
    const Index known(base.list);
    return std::none_of(theirs.list.begin(), theirs.list.end(),
                        [&](const Unit& u) { return u.kind == Unit::Kind::item && known.has(u.keys[0]); });
}

// What the file would hold had the program written it before, as far as that can't be told: everything but
// what is newer.
Units presumed_base(const MergeInput& input, const Units& fresh) {
    std::set<std::string> newer;
    for (const Unit& unit : fresh.list)
        if (unit.kind == Unit::Kind::item && input.newer && input.newer(unit.keys[0]))
            newer.insert(unit.keys[0]);
    Units base;
    for (std::size_t i = 0; i < fresh.list.size(); ++i) {
        const Unit& unit = fresh.list[i];
        if (newer.contains(unit.keys[0])) continue;
        if (unit.kind == Unit::Kind::heading || unit.kind == Unit::Kind::comment_open ||
            unit.kind == Unit::Kind::comment_close) {
            const std::string& section = unit.kind == Unit::Kind::comment_close ? unit.section : unit.keys[0];
            bool any = false;
            bool old = false;
            for (const Unit& inner : fresh.list)
                if (inner.section == section && inner.kind == Unit::Kind::item) {
                    any = true;
                    old = old || !newer.contains(inner.keys[0]);
                }
            if (any && !old) continue;
        }
        base.list.push_back(unit);
    }
    return base;
}

// The text without blank lines around it.
std::string_view core(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    const auto line = text.rfind('\n', first);
    const auto begin = line == std::string_view::npos ? 0 : line + 1;
    return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

std::string in_line_ends(std::string_view plain, const std::string& end) {
    std::string out;
    for (const Line& line : split_lines(plain)) {
        out += line.text;
        if (!line.end.empty()) out += end;
    }
    return out;
}

// Their body with its core replaced: blank lines around it stay.
std::string with_core(const MergeInput& input, const Units& theirs, std::string_view text) {
    if (theirs.list.empty()) return in_line_ends(fmt::format("\n{}\n\n", text), input.line_end);
    const std::string_view old = core(input.theirs);
    const auto begin = static_cast<std::size_t>(old.data() - input.theirs.data());
    std::string out(input.theirs.substr(0, begin));
    out += in_line_ends(text, input.line_end);
    out += input.theirs.substr(begin + old.size());
    return out;
}

MergeResult start_over(const MergeInput& input, const Units& theirs) {
    MergeResult result;
    result.body = with_core(input, theirs, core(input.rendered));
    result.base.text = std::string(input.rendered);
    return result;
}

// One text: either the program's or theirs.
MergeResult merge_whole(const MergeInput& input, const Units& theirs, const Units& fresh) {
    MergeResult result;
    result.body = std::string(input.theirs);
    if (only_placeholders(fresh, input.policy) && !only_placeholders(theirs, input.policy)) {
        // The program has nothing this time: what the draft has stays, and so does what is known of it.
        result.base = input.base.value_or(PartBase{std::string(input.rendered), {}, {}});
        return result;
    }
    result.base.text = std::string(input.rendered);
    const std::string mine = input.base ? std::string(core(input.base->text)) : std::string();
    const std::string old = with_plain_line_ends(core(input.theirs));
    const std::string_view now = core(input.rendered);
    if (old == now) return result;
    const bool untouched = only_placeholders(theirs, input.policy) ? !theirs.list.empty() || !input.base
                                                                   : input.base && old == mine;
    if (untouched) {
        result.body = with_core(input, theirs, now);
    } else if (!input.base || mine != now) {
        result.notes.push_back(
            {1, "kept as it stands in the draft; the harvest now has another text (--reset takes it)"});
    }
    return result;
}

}  // namespace

std::string write_marks(const PartBase& base) {
    std::string out;
    for (const std::string& key : base.removed) out += "removed " + key + "\n";
    for (const std::string& key : base.unwritten) out += "unwritten " + key + "\n";
    return out;
}

void read_marks(std::string_view marks, PartBase& base) {
    for (const Line& line : split_lines(marks)) {
        const auto space = line.text.find(' ');
        if (space == std::string_view::npos) continue;
        const std::string_view kind = line.text.substr(0, space);
        if (kind == "removed") base.removed.emplace_back(line.text.substr(space + 1));
        if (kind == "unwritten") base.unwritten.emplace_back(line.text.substr(space + 1));
    }
}

MergeResult merge_part(const MergeInput& input) {
    Units theirs = split_units(input.theirs);
    Units fresh = split_units(input.rendered);
    if (input.reset) return start_over(input, theirs);
    if (input.policy.whole &&
        (!has_placeholder(theirs, input.policy) || only_placeholders(theirs, input.policy)))
        return merge_whole(input, theirs, fresh);
    Units base = input.base ? split_units(input.base->text) : Units{};
    const bool filling = is_unfilled(input, theirs, base, fresh);
    std::set<std::string> removed;
    std::set<std::string> unwritten;
    if (filling) {
        base = {};
    } else if (!input.base) {
        base = presumed_base(input, fresh);
    } else {
        removed.insert(input.base->removed.begin(), input.base->removed.end());
        unwritten.insert(input.base->unwritten.begin(), input.base->unwritten.end());
    }
    return Merger(input, std::move(base), std::move(theirs), std::move(fresh), std::move(removed),
                  std::move(unwritten))
        .run(filling);
}

}  // namespace harvester::issue
