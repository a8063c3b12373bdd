#include "draft/merge_slots.h"

#include <algorithm>

namespace harvester::draft {
namespace {

bool names(const Piece& piece, const std::string& key) {
    return piece.key == key || std::find(piece.items.begin(), piece.items.end(), key) != piece.items.end();
}

bool is_heading(const Piece& piece) {
    return piece.kind == Piece::Kind::heading && !piece.hidden;
}

// Markdown needs a blank line between these: else the one would become a part of the other.
bool need_blank_line(const Piece& before, const Piece& after) {
    if (after.kind == Piece::Kind::open) return true;
    if (after.hidden || (before.hidden && before.kind != Piece::Kind::close)) return false;
    if (is_heading(after)) return true;
    if (is_heading(before)) return false;
    return before.kind != Piece::Kind::item || after.kind != Piece::Kind::item;
}

bool is_blank_line(const std::string& gap) {
    return gap.find('\n') != std::string::npos;
}

}  // namespace

Slots::Slots(const Pieces& theirs, const Pieces& fresh) : theirs_(theirs), fresh_(fresh) {
    for (const bool hidden : {false, true})
        for (const Piece& piece : theirs.list) {
            if (piece.hidden != hidden) continue;
            first_.emplace(piece.key, &piece);
            for (const std::string& key : piece.items) first_.emplace(key, &piece);
        }
    index_fresh();
}

void Slots::index_fresh() {
    fresh_index_.clear();
    for (std::size_t j = 0; j < fresh_.list.size(); ++j) fresh_index_.emplace(fresh_.list[j].key, j);
}

void Slots::mark() {
    if (marker_ == no_place) marker_ = slots_.size();
}

std::size_t Slots::fresh_index(const std::string& key) const {
    const auto found = fresh_index_.find(key);
    return found == fresh_index_.end() ? no_place : found->second;
}

const Piece* Slots::first_of(const std::string& key) const {
    const auto found = first_.find(key);
    return found == first_.end() ? nullptr : found->second;
}

std::size_t Slots::slot_of(const std::string& key, bool hidden) const {
    for (std::size_t i = 0; i < slots_.size(); ++i)
        if (!slots_[i].dropped && slots_[i].piece->hidden == hidden && names(*slots_[i].piece, key)) return i;
    return no_place;
}

bool Slots::stands(const std::string& key) const {
    return slot_of(key, false) != no_place || slot_of(key, true) != no_place;
}

bool Slots::stands_alone(const std::string& key) const {
    return std::any_of(slots_.begin(), slots_.end(),
                       [&](const Slot& s) { return !s.dropped && s.piece->key == key; });
}

bool Slots::dropped(const std::string& key) const {
    return std::any_of(slots_.begin(), slots_.end(),
                       [&](const Slot& s) { return s.dropped && s.piece->key == key; });
}

bool Slots::heads_items(std::size_t j) const {
    const Piece& heading = fresh_.list[j];
    for (std::size_t i = j + 1; i < fresh_.list.size(); ++i) {
        if (is_heading(fresh_.list[i]) && fresh_.list[i].level <= heading.level) return false;
        if (fresh_.list[i].names_item()) return true;
    }
    return false;
}

// The slots between a section's heading and the next one; nullopt when the heading isn't there. "" is what
// comes before the first heading.
std::optional<Slots::Stretch> Slots::section(const std::string& name) const {
    std::size_t begin = 0;
    if (!name.empty()) {
        const std::size_t heading = slot_of(heading_key(name), false);
        if (heading == no_place) return std::nullopt;
        begin = heading + 1;
    }
    std::size_t end = begin;
    while (end < slots_.size() && (slots_[end].dropped || !is_heading(*slots_[end].piece))) ++end;
    return Stretch{begin, end};
}

// Behind the nearest piece before `j` of the harvest, or before the nearest one after it, that is wanted and
// stands within the stretch.
std::size_t Slots::neighbour(std::size_t j, const Stretch& within,
                             const std::function<bool(const Piece&)>& wanted) const {
    const auto place = [&](const Piece& piece) {
        for (std::size_t i = within.begin; i < within.end; ++i)
            if (!slots_[i].dropped && slots_[i].piece->hidden == piece.hidden &&
                names(*slots_[i].piece, piece.key))
                return i;
        return no_place;
    };
    for (std::size_t p = j; p-- > 0;)
        if (wanted(fresh_.list[p]))
            if (const std::size_t at = place(fresh_.list[p]); at != no_place) return at + 1;
    for (std::size_t p = j + 1; p < fresh_.list.size(); ++p)
        if (wanted(fresh_.list[p]))
            if (const std::size_t at = place(fresh_.list[p]); at != no_place) return at;
    return no_place;
}

// Where the first item of the harvest goes in a section: behind the items of the editor's own, or else behind
// the text at its head.
std::size_t Slots::list_start(const Stretch& within) const {
    std::size_t at = no_place;
    for (std::size_t i = within.begin; i < within.end; ++i)
        if (!slots_[i].dropped && slots_[i].piece->kind == Piece::Kind::item && !slots_[i].piece->hidden)
            at = i + 1;
    if (at != no_place) return at;
    at = within.begin;
    while (at < within.end && (slots_[at].dropped || slots_[at].piece->kind == Piece::Kind::text) &&
           at != marker_)
        ++at;
    return at;
}

void Slots::insert_item(std::size_t j) {
    const Piece& piece = fresh_.list[j];
    const auto fellow = [&](const Piece& other) { return other.in_list() && other.section == piece.section; };
    auto stretch = section(piece.section);
    if (!stretch) {
        // Renamed: its fellows show where its lines belong now, unless they are in another of the harvest's
        // sections.
        const auto renamed = [&](const Piece& other) {
            const std::size_t at = fellow(other) ? slot_of(other.key, false) : no_place;
            return at != no_place &&
                   (slots_[at].fresh || fresh_index(heading_key(slots_[at].piece->section)) == no_place);
        };
        const std::size_t at = neighbour(j, {0, slots_.size()}, renamed);
        if (at != no_place) return insert(at, fresh_.list[j]);
        if (const std::size_t heading = fresh_index(heading_key(piece.section)); heading != no_place)
            bring_heading(heading);
        stretch = section(piece.section);
        if (!stretch) return insert(slots_.size(), fresh_.list[j]);
    }
    std::size_t at = neighbour(j, *stretch, fellow);
    if (at == no_place && stretch->begin > 0 && slots_[stretch->begin - 1].fresh) at = stretch->begin;
    if (at == no_place && marker_ != no_place && marker_ >= stretch->begin && marker_ < stretch->end)
        at = place_of_text(j);
    if (at == no_place) {
        // Behind the program's own text above the list, and the editor's.
        at = list_start(*stretch);
        for (std::size_t p = j; p-- > 0;)
            if (const Piece& other = fresh_.list[p]; !other.hidden && other.section == piece.section)
                if (const std::size_t above = slot_of(other.key, false);
                    above != no_place && above >= stretch->begin && above < stretch->end)
                    at = std::max(at, above + 1);
    }
    insert(at, fresh_.list[j]);
}

void Slots::insert_candidate(std::size_t j) {
    const Piece& piece = fresh_.list[j];
    std::size_t open = no_place;
    for (std::size_t i = 0; i < slots_.size() && open == no_place; ++i)
        if (!slots_[i].dropped && slots_[i].piece->kind == Piece::Kind::open &&
            slots_[i].piece->section == piece.section)
            open = i;
    if (open == no_place) {
        // The comment of the section, behind its list.
        std::size_t fresh_open = j;
        while (fresh_open > 0 && fresh_.list[fresh_open].kind != Piece::Kind::open) --fresh_open;
        std::size_t close = j;
        while (close < fresh_.list.size() && fresh_.list[close].kind != Piece::Kind::close) ++close;
        if (fresh_.list[fresh_open].kind != Piece::Kind::open || close == fresh_.list.size()) return;
        const auto stretch = section(piece.section);
        open = stretch ? list_start(*stretch) : place_of_heading(fresh_open);
        insert(open, fresh_.list[close]);
        if (!stretch) insert(open, heading_inside(fresh_open));
        insert(open, fresh_.list[fresh_open]);
    }
    std::size_t close = open;
    while (close < slots_.size() &&
           (slots_[close].dropped || slots_[close].piece->kind != Piece::Kind::close))
        ++close;
    const auto fellow = [&](const Piece& other) {
        return other.hidden && other.names_item() && other.section == piece.section;
    };
    const std::size_t at = neighbour(j, {open + 1, close}, fellow);
    insert(at == no_place ? close : at, fresh_.list[j]);
}

// The heading of candidates whose section isn't in the file: it waits with them in their comment.
const Piece& Slots::heading_inside(std::size_t open) {
    const Piece& first = fresh_.list[open + 1];
    if (first.kind == Piece::Kind::heading) return first;
    Piece heading = fresh_.list[fresh_index(heading_key(first.section))];
    heading.hidden = true;
    heading.gap.clear();
    heading.key = "hidden " + heading.key;
    heading.section = first.section;
    return made_.emplace_back(std::move(heading));
}

void Slots::insert_text(std::size_t j) {
    const std::string& name = fresh_.list[j].section;
    if (!name.empty() && !section(name))
        if (const std::size_t heading = fresh_index(heading_key(name)); heading != no_place)
            bring_heading(heading);
    insert(place_of_text(j), fresh_.list[j]);
}

void Slots::bring_heading(std::size_t j) {
    const Piece& piece = fresh_.list[j];
    if (slot_of(piece.key, false) != no_place) return;
    if (!piece.section.empty() && !section(piece.section))
        if (const std::size_t parent = fresh_index(heading_key(piece.section));
            parent != no_place && parent < j) {
            bring_heading(parent);
        }
    insert(place_of_heading(j), fresh_.list[j]);
}

// A section goes behind the one that is before it in the harvest, with all that an editor put below that.
std::size_t Slots::place_of_heading(std::size_t j) const {
    const Piece& piece = fresh_.list[j];
    // Its candidates may be there already, in a comment that names the section; text below them keeps its
    // heading.
    if (is_heading(piece))
        for (std::size_t i = 0; i < slots_.size(); ++i) {
            if (slots_[i].dropped || slots_[i].piece->kind != Piece::Kind::open ||
                heading_key(slots_[i].piece->section) != piece.key)
                continue;
            std::size_t end = i;
            while (end < slots_.size() && (slots_[end].dropped || slots_[end].piece->hidden)) ++end;
            if (end == slots_.size() || is_heading(*slots_[end].piece)) return i;
        }
    const auto later_text = [&](const Slot& slot) {
        const std::size_t index = fresh_index(slot.piece->key);
        return index != no_place && index > j && slot.piece->kind == Piece::Kind::text && !slot.piece->hidden;
    };
    for (std::size_t p = j; p-- > 0;) {
        const Piece& other = fresh_.list[p];
        if (other.hidden && other.kind != Piece::Kind::close) continue;
        const std::size_t at = slot_of(other.key, other.hidden);
        if (at == no_place ||
            (other.in_list() && slots_[at].piece->section != other.section && !slots_[at].fresh))
            continue;
        std::size_t end = at + 1;
        if (slots_[at].fresh && marker_ != no_place) return end;
        while (end < slots_.size() &&
               (slots_[end].dropped || (!is_heading(*slots_[end].piece) && !later_text(slots_[end]))))
            ++end;
        return end;
    }
    for (std::size_t p = j + 1; p < fresh_.list.size(); ++p)
        if (is_heading(fresh_.list[p]))
            if (const std::size_t at = slot_of(fresh_.list[p].key, false); at != no_place) return at;
    return marker_ != no_place ? marker_ : slots_.size();
}

std::size_t Slots::place_of_text(std::size_t j) const {
    const std::size_t at = neighbour(j, {0, slots_.size()}, [](const Piece& piece) {
        return !piece.hidden || piece.kind == Piece::Kind::close;
    });
    if (marker_ == no_place) return at == no_place ? 0 : at;
    // Behind what was brought already, or else where the placeholder is.
    for (std::size_t p = j; p-- > 0;)
        if (const std::size_t before = slot_of(fresh_.list[p].key, fresh_.list[p].hidden);
            before != no_place && slots_[before].fresh)
            return before + 1;
    return marker_;
}

void Slots::insert(std::size_t at, const Piece& piece) {
    slots_.insert(slots_.begin() + static_cast<std::ptrdiff_t>(at),
                  Slot{.piece = &piece, .raw = piece.raw, .fresh = true});
    if (marker_ != no_place && at <= marker_) ++marker_;
}

void Slots::settle() {
    const Slot* last = nullptr;         // the slot before
    const Piece* list_above = nullptr;  // what is above the fresh pieces before this one
    std::string orphan;                 // blank lines of what was dropped in between
    bool changed = false;               // something was dropped in between
    for (Slot& slot : slots_) {
        if (slot.dropped) {
            if (!changed) orphan = slot.piece->gap;
            changed = true;
            continue;
        }
        const Piece& piece = *slot.piece;
        const bool item = piece.kind == Piece::Kind::item;
        if (slot.fresh) {
            const bool goes_on = last != nullptr && item && last->piece->kind == Piece::Kind::item;
            if (last == nullptr || !last->fresh) list_above = last == nullptr ? nullptr : last->piece;
            if (goes_on)
                slot.gap = "";
            else if (changed && is_blank_line(orphan) && (last == nullptr || is_heading(*last->piece)) &&
                     piece.gap.empty())
                slot.gap = "\n";
        } else if (last != nullptr && last->fresh) {
            // This item was the first of its list, and isn't any more.
            const bool was_first = list_above == nullptr || list_above->kind != Piece::Kind::item;
            if (item && last->piece->kind == Piece::Kind::item && was_first && list_above != nullptr)
                slot.gap = "";
        } else if (changed && piece.gap.empty() && is_blank_line(orphan) &&
                   (last == nullptr || last->piece->kind != Piece::Kind::item)) {
            slot.gap = "\n";
        }
        const bool beside_change = slot.fresh || changed || (last != nullptr && last->fresh);
        if (beside_change && last != nullptr && need_blank_line(*last->piece, piece) &&
            !is_blank_line(slot.gap.value_or(piece.gap)))
            slot.gap = "\n";
        last = &slot;
        changed = false;
        orphan.clear();
    }
}

}  // namespace harvester::draft
