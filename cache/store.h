// cache/: the SQLite file that remembers what GitHub answered. All SQL of the program is here and in
// queries/.
//
// One file, WAL, STRICT tables, times in UTC seconds. Several processes may use it at once: writers wait
// for each other. The format is public and told in queries/cache/README.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/failure.h"
#include "model.h"

namespace harvester::cache {

// What one search was asked for: a search of the profile, in a half-open range of time, of the whole
// organisation (repository empty) or of one repository.
struct SliceKey {
    std::string search;  // name of the search in the profile plus what its answer depends on
    Range range;
    std::string repository;
    bool operator==(const SliceKey&) const = default;
};

enum class SliceState { open, complete, incomplete };

// The ledger's entry of one slice. complete: distinct items received == issue_count before and after.
struct Slice {
    SliceKey key;
    SliceState state = SliceState::open;
    std::int64_t issue_count = 0;  // as the last page told
    std::int64_t received = 0;     // distinct items
    std::string cursor;            // of the first page not stored; empty: from the start
    Instant asked_at{};            // when the last page arrived
    bool operator==(const Slice&) const = default;
};

// Which items of the cache a complete slice must have given: pull requests of one owner whose merge or
// creation is in the slice's range (and that are the slice's repository's, when it names one). Those that
// it did not give are gone from GitHub (deleted, transferred or made private), or its index lacks them.
struct Scope {
    enum class Axis { merged, created };
    Axis axis = Axis::merged;
    std::string owner;       // "rust-lang"
    std::string repository;  // "rust-lang/rfcs"; empty: all of the owner
};

// What `fetch` noted of one run.
struct HarvestRecord {
    std::string profile;
    Range range;
    Instant started_at{};
    Instant finished_at{};
    std::int64_t requests = 0;
    std::int64_t bytes = 0;
    std::int64_t items = 0;
    bool complete = false;
    bool operator==(const HarvestRecord&) const = default;
};

// What an earlier issue printed or had seen: an item belongs to the first issue whose harvest saw it.
struct SeenItem {
    Day issue;
    std::string url;
    bool printed = false;
    std::string part = "merged";  // as --part names it
    bool operator==(const SeenItem&) const = default;
};

// Numbers that tell what a cache holds.
struct CacheFacts {
    int format = 0;          // version of the schema
    std::int64_t bytes = 0;  // size of the file, without its write-ahead log
    std::int64_t pull_requests = 0;
    std::int64_t issues = 0;
    std::int64_t gone = 0;
    std::optional<Range> merged;  // from the first merge to just after the last
};

// A parameter of a statistics query.
using Value = std::variant<std::int64_t, std::string_view, Instant>;

class Statement;

// A row of a statistics query's answer; valid, with its texts, until the next row.
class Row {
  public:
    explicit Row(const Statement& statement) : statement_(&statement) {}
    // 0 where the cell holds no number.
    std::int64_t integer(int column) const;
    // `fallback` where the cell holds no whole number.
    std::int64_t integer(int column, std::int64_t fallback) const;
    // Empty where the cell is NULL.
    std::string_view text(int column) const;
    bool is_null(int column) const;

  private:
    const Statement* statement_;
};

// read_write makes the file and its folder when they aren't there; read_only never writes, and works on a
// file in a read-only folder.
enum class OpenMode { read_write, read_only };

struct OpenOptions {
    OpenMode mode = OpenMode::read_write;
    Milliseconds busy_timeout{10'000};  // how long to wait for another process's lock
};

// Requires: used by one thread at a time. Every function may fail with ExitCode::file.
class Store {
  public:
    // Opens or makes the file (":memory:" for tests), checks that it is ours, migrates older formats forward
    // (a copy of the older file is kept beside it). A newer format, a damaged file or a file that is not ours
    // is refused and left as it was.
    static Result<Store> open(const std::filesystem::path& path, OpenOptions options);
    static Result<Store> open(const std::filesystem::path& path, OpenMode mode) {
        return open(path, OpenOptions{mode, Milliseconds{10'000}});
    }
    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;
    ~Store();

    // ---- written by the harvest ----
    // One page: its items, and the ledger's new entry, in one transaction. When the slice is complete and a
    // scope is given, returns the ids of the known items of the scope that no page of this reading gave. A
    // complete slice replaces the entries of the same search that lie inside its range.
    Result<std::vector<std::string>> commit_page(const Slice& slice, std::span<const Item> items,
                                                 const std::optional<Scope>& scope = std::nullopt);
    // Items that no slice gave.
    Result<void> save_items(std::span<const Item> items);
    // Items that are no longer on GitHub; unknown ids count for nothing.
    Result<void> mark_gone(std::span<const std::string> ids, Instant at);
    Result<void> save_slice(const Slice& slice);
    // Forgets what arrived of a slice that is not complete, and its entry: it will be read from the start.
    Result<void> restart_slice(const SliceKey& key);
    // Ids of the items that arrived of a slice that is not complete.
    Result<std::vector<std::string>> members(const SliceKey& key) const;
    // The entries that touch `range`, by range and repository.
    Result<std::vector<Slice>> slices(const std::string& search, const Range& range) const;
    Result<std::vector<Slice>> all_slices() const;
    // Repositories of an owner of which items are known, gone ones too, by name.
    Result<std::vector<std::string>> repositories(const std::string& owner) const;
    // Files by repository and path; those in `forget` (paths) are forgotten.
    Result<void> save_files(const std::string& repository, std::span<const RepositoryFile> files,
                            std::span<const std::string> forget, Instant asked_at);
    Result<void> save_harvest(const HarvestRecord& record);
    Result<std::vector<HarvestRecord>> last_harvests(int limit) const;  // newest first
    // Page size remembered for an operation; nullopt when none is.
    Result<std::optional<int>> page_size(const std::string& operation) const;
    Result<void> save_page_size(const std::string& operation, int size);

    // ---- read by what renders; order is by repository, then number, so the same cache gives the same bytes
    // ---- Merged pull requests whose merge is in `range`, with labels, sizes and paths where known.
    Result<std::vector<Item>> merged(const Range& range) const;
    // How many of them there are.
    Result<std::int64_t> merged_count(const Range& range) const;
    // Items of any kind of which one of `labels` was put on within `range`, with all their label events.
    Result<std::vector<Item>> labelled(std::span<const std::string> labels, const Range& range) const;
    // Items of any kind created within `range`.
    Result<std::vector<Item>> opened(const Range& range) const;
    // Pull requests of one repository created, merged or changed in their text within `range`.
    Result<std::vector<Item>> pull_requests(const std::string& repository, const Range& range) const;
    // The item by its number, also when it is gone from GitHub.
    Result<std::optional<Item>> find_item(const std::string& repository, std::int64_t number) const;
    Result<std::vector<RepositoryFile>> files(const std::string& repository) const;

    // ---- issues; durable when the call returns, even through a power cut ----
    Result<void> save_seen(const std::string& profile, Day issue, std::span<const SeenItem> items);
    // Items of issues before `issue`; with `since`, only of issues of that day or later.
    Result<std::vector<SeenItem>> seen_before(const std::string& profile, Day issue,
                                              std::optional<Day> since = std::nullopt) const;

    // ---- for statistics and for `status` ----
    // Runs the SELECT of the embedded file queries/`file` with `parameters` in order; `row` gets each row.
    Result<void> select(std::string_view file, std::span<const Value> parameters,
                        const std::function<void(const Row&)>& row) const;
    // Runs `work`, whose reads all see the file as it was at the first of them, and needn't lock it one by
    // one. `work` must not write, nor call this.
    Result<void> with_one_view(const std::function<Result<void>()>& work) const;
    Result<CacheFacts> facts() const;
    // SQLite's integrity and foreign key checks, and the ledger against the items; empty: all is well.
    Result<std::vector<std::string>> verify() const;

  private:
    friend class Drafts;
    class Impl;
    explicit Store(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace harvester::cache
