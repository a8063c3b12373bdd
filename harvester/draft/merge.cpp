#include "draft/merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "draft/merge_rules.h"
#include "draft/merge_slots.h"
#include "draft/pieces.h"
#include "draft/reworded.h"
#include "markdown/inline_text.h"
#include "markdown/text_lines.h"

namespace harvester::draft {
namespace {

bool begins_with_any(const Piece& piece, const std::vector<std::string>& starts) {
    const std::string_view text = markdown::trimmed(piece.plain);
    return std::any_of(starts.begin(), starts.end(),
                       [&](const std::string& start) { return text.starts_with(start); });
}

bool is_placeholder(const Piece& piece, const profile::DraftPart& policy) {
    return begins_with_any(piece, policy.placeholders);
}

bool has_placeholder(const Pieces& pieces, const profile::DraftPart& policy) {
    return std::any_of(pieces.list.begin(), pieces.list.end(),
                       [&](const Piece& p) { return is_placeholder(p, policy); });
}

bool only_placeholders(const Pieces& pieces, const profile::DraftPart& policy) {
    return std::all_of(pieces.list.begin(), pieces.list.end(),
                       [&](const Piece& p) { return is_placeholder(p, policy); });
}

class Merger {
  public:
    explicit Merger(const MergeInput& input)
        : input_(input),
          theirs_(pieces_of(input.theirs)),
          fresh_(pieces_of(input.rendered)),
          slots_(theirs_, fresh_) {
        filling_ = has_placeholder(theirs_, input.policy) && !has_placeholder(fresh_, input.policy);
        for (const DraftLine& line : input.base.value_or(std::vector<DraftLine>{}))
            base_.emplace(line.key, line);
        for (const Piece& piece : theirs_.list)
            for (const std::string& key : piece.items) {
                std::uint8_t& places = in_file_[key];
                // Prose that links an item has it as well; a comment of the editor's hides what it names.
                places |= static_cast<std::uint8_t>(piece.hidden ? Place::comment : Place::list);
            }
        known_ = input.base.has_value() && !(filling_ && nothing_known_in_file());
        presume();
    }

    MergeResult run() {
        put_aside_rejected();
        for (const Piece& piece : theirs_.list) take(piece);
        drop_empty_sections();
        for (std::size_t j = 0; j < fresh_.list.size(); ++j) bring(j);
        drop_empty_sections();
        slots_.settle();
        write();
        remember();
        return std::move(result_);
    }

  private:
    // ---- what is known of a key ----

    const DraftLine* row(const std::string& key) const {
        const auto found = base_.find(key);
        return found == base_.end() ? nullptr : &found->second;
    }

    const Piece* fresh(const std::string& key) const {
        const std::size_t at = slots_.fresh_index(key);
        return at == no_place ? nullptr : &fresh_.list[at];
    }

    // The template was put back by hand, or nothing was ever written here: there is nothing to compare with.
    bool nothing_known_in_file() const {
        return std::none_of(theirs_.list.begin(), theirs_.list.end(), [&](const Piece& piece) {
            return piece.names_item() && row(piece.key) != nullptr;
        });
    }

    // Without a base everything in the harvest is presumed to have been written before, but for what is newer
    // than the draft, and for candidates: to offer them again does no harm.
    void presume() {
        if (input_.base || filling_ || theirs_.list.empty()) return;
        for (const Piece& piece : fresh_.list)
            if (!piece.hidden && !(piece.names_item() && input_.newer && input_.newer(piece.key)))
                presumed_.insert(piece.key);
    }

    Left left_by_last_run(const std::string& key) const {
        if (input_.pick.contains(key)) return Left::unknown;
        if (input_.reject.contains(key)) return Left::rejected;
        const DraftLine* line = row(key);
        if (line == nullptr) return presumed_.contains(key) ? Left::in_list : Left::unknown;
        if (line->decision == DraftLine::Decision::rejected)
            return line->place == DraftLine::Place::comment && in_file(key) == Place::nowhere
                       ? Left::dismissed
                       : Left::rejected;
        if (line->decision == DraftLine::Decision::dismissed) return Left::dismissed;
        if (!known_ || line->place == DraftLine::Place::nowhere) return Left::unknown;
        return line->place == DraftLine::Place::list ? Left::in_list : Left::in_comment;
    }

    Place in_file(const std::string& key) const {
        const auto found = in_file_.find(key);
        if (found == in_file_.end()) return Place::nowhere;
        if ((found->second & Place::list) != 0 && !input_.reject.contains(key)) return Place::list;
        return (found->second & Place::comment) != 0 && !input_.pick.contains(key) ? Place::comment
                                                                                   : Place::nowhere;
    }

    Place in_harvest(const std::string& key) const {
        const Piece* piece = fresh(key);
        return piece == nullptr ? Place::nowhere : piece->hidden ? Place::comment : Place::list;
    }

    const Rule& rule(const std::string& key) const {
        return rule_for(in_file(key), left_by_last_run(key), in_harvest(key));
    }

    // True when no editor changed the piece since the last run.
    bool untouched(const Piece& piece) const {
        const DraftLine* line = row(piece.key);
        if (line != nullptr && is_form_of(piece, line->written)) return true;
        const Piece* now = piece.hidden || !input_.base ? fresh(piece.key) : nullptr;
        return now != nullptr && is_form_of(piece, now->plain);
    }

    static bool is_form_of(const Piece& piece, const std::string& written) {
        return piece.plain == written ||
               (piece.names_item() && piece.plain == markdown::inside_comment(written));
    }

    // ---- step 1: what the editor rejected isn't news ----

    // Takes out of the harvest what must not be listed; with candidates wanted it becomes one.
    void put_aside_rejected() {
        std::set<std::string> sections;
        for (const Piece& piece : std::vector<Piece>(fresh_.list)) {
            if (!piece.names_item() || in_file(piece.key) == Place::list) continue;
            const Left left = left_by_last_run(piece.key);
            const bool in_comment = in_file(piece.key) == Place::comment;
            if (left == Left::dismissed || (left == Left::in_comment && !in_comment))
                remove_fresh(piece.key);
            else if (!piece.hidden && (left == Left::rejected || left == Left::in_list ||
                                       (left == Left::unknown && in_comment)))
                input_.left_out.empty() ? remove_fresh(piece.key) : hide_fresh(piece);
            else
                continue;
            aside_.emplace(piece.key, piece);
            if (!piece.hidden) sections.insert(piece.section);
        }
        if (aside_.empty()) return;
        for (const std::string& section : sections) without_heading(section);
        drop_empty_comments_of_harvest();
        slots_.index_fresh();
    }

    void remove_fresh(const std::string& key) {
        std::erase_if(fresh_.list, [&](const Piece& piece) { return piece.key == key; });
    }

    void hide_fresh(Piece piece) {
        remove_fresh(piece.key);
        piece.hidden = true;
        piece.gap.clear();
        piece.plain = piece.raw = markdown::inside_comment(piece.raw);
        auto& list = fresh_.list;
        auto close = std::find_if(list.begin(), list.end(), [&](const Piece& p) {
            return p.kind == Piece::Kind::close && p.section == piece.section;
        });
        if (close == list.end()) {
            auto at = std::find_if(list.rbegin(), list.rend(), [&](const Piece& p) {
                          return p.section == piece.section || p.key == heading_key(piece.section);
                      }).base();
            Piece open{.kind = Piece::Kind::open,
                       .hidden = true,
                       .gap = "\n",
                       .raw = input_.left_out,
                       .plain = input_.left_out,
                       .section = piece.section};
            open.key = comment_key(piece.section, open.plain);
            Piece end{.kind = Piece::Kind::close,
                      .hidden = true,
                      .raw = "-->",
                      .plain = "-->",
                      .key = "end of " + open.key,
                      .section = piece.section};
            at = list.insert(at, std::move(end));
            at = list.insert(at, std::move(open));
            close = at + 1;
        }
        list.insert(close, std::move(piece));
    }

    // A heading whose items all went isn't printed; the candidates of its section keep it inside their
    // comment.
    void without_heading(const std::string& section) {
        auto& list = fresh_.list;
        const auto heading = std::find_if(list.begin(), list.end(), [&](const Piece& p) {
            return p.key == heading_key(section) && !p.hidden;
        });
        if (heading == list.end()) return;
        for (auto next = heading + 1; next != list.end() && !(next->kind == Piece::Kind::heading &&
                                                              next->level <= heading->level && !next->hidden);
             ++next)
            if (!next->hidden) return;
        Piece kept = *heading;
        const auto at = list.erase(heading);
        const auto open = std::find_if(at, list.end(), [&](const Piece& p) {
            return p.kind == Piece::Kind::open && p.section == section;
        });
        if (open == list.end()) return;
        kept.hidden = true;
        kept.gap.clear();
        kept.key = "hidden " + kept.key;
        kept.section = section;
        list.insert(open + 1, std::move(kept));
    }

    void drop_empty_comments_of_harvest() {
        auto& list = fresh_.list;
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (list[i].kind != Piece::Kind::open) continue;
            std::size_t end = i + 1;
            bool items = false;
            for (; end < list.size() && list[end].kind != Piece::Kind::close; ++end)
                items |= list[end].names_item();
            if (!items)
                list.erase(list.begin() + static_cast<std::ptrdiff_t>(i),
                           list.begin() + static_cast<std::ptrdiff_t>(std::min(end + 1, list.size())));
        }
    }

    // ---- step 2: what the file has ----

    void take(const Piece& piece) {
        Slot slot{.piece = &piece, .raw = piece.raw};
        if (filling_ && fresh(piece.key) == nullptr && is_placeholder(piece, input_.policy)) {
            slot.dropped = input_.complete;
            slots_.mark();
        } else if (filling_ && input_.complete && fresh(piece.key) == nullptr &&
                   begins_with_any(piece, input_.policy.leftovers)) {
            slot.dropped = true;
        } else if (piece.names_item()) {
            take_item(piece, slot);
        } else {
            take_text(piece, slot);
        }
        slots_.list().push_back(std::move(slot));
    }

    void take_item(const Piece& piece, Slot& slot) {
        if (!piece.hidden && input_.reject.contains(piece.key)) {
            slot.dropped = piece.items.size() == 1;
            if (slot.dropped)
                result_.removed.push_back({piece.key, piece.plain, "rejected"});
            else
                keep(piece, slot, "it stays, because its line links other items, too; edit the line");
            return;
        }
        // A copy in the program's comment of what is in the list by now.
        if (piece.hidden && (in_file(piece.key) == Place::list || input_.pick.contains(piece.key))) {
            slot.dropped = (untouched(piece) && in_own_comment(piece)) || input_.pick.contains(piece.key);
            return;
        }
        const Step step = rule(piece.key).step;
        const DraftLine* line = row(piece.key);
        // A line of the editor's own, which no run wrote, isn't judged by the harvest.
        const bool own = line == nullptr || line->written.empty();
        const bool gone =
            step == Step::check && !own && input_.complete && !(input_.still && input_.still(piece.key));
        if (step == Step::promote || step == Step::recall) {
            const bool wanted = step == Step::promote || input_.complete || input_.left_out.empty();
            slot.dropped = wanted && untouched(piece) && in_own_comment(piece);
        } else if (gone && untouched(piece) && line->decision != DraftLine::Decision::picked) {
            slot.dropped = true;
            result_.removed.push_back({piece.key, piece.plain, "GitHub no longer has it here"});
        } else if (gone) {
            keep(piece, slot, "GitHub no longer has it here");
        } else {
            follow_text(piece, slot);
        }
    }

    void take_text(const Piece& piece, Slot& slot) {
        if (fresh(piece.key) != nullptr) return follow_text(piece, slot);
        const DraftLine* line = row(piece.key);
        const bool structure = piece.kind != Piece::Kind::item && piece.kind != Piece::Kind::text;
        if (line != nullptr && known_ && !structure && untouched(piece)) {
            slot.dropped = input_.complete || section_is_listed(piece.section);
        } else if (line == nullptr && piece.kind == Piece::Kind::text && !piece.hidden) {
            follow_number(piece, slot);
        }
    }

    bool section_is_listed(const std::string& section) const {
        return std::any_of(fresh_.list.begin(), fresh_.list.end(),
                           [&](const Piece& p) { return p.section == section && p.in_list(); });
    }

    // Takes the harvest's text, unless an editor changed the line.
    void follow_text(const Piece& piece, Slot& slot) {
        const Piece* now = fresh(piece.key);
        if (now == nullptr || is_form_of(piece, now->plain) ||
            now->plain == markdown::inside_comment(piece.plain))
            return;
        if (slots_.first_of(piece.key) != &piece) return;  // the editor's own copy
        const DraftLine* line = row(piece.key);
        const bool structure = piece.kind != Piece::Kind::item && piece.kind != Piece::Kind::text;
        if (untouched(piece) && line != nullptr) {
            // A line of a comment that was lifted out has the candidate's form still.
            const bool same =
                now->hidden && !piece.hidden && now->plain == markdown::inside_comment(line->written);
            if (same) return;
            slot.raw = now->plain;
            slot.replaced = true;
            if (piece.names_item() && !piece.hidden)
                result_.retitled.push_back({piece.key, now->plain, piece.plain});
        } else if (!structure && !piece.hidden &&
                   (line == nullptr ? !input_.base
                                    : !line->written.empty() && !is_form_of(*now, line->written))) {
            keep(piece, slot, "the harvest now has: " + now->plain);
        }
    }

    // The editor's form of a line with a number in it, as the count: the number follows the harvest.
    void follow_number(const Piece& piece, Slot& slot) {
        for (const Piece& now : fresh_.list) {
            if (now.kind != Piece::Kind::text || now.hidden || slots_.in_theirs(now.key) ||
                !same_words(now.plain, piece.plain))
                continue;
            if (!followed_.insert(now.key).second) continue;
            const DraftLine* line = row(now.key);
            const auto text =
                line != nullptr ? with_new_number(piece.plain, line->written, now.plain) : std::nullopt;
            if (text && *text != piece.plain) {
                slot.raw = *text;
                slot.replaced = true;
                result_.retitled.push_back({now.key, *text, piece.plain});
            } else if (!text && (line == nullptr || line->written != now.plain)) {
                keep(piece, slot, "the harvest now has: " + now.plain);
            }
            return;
        }
    }

    void keep(const Piece& piece, Slot& slot, std::string why) {
        result_.kept.push_back({piece.key, piece.plain, why});
        slot.note = "kept as it is: " + std::move(why);
    }

    bool in_own_comment(const Piece& piece) const {
        const Piece* open = nullptr;
        for (const Piece& other : theirs_.list) {
            if (other.kind == Piece::Kind::open) open = &other;
            if (&other == &piece) break;
        }
        return open != nullptr && (row(open->key) != nullptr || fresh(open->key) != nullptr);
    }

    // ---- step 3: what the harvest has and the file doesn't ----

    void bring(std::size_t j) {
        const Piece& piece = fresh_.list[j];
        if (slots_.fresh_index(piece.key) != j || piece.kind == Piece::Kind::open ||
            piece.kind == Piece::Kind::close)
            return;
        if (piece.kind == Piece::Kind::heading) {
            if (!piece.hidden && !slots_.heads_items(j) && !was_here(piece.key)) slots_.bring_heading(j);
            return;
        }
        if (!piece.names_item()) {
            if (piece.hidden || was_here(piece.key) || followed_.contains(piece.key)) return;
            if (is_placeholder(piece, input_.policy) && !theirs_.list.empty() &&
                !only_placeholders(theirs_, input_.policy))
                return;
            return slots_.insert_text(j);
        }
        const Step step = rule(piece.key).step;
        if (step == Step::add || (step == Step::promote && !slots_.stands(piece.key))) {
            slots_.insert_item(j);
            result_.added.push_back({piece.key, piece.plain, {}});
        } else if (step == Step::offer) {
            slots_.insert_candidate(j);
            ++result_.offered;
        }
    }

    // True for a line without an item that is in the file, or was taken out of it.
    bool was_here(const std::string& key) const {
        if (slots_.in_theirs(key)) return true;
        return known_ ? row(key) != nullptr : presumed_.contains(key);
    }

    // Headings and comments that the program no longer writes, or never finished, go when nothing is left in
    // them.
    void drop_empty_sections() {
        auto& list = slots_.list();
        for (std::size_t i = list.size(); i-- > 0;) {
            const Piece& piece = *list[i].piece;
            const bool open = piece.kind == Piece::Kind::open;
            if (list[i].dropped || (!open && piece.kind != Piece::Kind::heading) || (piece.hidden && !open))
                continue;
            const DraftLine* line = row(piece.key);
            const Piece* now = fresh(piece.key);
            const bool ours = line != nullptr ? line->written == piece.plain
                                              : open && now != nullptr && now->plain == piece.plain;
            if (list[i].fresh || !ours || (!open && now != nullptr)) continue;
            std::size_t end = i + 1;
            bool filled = false;
            for (; end < list.size() && !ends(piece, list[end]); ++end)
                filled |= !list[end].dropped &&
                          !(list[end].piece->hidden && list[end].piece->kind == Piece::Kind::heading);
            if (filled || (!input_.complete && !open)) continue;
            for (std::size_t k = i; k < std::min(end + (open ? 1 : 0), list.size()); ++k)
                list[k].dropped = true;
            list[i].dropped = true;
        }
    }

    static bool ends(const Piece& opening, const Slot& slot) {
        if (opening.kind == Piece::Kind::open) return slot.piece->kind == Piece::Kind::close;
        return slot.piece->kind == Piece::Kind::heading && !slot.piece->hidden &&
               slot.piece->level <= opening.level;
    }

    // ---- step 4: the text, and what is remembered ----

    void write() {
        std::size_t line = 0;
        std::size_t last_end = 0;
        const auto append = [&](std::string_view text, bool ours) {
            for (const markdown::Line& part : markdown::split_lines(text)) {
                result_.body += part.text;
                if (part.end.empty()) continue;
                result_.body += ours ? std::string_view(input_.line_end) : part.end;
                ++line;
            }
        };
        for (const Slot& slot : slots_.list()) {
            if (slot.dropped) continue;
            append(slot.gap.value_or(slot.piece->gap), slot.gap || slot.fresh);
            if (!slot.note.empty()) result_.notes.push_back({line + 1, slot.note});
            append(slot.raw, slot.fresh || slot.replaced);
            const std::size_t before = result_.body.size();
            markdown::end_line(result_.body,
                               slot.fresh || slot.piece->end.empty() ? input_.line_end : slot.piece->end);
            last_end = result_.body.size() - before;
            ++line;
        }
        // A file without a final line break keeps having none.
        if (theirs_.tail.empty() && !theirs_.list.empty() && theirs_.list.back().end.empty())
            result_.body.resize(result_.body.size() - last_end);
        const bool was_empty = theirs_.list.empty() && !slots_.list().empty() && theirs_.tail.empty();
        append(was_empty ? std::string_view(input_.line_end) : theirs_.tail, false);
    }

    void remember() {
        for (const Slot& slot : slots_.list()) {
            if (slot.dropped || (slot.piece->hidden && in_file(slot.piece->key) == Place::list)) continue;
            remember_slot(slot);
            if (slot.piece->kind == Piece::Kind::heading && !slot.piece->hidden)
                section_ = slot.piece->key.substr(heading_key("").size());
        }
        for (const Piece& piece : fresh_.list) remember_absent(piece.key, piece.section);
        for (const auto& [key, piece] : aside_) remember_absent(key, piece.section);
        for (const auto& [key, line] : base_) remember_absent(key, line.section);
    }

    // What the program would write for a key, or wrote last.
    std::string written(const std::string& key) const {
        if (const auto aside = aside_.find(key); aside != aside_.end()) return aside->second.plain;
        if (const Piece* now = fresh(key)) return now->plain;
        return row(key) != nullptr ? row(key)->written : std::string();
    }

    void remember_slot(const Slot& slot) {
        const Piece& piece = *slot.piece;
        if (!piece.names_item()) {
            if (fresh(piece.key) != nullptr || row(piece.key) != nullptr)
                remember_line(slot, piece.key, DraftLine::Decision::none);
            return;
        }
        for (const std::string& key : piece.items)  // a line made of several stands for all of them
            if (key == piece.key || !slots_.stands_alone(key))
                remember_line(slot, key, decision_on(key, slot));
    }

    void remember_line(const Slot& slot, const std::string& key, DraftLine::Decision decision) {
        if (!remembered_.insert(key).second) return;
        const Piece& piece = *slot.piece;
        DraftLine line{key,
                       written(key),
                       {},
                       piece.hidden ? piece.section : section_,
                       piece.hidden ? DraftLine::Place::comment : DraftLine::Place::list,
                       decision};
        const std::string plain = slot.replaced ? slot.raw : piece.plain;
        const bool same = plain == line.written ||
                          (piece.names_item() && (plain == markdown::inside_comment(line.written) ||
                                                  line.written == markdown::inside_comment(plain)));
        if (!line.written.empty() && !same) line.kept = plain;
        result_.lines.push_back(std::move(line));
    }

    DraftLine::Decision decision_on(const std::string& key, const Slot& slot) const {
        using Decision = DraftLine::Decision;
        const Left left = left_by_last_run(key);
        if (slot.piece->hidden) {
            // An editor who puts into a comment what the harvest would list rejects it.
            const bool put_aside = left == Left::unknown && !slot.fresh && aside_.contains(key);
            return left == Left::in_list || left == Left::rejected || put_aside ? Decision::rejected
                                                                                : Decision::none;
        }
        if (input_.pick.contains(key)) return Decision::picked;
        if (slot.fresh) return Decision::none;
        const DraftLine* line = row(key);
        if (line != nullptr && line->decision != Decision::none) return Decision::picked;
        return left == Left::in_comment || (left == Left::unknown && known_) ? Decision::picked
                                                                             : Decision::none;
    }

    void remember_absent(const std::string& key, const std::string& section) {
        using Decision = DraftLine::Decision;
        if (remembered_.contains(key)) return;
        const Left left = left_by_last_run(key);
        const bool removed_now = slots_.dropped(key);
        Decision decision = Decision::none;
        if (left == Left::rejected || (left == Left::in_list && !removed_now)) decision = Decision::rejected;
        if (left == Left::dismissed || (left == Left::in_comment && !removed_now))
            decision = Decision::dismissed;
        if (decision == Decision::none) return;
        remembered_.insert(key);
        result_.lines.push_back({key, written(key), {}, section, DraftLine::Place::nowhere, decision});
    }

    const MergeInput& input_;
    const Pieces theirs_;
    Pieces fresh_;
    Slots slots_;
    bool filling_ = false;  // the template's placeholder is still there
    bool known_ = false;    // the base holds for the file as it is
    std::map<std::string, DraftLine> base_;
    std::set<std::string> presumed_;  // keys that are presumed to have been written, see presume()
    std::map<std::string, std::uint8_t> in_file_;  // places by key
    std::map<std::string, Piece> aside_;           // taken out of the harvest by put_aside_rejected, by key
    std::set<std::string> followed_;               // keys of lines that are in other words in the file
    std::string section_;                          // of the line that is being remembered
    std::set<std::string> remembered_;             // keys in result_.lines
    MergeResult result_;
};

// ---- parts that are one text ----

constexpr const char* whole_key = "whole";

// The text without blank lines around it.
std::string_view core_of(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    const auto line = text.rfind('\n', first);
    const auto begin = line == std::string_view::npos ? 0 : line + 1;
    return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

std::string in_line_ends(std::string_view plain, const std::string& end) {
    std::string out;
    for (const markdown::Line& line : markdown::split_lines(plain)) {
        out += line.text;
        if (!line.end.empty()) out += end;
    }
    return out;
}

// Their body with its core replaced: blank lines around it stay.
std::string with_core(const MergeInput& input, std::string_view text) {
    const std::string_view old = core_of(input.theirs);
    if (old.empty()) return in_line_ends(fmt::format("\n{}\n\n", text), input.line_end);
    const auto begin = static_cast<std::size_t>(old.data() - input.theirs.data());
    return std::string(input.theirs.substr(0, begin)) + in_line_ends(text, input.line_end) +
           std::string(input.theirs.substr(begin + old.size()));
}

// One text: either the program's or theirs.
MergeResult merge_whole(const MergeInput& input, const Pieces& theirs) {
    MergeResult result;
    result.body = std::string(input.theirs);
    const DraftLine* base = nullptr;
    if (input.base)
        for (const DraftLine& line : *input.base)
            if (line.key == whole_key) base = &line;
    const std::string old = markdown::with_plain_line_ends(core_of(input.theirs));
    const std::string now(core_of(input.rendered));
    const bool nothing = only_placeholders(pieces_of(input.rendered), input.policy);
    const bool unfilled = only_placeholders(theirs, input.policy);
    if (nothing && !unfilled) {  // the program has nothing this time
        if (base != nullptr) result.lines.push_back(*base);
        return result;
    }
    DraftLine line{whole_key, now, {}, {}, DraftLine::Place::list, DraftLine::Decision::none};
    const bool untouched =
        unfilled ? !theirs.list.empty() || base == nullptr : base != nullptr && old == base->written;
    if (old != now && untouched) {
        result.body = with_core(input, now);
        if (!nothing)
            (unfilled ? result.added : result.retitled)
                .push_back({input.policy.name, now.substr(0, now.find('\n')), {}});
    } else if (old != now) {
        line.kept = old;
        if (base == nullptr || base->written != now) {
            result.kept.push_back(
                {input.policy.name, old.substr(0, old.find('\n')), "the harvest now has another text"});
            result.notes.push_back(
                {1, "kept as it is in the draft; the harvest now has another text (--reset takes it)"});
        }
    }
    result.lines.push_back(std::move(line));
    return result;
}

MergeResult start_over(const MergeInput& input) {
    MergeResult result;
    const std::string_view core = core_of(input.rendered);
    result.body = with_core(input, core);
    result.lines = lines_of_old_base(input.policy, input.rendered, {});
    return result;
}

}  // namespace

MergeResult merge_part(const MergeInput& input) {
    if (input.reset) return start_over(input);
    if (input.policy.whole) {
        const Pieces theirs = pieces_of(input.theirs);
        if (!has_placeholder(theirs, input.policy) || only_placeholders(theirs, input.policy))
            return merge_whole(input, theirs);
    }
    return Merger(input).run();
}

std::vector<DraftLine> lines_of_old_base(const profile::DraftPart& policy, std::string_view text,
                                         std::string_view marks) {
    std::vector<DraftLine> lines;
    if (policy.whole) {
        lines.push_back({whole_key,
                         std::string(core_of(text)),
                         {},
                         {},
                         DraftLine::Place::list,
                         DraftLine::Decision::none});
        return lines;
    }
    std::set<std::string, std::less<>> seen;
    constexpr std::string_view removed = "removed ", unwritten = "unwritten ";
    for (const markdown::Line& mark : markdown::split_lines(marks)) {
        if (mark.text.starts_with(removed) && seen.emplace(mark.text.substr(removed.size())).second)
            lines.push_back({std::string(mark.text.substr(removed.size())),
                             {},
                             {},
                             {},
                             DraftLine::Place::nowhere,
                             DraftLine::Decision::rejected});
        if (mark.text.starts_with(unwritten)) seen.emplace(mark.text.substr(unwritten.size()));
    }
    for (const Piece& piece : pieces_of(text).list)
        if (seen.insert(piece.key).second)
            lines.push_back({piece.key,
                             piece.plain,
                             {},
                             piece.section,
                             piece.hidden ? DraftLine::Place::comment : DraftLine::Place::list,
                             DraftLine::Decision::none});
    return lines;
}

}  // namespace harvester::draft
