// Opening the cache file: is it ours, is it whole, is its format ours to read, and the steps from older
// formats.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "cache/database.h"
#include "cache/store.h"

namespace harvester::cache {

// PRAGMA application_id of our files, "HRVT".
inline constexpr std::int64_t application_id = 0x48525654;

// Step N (from 1) brings a file of format N-1 to format N.
using SchemaSteps = std::vector<std::string_view>;

// The embedded steps, queries/cache/schema/NNN.sql.
SchemaSteps schema_steps();

// Opens a file as Store::open promises; throws CacheError.
std::unique_ptr<Database> open_database(const std::filesystem::path& path, OpenOptions options,
                                        const SchemaSteps& steps);

}  // namespace harvester::cache
