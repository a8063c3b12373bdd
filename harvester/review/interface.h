// The JSON interface between the review page and the program, typed in one place. The page knows nothing else
// of the program, and the server nothing of the page.
//
//   GET  /week       -> Week             everything the page shows
//   GET  /state      -> State            cheap: asked every few seconds
//   POST /decisions  DecisionRequest -> Week
//   GET  /preview    -> Preview          the text as it would be saved, its diff and its findings
//   POST /save       SaveRequest     -> SaveOutcome
//   POST /propose    ProposeRequest  -> ProposeOutcome
//   POST /end        {}              -> {}
//
// Requests and replies are JSON in UTF-8; a reply with a status of 400 or more is {"error": "one sentence"}.
// A row is named by its id: its part and the key of its link, "merged/rust-lang/rust#132562".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/failure.h"

namespace harvester::review {

// One item of the week. Titles, logins and labels are strangers' text.
struct Row {
    std::string id;
    std::string part;     // "merged", "fcp", ...
    std::string section;  // id of the section that shows it
    std::string url;
    std::string repository;  // "rust-lang/rust"
    std::int64_t number = 0;
    std::string raw;        // the title on GitHub
    std::string formatted;  // the title as the program formats it, inline Markdown
    std::string title;      // the title as it will be printed, inline Markdown
    std::string prefix;     // what is printed before the link, "[disposition: merge]"
    std::string author;
    std::vector<std::string> labels;
    std::optional<std::int64_t> additions, deletions, files;  // empty: not known
    std::string merged_at;                                    // "2026-01-06T12:00:00Z"; empty: not merged
    std::string suggested;  // what the program suggests: "picked", "left", "dropped", "printed"
    std::string reason;     // why, one sentence
    double score = 0;
    bool listed = false;  // printed when saved now
    int position = 0;     // in the printed list of its section, from 1; 0: not listed
    // "new": not there at the last look; "fell": listed by the last run, below the line now; "retitled",
    // "moved", "picked", "rejected": the editor's; "printed": by an earlier issue; "yours": written by hand.
    std::vector<std::string> marks;
    bool operator==(const Row&) const = default;
};

// A list of rows with a heading. Rows come in the order of the suggestion: what the program would list, best
// first, then the candidates left out, best first, then the rest.
struct Section {
    std::string id;  // "merged/Compiler"
    std::string part;
    std::string heading;  // "Compiler"
    std::string text;     // of a part that is one text, as Markdown; it has no rows
    bool target = false;  // rows can be moved here
    std::vector<Row> rows;
    bool operator==(const Section&) const = default;
};

// How many lines recent issues printed; count 0: none is known.
struct Usual {
    int count = 0;
    int low = 0, median = 0, high = 0;
};

struct Week {
    std::string newsletter;  // "This Week in Rust"
    std::string date;        // of the issue
    int number = 0;
    std::string first, last;    // days of the window
    std::string file;           // path of the draft; empty: there is none, and nothing can be saved
    std::string file_version;   // of the file that this was read from
    std::string web;            // "https://github.com": the only host that the page links to
    std::int64_t revision = 0;  // counts the decisions
    int undoable = 0;           // decisions that can be undone
    bool proposable = false;    // a pull request can be proposed: the network may be used
    int lines = 0;              // of the merged list as it is now
    Usual usual;
    std::vector<std::string> warnings;
    std::vector<Section> sections;
};

struct State {
    std::int64_t revision = 0;
    std::string file_version;  // changes with the file's bytes; empty: no file
};

// One decision about one row. `action` is one of
//   "pick"     list it                      "reject"   leave it out for good
//   "title"    `value`: inline Markdown; empty: the program's again
//   "section"  `value`: id of a section     "move"     `value`: id of the row to be before; empty: to the end
//   "clear"    forget what was decided about it
struct Change {
    std::string item;
    std::string action;
    std::string value;
};

struct DecisionRequest {
    bool undo = false;  // take back the last request's changes; `changes` is empty then
    std::vector<Change> changes;
};

struct PreviewFinding {
    std::string item;      // id of the row; empty: of no row
    std::size_t line = 0;  // of the file as it would be saved, from 1; 0: there is no file
    std::string rule;
    std::string message;
};

struct Preview {
    std::int64_t revision = 0;
    std::string markdown;  // what the program writes, part by part
    std::string diff;      // unified; empty: the file is as it would be saved
    std::vector<std::string> notes;
    std::vector<PreviewFinding> findings;
    std::string file_version;  // of the file that the diff is of
};

struct SaveRequest {
    std::string file_version;  // of the preview that was looked at
};

struct SaveOutcome {
    bool saved = false;  // false: the file changed since; look at the preview and save again
    Preview preview;
    std::string message;
};

struct ProposeRequest {
    bool dry_run = true;
};

struct ProposeOutcome {
    std::string text;  // what would be written, or the address of the pull request
    std::string url;
};

// Requests: strict. Unknown members, wrong types and too long texts fail with ExitCode::usage.
Result<DecisionRequest> read_decision_request(std::string_view json);
Result<SaveRequest> read_save_request(std::string_view json);
Result<ProposeRequest> read_propose_request(std::string_view json);
Result<void> read_empty_request(std::string_view json);

// Replies. Broken UTF-8 becomes U+FFFD.
std::string to_json(const Week& week);
std::string to_json(const State& state);
std::string to_json(const Preview& preview);
std::string to_json(const SaveOutcome& outcome);
std::string to_json(const ProposeOutcome& outcome);
std::string error_json(const std::string& sentence);

}  // namespace harvester::review
