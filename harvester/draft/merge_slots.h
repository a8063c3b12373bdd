// The merged part while it is made: the pieces of the file in their order, and between them those that the
// harvest brings.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "draft/pieces.h"

namespace harvester::draft {

constexpr std::size_t no_place = static_cast<std::size_t>(-1);

struct Slot {
    const Piece* piece = nullptr;
    std::string raw;                                // what is written for it
    std::optional<std::string> gap = std::nullopt;  // "\n" line ends; instead of the piece's own
    bool fresh = false;                             // brought by the harvest
    bool replaced = false;                          // `raw` is the program's
    bool dropped = false;                           // not written; stays as a place to insert at
    std::string note{};
};

// Where a new piece goes: beside its neighbours of the harvest, as far as these are in its section still.
// Lines of the editor's own stay where they are: those at the head of a section stay above its items, those
// at its end below.
class Slots {
  public:
    // Both outlive it; call index_fresh() after `fresh` changed, and before anything is inserted.
    Slots(const Pieces& theirs, const Pieces& fresh);
    void index_fresh();

    std::vector<Slot>& list() { return slots_; }
    const std::vector<Slot>& list() const { return slots_; }

    // The next slot is the template's placeholder: new pieces go there; the first one counts.
    void mark();

    std::size_t fresh_index(
        const std::string& key) const;  // first piece of the harvest with this key; no_place: none
    bool in_theirs(const std::string& key) const { return first_.contains(key); }
    const Piece* first_of(
        const std::string& key) const;                // in the file; one in the list before one in a comment
    bool stands(const std::string& key) const;        // in the merged part, in any line
    bool stands_alone(const std::string& key) const;  // as the key of a line
    bool dropped(const std::string& key) const;       // it was in the file and went
    bool heads_items(std::size_t j) const;            // heading `j` of the harvest has an item below it

    // Brings piece `j` of the harvest in, with what it needs around it: its heading, its comment.
    void insert_item(std::size_t j);
    void insert_candidate(std::size_t j);
    void insert_text(std::size_t j);
    void bring_heading(std::size_t j);

    // Blank lines between what is now side by side.
    void settle();

  private:
    struct Stretch {
        std::size_t begin, end;
    };
    std::size_t slot_of(const std::string& key, bool hidden) const;
    std::optional<Stretch> section(const std::string& name) const;
    std::size_t neighbour(std::size_t j, const Stretch& within,
                          const std::function<bool(const Piece&)>& wanted) const;
    std::size_t list_start(const Stretch& within) const;
    std::size_t place_of_heading(std::size_t j) const;
    std::size_t place_of_text(std::size_t j) const;
    const Piece& heading_inside(std::size_t open);
    void insert(std::size_t at, const Piece& piece);

    const Pieces& theirs_;
    const Pieces& fresh_;
    std::vector<Slot> slots_;
    std::map<std::string, const Piece*> first_;
    std::map<std::string, std::size_t> fresh_index_;
    std::deque<Piece> made_;
    std::size_t marker_ = no_place;
};

}  // namespace harvester::draft
