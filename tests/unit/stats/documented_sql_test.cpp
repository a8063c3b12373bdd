// The SQL that the documents show is run as it is written.
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "made_up.h"

using namespace harvester;
using namespace made_up;

namespace {

using Rows = std::vector<std::vector<std::string>>;

// The statements of the blocks fenced with ```sql.
std::vector<std::string> statements(const std::string& document) {
    std::ifstream file(std::string(SOURCE_FOLDER) + "/" + document);
    std::vector<std::string> out;
    bool inside = false;
    std::string statement;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("```")) {
            inside = line == "```sql";
            continue;
        }
        if (!inside) continue;
        statement += line + '\n';
        if (line.ends_with(";")) {
            out.push_back(statement);
            statement.clear();
        }
    }
    CHECK(statement.empty());
    return out;
}

Rows ask(sqlite3* db, const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    const int prepared = sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr);
    INFO(sql << sqlite3_errmsg(db));
    REQUIRE(prepared == SQLITE_OK);
    Rows out;
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        out.emplace_back();
        for (int i = 0; i < sqlite3_column_count(statement); ++i) {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
            out.back().emplace_back(text != nullptr ? text : "");
        }
    }
    CHECK(code == SQLITE_DONE);
    sqlite3_finalize(statement);
    return out;
}

}  // namespace

TEST_CASE("Every SQL statement of the documents runs, and those on the statistics count the week right") {
    const auto path = std::filesystem::temp_directory_path() /
                      fmt::format("harvester-documented-{}.db", std::random_device{}());
    {
        auto store = cache::Store::open(path, cache::OpenMode::read_write);
        REQUIRE(store);
        harvest(*store, days("2023-12-01", "2024-01-31"), week());
    }
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);

    const auto shown = statements("queries/cache/stats/README.md");
    REQUIRE(shown.size() == 3);
    Rows people = ask(db, shown[0]);
    REQUIRE(people.size() == 3);
    std::sort(people.begin(), people.begin() + 2);  // two have merged two each
    CHECK(people == Rows{{"road", "2", "26.0"}, {"wile", "2", "15.0"}, {"bugs", "1", "30.0"}});
    CHECK(ask(db, shown[1]) == Rows{{"2024-01", "T-desert", "3"}, {"2024-01", "T-sky", "2"}});
    const Rows slowest = ask(db, shown[2]);
    REQUIRE(slowest.size() == 8);
    CHECK(slowest[0] == std::vector<std::string>{"acme/anvil", "7", "Big", "3"});

    const auto all = statements("queries/cache/README.md");
    CHECK(all.size() >= 2);
    for (const std::string& sql : all) ask(db, sql);
    sqlite3_close(db);
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + suffix);
}
