// The words of the program as plain values, shared by all its parts. What each means: README, "Words".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace harvester {

enum class ItemKind { pull_request, issue };
enum class ItemState { open, closed, merged };
enum class ActorKind { user, bot, other, ghost };  // ghost: the account is gone

struct Actor {
    std::string login = "ghost";
    ActorKind kind = ActorKind::ghost;
    bool operator==(const Actor&) const = default;
};

// A label put on an item or taken off it.
struct LabelEvent {
    std::string label;
    Instant at;
    bool added = true;
    bool operator==(const LabelEvent&) const = default;
};

// Size of a pull request's change.
struct ChangeSize {
    std::int64_t additions = 0;
    std::int64_t deletions = 0;
    std::int64_t files = 0;
    bool operator==(const ChangeSize&) const = default;
};

// A file that a pull request changes; `added`: it makes the file.
struct ChangedPath {
    std::string path;
    bool added = false;
    bool operator==(const ChangedPath&) const = default;
};

// A pull request or an issue as GitHub told it. A search asks only for what it needs: an optional that is
// empty means "not asked", and writing such an item into the cache keeps what was known.
// Titles, logins, labels and paths are strangers' text.
struct Item {
    std::string id;  // GraphQL node id: the only key; numbers and repositories may change
    ItemKind kind = ItemKind::pull_request;
    std::string repository;  // "rust-lang/rust"
    std::int64_t number = 0;
    std::string title;
    std::string url;
    ItemState state = ItemState::open;
    bool draft = false;
    Actor author;
    Instant created_at{};
    Instant updated_at{};
    std::optional<Instant> merged_at;
    std::optional<Instant> closed_at;
    std::vector<std::string> labels;  // as they are now; the cache gives them sorted, each once
    std::optional<std::string> base_branch;
    std::optional<ChangeSize> size;
    std::optional<std::vector<ChangedPath>> paths;
    std::optional<std::vector<LabelEvent>> label_events;  // oldest first
    std::optional<Instant> text_changed_at;               // last commit on the pull request, when asked
    bool operator==(const Item&) const = default;
};

// One line of a draft as the last run left it: what the program would write there, where it was, and what the
// editor decided. The base of the draft's merge (draft/merge.h), and what `pick`, `reject`, `review` and
// `learn` read.
struct DraftLine {
    enum class Place {
        list,
        comment,
        nowhere
    };  // in the file after the run; comment: among the candidates put aside
    enum class Decision {
        none,
        picked,  // in the list by the editor's hand, whatever the score says: lifted out of a comment, typed,
                 // `pick`
        rejected,   // taken out of the list: never written there again; --all offers it in the comment
        dismissed,  // taken out of the comment, too: never offered again
    };
    std::string
        key;  // of its item, "rust-lang/rust#12"; of other lines their kind and words, "heading:compiler"
    std::string written;  // Markdown with "\n" line ends; empty for a line of the editor's own
    std::string
        kept;  // what the file has instead, because the editor changed it ("retitled"); empty: the same
    std::string section;  // name of the heading that it is under in the file; empty before the first
    Place place = Place::list;
    Decision decision = Decision::none;
    bool operator==(const DraftLine&) const = default;
};

// A file of a repository at a commit: a performance triage report.
struct RepositoryFile {
    std::string repository;
    std::string path;
    std::string commit;  // 40 hex digits of the commit that added it last; empty when not known
    std::string
        pull_request;    // URL of the open pull request that adds it; empty when it is on the default branch
    std::string branch;  // default branch of the repository, "master"
    std::string text;
    std::string head;  // commit whose tree it was read from: the same head, the same text
    bool operator==(const RepositoryFile&) const = default;
};

// The days an issue reports: issue date - 8 to issue date - 1, both inclusive, UTC.
struct Window {
    Day first;
    Day last;
    bool operator==(const Window&) const = default;
    Range range() const { return {first, last + std::chrono::days{1}}; }
};

// One edition of the newsletter, named by its date.
struct Edition {
    Day date;
    int number = 0;
    Window window;
    bool operator==(const Edition&) const = default;
};

enum class Layout { flat, sections };

// As profiles, options and reports call it.
constexpr std::string_view layout_name(Layout layout) {
    return layout == Layout::flat ? "flat" : "sections";
}

// ---- What the editorial part decides about one merged pull request ----

enum class Verdict {
    picked,   // listed
    left,     // a candidate that is not listed; `--all` shows it
    dropped,  // removed by a rule
    printed,  // not a candidate: an earlier issue's harvest has seen it
    outside,  // not a candidate: its repository is not reported
};

// One addend of a score, named as the weights file names it.
struct ScorePart {
    std::string feature;
    double weight = 0;
    bool operator==(const ScorePart&) const = default;
};

// A title before and after one named step; steps that changed nothing are not told.
struct TitleStep {
    std::string step;
    std::string text;
    bool operator==(const TitleStep&) const = default;
};

struct Decision {
    Item item;
    Verdict verdict = Verdict::left;
    std::string rule;     // name of the rule that decided
    std::string reason;   // one sentence for people
    std::string section;  // heading text, "Compiler"; empty in layout flat
    std::string section_reason;
    double score = 0;
    std::vector<ScorePart> score_parts;  // biggest first
    std::string title;                   // inline Markdown, safe inside a link
    std::vector<TitleStep> title_steps;
    std::string sort_key;
};

}  // namespace harvester
