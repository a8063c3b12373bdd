// One edition under review: what the cache knows of the week, what the editor decided, and the draft file.
// All that it writes goes through the same merge as `draft`.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "draft/draft_merge.h"
#include "edition/week.h"
#include "review/decided.h"
#include "review/interface.h"
#include "review/listing.h"

namespace harvester::review {

struct SessionOptions {
    std::string file;      // the draft; empty: the edition's draft in the checkout
    std::string previous;  // file of the previous edition; empty: looked for in the checkout
    std::optional<Layout> layout;
    std::vector<std::string> warnings;  // shown with the week's own
};

// Requires: used by one thread at a time. The context outlives it.
class Session {
  public:
    // Reads the week from the cache; asks nothing of the network.
    static Result<Session> open(edition::Week week, const SessionOptions& options, cli::Context& context);

    // What the page shows: the suggestion, the decisions and the draft file as it is now.
    Result<Week> week() const;
    State state() const;
    // All changes of a request or none of them.
    Result<Week> decide(const DecisionRequest& request);
    Result<Preview> preview() const;
    // Writes the file when it is still the one that was looked at.
    Result<SaveOutcome> save(const SaveRequest& request);

    // The merge of a draft with the suggestion and the decisions; what `input` renders is replaced.
    Result<draft::DraftMerge> decided_merge(draft::DraftMergeInput input) const;

    // False when the file doesn't have every decision yet.
    bool saved() const { return saved_revision_ == revision_; }
    const std::optional<std::filesystem::path>& file() const { return file_; }

  private:
    // The draft as it would be saved now.
    struct Merge {
        std::string before;  // the file's text; empty: there is no file
        draft::DraftMerge after;
        Listing listing;  // of after.text
    };

    Session(edition::Week week, edition::Record record, cli::Context& context)
        : week_(std::move(week)), record_(std::move(record)), context_(context) {}
    Result<Merge> merge() const;
    Result<std::string> arranged(const std::string& text, const std::string& name) const;
    Result<void> apply(const Change& change, const Week& now, Decisions& decisions) const;
    std::vector<Section> sections(const Merge& merge) const;
    std::vector<PreviewFinding> findings(const Merge& merge) const;
    // Whether a part of merged pull requests has no sections, and the headings of those that it has or may
    // get.
    bool one_list(const profile::PartPolicy& part) const;
    std::vector<std::string> headings(const profile::PartPolicy& part) const;
    bool lists_merged(const std::string& part) const;
    std::string draft_key() const;

    edition::Week week_;
    mutable edition::Record record_;  // reading a draft's lines takes a store that can be written
    cli::Context& context_;
    std::optional<std::filesystem::path> file_;
    std::vector<std::string> warnings_;
    Usual usual_;
    std::vector<std::string> seen_;  // URLs that were there at the last look, sorted
    Decisions decisions_;
    std::vector<Decisions> undo_;  // the decisions before each request
    std::int64_t revision_ = 0;
    std::int64_t saved_revision_ = 0;
};

}  // namespace harvester::review
