// What the cache remembers of drafts: the lines of each part as the last run left them, with the editor's
// decisions.
//
// One API for all who decide or ask about decisions:
// - the merge (draft/merge.h) reads the lines of a draft as its base and gives the lines to be remembered;
// - `pick`, `reject` and `review` don't write decisions here: they run the merge with what the editor wants
//   (DraftMergeInput::pick and ::reject), or edit the file and run the merge; either way the decisions come
//   out of it as rows, and file and rows agree;
// - `learn` and `explain` read them: DraftLine::decision (picked, rejected, dismissed), DraftLine::kept
// (retitled),
//   DraftLine::section (moved, when it isn't the section that the harvest gives) and the order of the lines.
//
// A draft is named by its edition and place: "2025-12-17 /path/draft.md", or "2025-12-17
// owner/name:branch:path".
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cache/store.h"

namespace harvester::cache {

// By part, in the order of the file. A part that isn't here was never written by a known run.
using DraftLines = std::map<std::string, std::vector<DraftLine>>;

// A base that format 1 remembered as text; draft::lines_of_old_base reads it.
struct OldDraftBase {
    std::string text;
    std::string marks;
};

struct DraftRecord {
    DraftLines lines;
    std::map<std::string, OldDraftBase> old;  // by part; of parts that no run of this format wrote
};

class Drafts {
  public:
    explicit Drafts(Store& store) : store_(store) {}  // which must outlive it

    Result<DraftRecord> read(const std::string& draft) const;
    // Replaces the lines of these parts, and what format 1 knew of them, in one transaction that is on the
    // disk when the call returns. Call it after the file was written: rows that the file doesn't have yet
    // would look like lines that the editor deleted. Keys must be unique within a part.
    Result<void> write(const std::string& draft, const DraftLines& lines, Instant at);
    // All drafts with known lines, by name.
    Result<std::vector<std::string>> names() const;

  private:
    Store& store_;
};

}  // namespace harvester::cache
