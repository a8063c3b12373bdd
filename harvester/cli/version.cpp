#include "cli/version.h"

#include <curl/curlver.h>
#include <fmt/format.h>
#include <simdjson.h>
#include <sqlite3.h>
#include <CLI/Version.hpp>

namespace harvester::cli {

std::string version() {
    return HARVESTER_VERSION;
}

// Nothing here depends on when or where the program was built, so that two builds are the same bytes.
std::string version_facts() {
    return fmt::format(
        "harvester {}\ncommit {}\ncompiler {}, C++{}\nlibcurl {}, SQLite {}, simdjson {}, fmt {}, CLI11 {}\n",
        version(), HARVESTER_COMMIT, HARVESTER_COMPILER, __cplusplus / 100 % 100, LIBCURL_VERSION,
        SQLITE_VERSION,
        fmt::format("{}.{}.{}", int{simdjson::SIMDJSON_VERSION_MAJOR}, int{simdjson::SIMDJSON_VERSION_MINOR},
                    int{simdjson::SIMDJSON_VERSION_REVISION}),
        fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100),
        CLI11_VERSION);
}

}  // namespace harvester::cli
