// What is behind Store: the connection and what is remembered between two calls.
#pragma once

#include <string>
#include <unordered_map>
#include <utility>

#include "cache/database.h"
#include "cache/store.h"

namespace harvester::cache {

class Store::Impl {
  public:
    explicit Impl(std::unique_ptr<Database> opened) : database(std::move(opened)) {}

    std::unique_ptr<Database> database;
    // Keys of a table of texts, made as they are asked for.
    struct TextKeys {
        std::string find, insert;  // statements
        // Emptied when a transaction fails (its new rows are gone) and when hostile answers make it long.
        std::unordered_map<std::string, std::int64_t> known{};
    };
    TextKeys label_keys{"items.label_key", "items.insert_label"};
    TextKeys name_keys{"items.name_key", "items.insert_name"};

    std::int64_t text_key(TextKeys& keys, const std::string& text);
    void write_item(const Item& item);
    void write_slice(const Slice& slice);
    std::vector<std::string> vanished(const Slice& slice, std::span<const Item> last_page,
                                      const Scope& scope);
    std::vector<Item> read_items(Statement& rows);
    std::vector<Item> read_merged(const Range& range);
    void read_details(Item& item, std::int64_t key);

    // Runs `work` and turns what it throws into a Failure.
    template <class Work>
    auto guarded(Work work) -> Result<decltype(work())> {
        try {
            if constexpr (std::is_void_v<decltype(work())>) {
                work();
                return {};
            } else {
                return work();
            }
        } catch (const CacheError& error) {
            label_keys.known.clear();
            name_keys.known.clear();
            return tl::unexpected(error.failure);
        }
    }

    // The same inside a transaction that is on the disk when it returns.
    template <class Work>
    Result<void> durably(Work work) {
        return guarded([&] {
            database->execute("PRAGMA synchronous = FULL");
            const Relax relax{*database};
            Transaction transaction(*database);
            work();
            transaction.commit();
        });
    }

  private:
    struct Relax {
        Database& database;
        ~Relax() {
            sqlite3_exec(database.handle(), "PRAGMA synchronous = NORMAL", nullptr, nullptr, nullptr);
        }
    };
};

}  // namespace harvester::cache
