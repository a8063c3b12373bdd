// cache/: the SQLite file that remembers what GitHub answered. All SQL of the program is here and in queries/.
//
// One file, WAL, STRICT tables, times in UTC seconds. Several processes may use it at once: writers wait
// for each other. The format is public and told in queries/cache/README.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/failure.h"
#include "model.h"

namespace harvester::cache {

// What one search was asked for: a search of the profile, in a half-open range of time, of the whole
// organisation (repository empty) or of one repository.
struct SliceKey {
    std::string search;      // name of the search in the profile plus what its answer depends on
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
};

// What an earlier issue printed or had seen: an item belongs to the first issue whose harvest saw it.
struct SeenItem {
    Day issue;
    std::string url;
    bool printed = false;
};

enum class OpenMode { read_write, read_only };

// Requires: used by one thread at a time. Every function may fail with ExitCode::file.
class Store {
  public:
    // Opens or makes the file (":memory:" for tests), checks that it is ours, migrates older formats forward.
    // A newer format, a damaged file or a file that is not ours is refused and left as it was.
    static Result<Store> open(const std::filesystem::path& path, OpenMode mode);
    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;
    ~Store();

    // ---- written by the harvest ----
    // One page: its items, and the ledger's new entry, in one transaction.
    Result<void> commit_page(const Slice& slice, std::span<const Item> items);
    Result<void> save_slice(const Slice& slice);
    Result<std::vector<Slice>> slices(const std::string& search, const Range& range) const;
    // Items that an earlier read of this slice's range gave and the read just finished did not: they are
    // marked gone, and reads below leave them out. Returns how many.
    Result<std::int64_t> mark_gone(const SliceKey& key);
    Result<void> save_files(std::span<const RepositoryFile> files, Instant asked_at);
    Result<void> save_harvest(const HarvestRecord& record);
    Result<std::vector<HarvestRecord>> last_harvests(int limit) const;
    // Page size remembered for an operation; nullopt when none is.
    Result<std::optional<int>> page_size(const std::string& operation) const;
    Result<void> save_page_size(const std::string& operation, int size);

    // ---- read by what renders; order is by repository, then number, so the same cache gives the same bytes ----
    // Merged pull requests whose merge lies in `range`, with labels, sizes and paths where known.
    Result<std::vector<Item>> merged(const Range& range) const;
    // Items of any kind of which one of `labels` was put on within `range`, with all their label events.
    Result<std::vector<Item>> labelled(std::span<const std::string> labels, const Range& range) const;
    // Pull requests of one repository created, merged or changed in their text within `range`.
    Result<std::vector<Item>> pull_requests(const std::string& repository, const Range& range) const;
    Result<std::optional<Item>> find_item(const std::string& repository, std::int64_t number) const;
    Result<std::vector<RepositoryFile>> files(const std::string& repository) const;

    // ---- issues and drafts ----
    Result<void> save_seen(Day issue, std::span<const SeenItem> items);
    Result<std::vector<SeenItem>> seen_before(Day issue) const;
    // The text last written into a draft, by the draft's key (issue date and place) and part: the base of the merge.
    Result<void> save_draft_base(const std::string& draft, const std::string& part, const std::string& text, Instant at);
    Result<std::optional<std::string>> draft_base(const std::string& draft, const std::string& part) const;

  private:
    class Impl;
    explicit Store(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace harvester::cache
