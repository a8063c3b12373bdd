// Answers of the operations in queries/github/ as plain values.
//
// Every function reads Answer::body once, checks each type and fails, naming the place in the answer and the
// request's id, where a field that its document asks for is missing or of another type. What is foreign stays
// bounded: see Limits. Broken UTF-8 and lone surrogates become U+FFFD. Fields nobody asked for are ignored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/failure.h"
#include "github/client.h"
#include "model.h"

namespace harvester::github {

struct Limits {
    std::size_t title_bytes = 10'000;  // longer titles are cut, with a note in SearchPage::notes
    std::size_t text_bytes = 4'096;    // logins, labels, URLs, paths, cursors: longer is a failure
    std::size_t list_length = 1'000;   // labels, events and paths of one item in one answer
};

enum class ItemPart { labels, label_events, paths };

// A part of an item that was too long for the page; see decode_item_part.
struct Continuation {
    std::string id;  // of the item
    ItemPart part = ItemPart::labels;
    std::string cursor;  // to go on after what the page gave; empty: ask from the start
    bool operator==(const Continuation&) const = default;
};

// One search's page. What counts reads no nodes.
struct SearchPage {
    std::string alias;  // as in the document: "search", "merged1", "count3"
    std::int64_t issue_count = 0;
    bool has_next = false;
    std::string end_cursor;
    std::vector<Item> items;
    std::int64_t null_nodes = 0;              // hits that GitHub counted but didn't give
    std::vector<Continuation> continuations;  // items of which a part goes on
    std::vector<std::string> notes;           // sentences: what was cut
};

struct FolderEntry {
    std::string name;
    std::string path;
    bool folder = false;
};

struct OpenPullRequest {
    std::string url;
    std::int64_t number = 0;
    std::string head_commit;
    std::vector<std::string> paths;
};

struct RepositoryListing {
    std::string repository;
    std::string default_branch;  // empty: the repository has no commit
    std::string head_commit;
    std::vector<FolderEntry> entries;  // of all folders asked; a folder that isn't there has none
    std::vector<OpenPullRequest> open_pull_requests;  // newest first
};

struct SearchAnswer {
    std::vector<SearchPage> pages;             // in the document's order
    std::optional<RepositoryListing> listing;  // when it was asked and the repository is there
};

// MergedPullRequests, Sweep, Counts, RepositoryListing.
Result<SearchAnswer> decode_searches(const Answer& answer, const Limits& limits = {});

inline constexpr int repositories_in_a_second_look = 6;

// What a second look found; see queries/github/second_look.graphql.
struct SecondLookAnswer {
    struct Repository {
        int slot = 0;      // 1 for repository1
        std::string name;  // as it is called now; empty: none is seen by the name that was asked for
        std::optional<std::vector<Item>> merged;  // that were updated last; when asked
    };
    std::vector<std::optional<Item>> items;  // in the order of the ids; nullopt where GitHub gives none
    std::optional<SearchPage> updated;       // when asked
    std::vector<Repository> repositories;    // that were asked
};

// SecondLook. Label events of an item are left out when the answer doesn't have them all.
Result<SecondLookAnswer> decode_second_look(const Answer& answer, const Limits& limits = {});

struct PartPage {
    bool gone = false;         // the item isn't there any more
    bool unavailable = false;  // GitHub gives no such list of it
    std::string id;
    std::vector<std::string> names;  // labels
    std::vector<ChangedPath> paths;
    std::vector<LabelEvent> events;
    std::int64_t null_nodes = 0;  // entries that GitHub did not give
    bool has_next = false;
    std::string end_cursor;
};

// ItemLabels, ItemLabelEvents, ItemPaths.
Result<PartPage> decode_item_part(const Answer& answer, const Limits& limits = {});

// ItemByNumber; nullopt: there is none by that number, or it can't be seen. Label events are left out when
// the answer doesn't have them all.
Result<std::optional<Item>> decode_found_item(const Answer& answer, const Limits& limits = {});

struct FileText {
    int slot = 0;  // 1 for file1
    std::string text;
    bool binary = false;
    bool truncated = false;  // GitHub cuts at 512,000 bytes
    std::string commit;      // last commit of the default branch that touched the path; empty: none
};

struct FilesAnswer {
    std::string repository;
    std::string default_branch;
    std::vector<FileText> files;  // those that are there
};

// RepositoryFiles.
Result<FilesAnswer> decode_files(const Answer& answer);

struct RateLimit {
    std::string login;
    std::int64_t limit = 0;
    std::int64_t remaining = 0;
    Instant resets_at{};
};

// RateLimit.
Result<RateLimit> decode_rate_limit(const Answer& answer);

}  // namespace harvester::github
