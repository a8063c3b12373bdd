// Store: opening, and what is neither item nor ledger.
#include "cache/store.h"

#include <fmt/format.h>

#include "cache/open.h"
#include "cache/store_impl.h"
#include "queries/embedded.h"

namespace harvester::cache {

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const std::filesystem::path& path, OpenOptions options) {
    try {
        return Store(std::make_unique<Impl>(open_database(path, options, schema_steps())));
    } catch (const CacheError& error) {
        return tl::unexpected(error.failure);
    }
}

Result<void> Store::save_files(const std::string& repository, std::span<const RepositoryFile> files,
                               std::span<const std::string> forget, Instant asked_at) {
    return impl_->guarded([&] {
        Transaction transaction(*impl_->database);
        for (const std::string& path : forget)
            impl_->database->statement("notes.forget_file").bind(repository, path).run();
        for (const RepositoryFile& file : files)
            impl_->database->statement("notes.save_file")
                .bind(repository, file.path, file.head, file.commit, file.pull_request, file.branch,
                      file.text, asked_at)
                .run();
        transaction.commit();
    });
}

Result<std::vector<RepositoryFile>> Store::files(const std::string& repository) const {
    return impl_->guarded([&] {
        std::vector<RepositoryFile> files;
        auto rows = impl_->database->statement("notes.files");
        for (rows.bind(repository); rows.step();) {
            RepositoryFile file;
            file.repository = repository;
            file.path = rows.text(0);
            file.head = rows.text(1);
            file.commit = rows.text(2);
            file.pull_request = rows.text(3);
            file.branch = rows.text(4);
            file.text = rows.text(5);
            files.push_back(std::move(file));
        }
        return files;
    });
}

Result<void> Store::save_harvest(const HarvestRecord& record) {
    return impl_->guarded([&] {
        impl_->database->statement("notes.save_harvest")
            .bind(record.profile, record.range.from, record.range.to, record.started_at, record.finished_at,
                  record.requests, record.bytes, record.items, record.complete)
            .run();
    });
}

Result<std::vector<HarvestRecord>> Store::last_harvests(int limit) const {
    return impl_->guarded([&] {
        std::vector<HarvestRecord> records;
        auto rows = impl_->database->statement("notes.last_harvests");
        for (rows.bind(limit); rows.step();)
            records.push_back({std::string(rows.text(0)),
                               {rows.instant(1), rows.instant(2)},
                               rows.instant(3),
                               rows.instant(4),
                               rows.integer(5),
                               rows.integer(6),
                               rows.integer(7),
                               rows.integer(8) != 0});
        return records;
    });
}

Result<std::optional<int>> Store::page_size(const std::string& operation) const {
    return impl_->guarded([&]() -> std::optional<int> {
        auto row = impl_->database->statement("notes.page_size");
        if (!row.bind(operation).step()) return std::nullopt;
        return static_cast<int>(row.integer(0));
    });
}

Result<void> Store::save_page_size(const std::string& operation, int size) {
    return impl_->guarded(
        [&] { impl_->database->statement("notes.save_page_size").bind(operation, size).run(); });
}

Result<void> Store::save_seen(const std::string& profile, Day issue, std::span<const SeenItem> items) {
    return impl_->durably([&] {
        const std::string date = format_day(issue);
        impl_->database->statement("notes.forget_seen").bind(profile, date).run();
        for (const SeenItem& item : items)
            impl_->database->statement("notes.save_seen")
                .bind(profile, date, item.part, item.url, item.printed)
                .run();
    });
}

Result<std::vector<SeenItem>> Store::seen_before(const std::string& profile, Day issue,
                                                 std::optional<Day> since) const {
    return impl_->guarded([&] {
        std::vector<SeenItem> items;
        const std::string until = format_day(issue), from = since ? format_day(*since) : std::string();
        auto rows = impl_->database->statement("notes.seen_before");
        for (rows.bind(profile, until, from); rows.step();)
            if (const auto day = parse_day(rows.text(0)))
                items.push_back(
                    {*day, std::string(rows.text(2)), rows.integer(3) != 0, std::string(rows.text(1))});
        return items;
    });
}

}  // namespace harvester::cache
