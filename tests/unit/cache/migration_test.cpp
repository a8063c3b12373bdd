// A file that the released program wrote is brought forward: nothing in it is lost, and its public views
// stay.
#include <sqlite3.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "made_up.h"

using namespace harvester;
using namespace harvester::cache;
using namespace made_up;
namespace fs = std::filesystem;

namespace {

std::string golden(const char* name) {
    std::ifstream in(fs::path(SOURCE_FOLDER) / "tests/golden/cache" / name);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

// The first column of each row, joined by commas.
std::string ask(const fs::path& path, const std::string& sql) {
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
    std::string out;
    char* error = nullptr;
    const auto add = [](void* to, int, char** cells, char**) {
        auto& text = *static_cast<std::string*>(to);
        text += (text.empty() ? "" : ",") + std::string(cells[0] != nullptr ? cells[0] : "");
        return 0;
    };
    const int done = sqlite3_exec(db, sql.c_str(), add, &out, &error);
    INFO(sql << (error != nullptr ? error : ""));
    REQUIRE(done == SQLITE_OK);
    sqlite3_close(db);
    return out;
}

}  // namespace

TEST_CASE("A cache of the released format is migrated with all that it holds, and a copy stays") {
    std::string name = (fs::temp_directory_path() / "harvester-migration-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    const fs::path path = fs::path(name) / "cache.db";
    ask(path, golden("format1.sql"));
    {
        const Store store = get(Store::open(path, OpenMode::read_write));
        const Range week{at("2025-12-09T00:00:00Z"), at("2025-12-17T00:00:00Z")};
        const auto merged = get(store.merged(week));
        REQUIRE(merged.size() == 2);
        CHECK(merged[0].title == "Change | one");
        CHECK(merged[0].author.login == "ferris");
        CHECK(merged[0].labels == std::vector<std::string>{"T-compiler"});
        CHECK(merged[1].size == ChangeSize{1, 0, 1});
        const std::array<std::string, 1> labels = {"final-comment-period"};
        CHECK(get(store.labelled(labels, week)).size() == 1);
        CHECK(get(store.all_slices()).size() == 9);
        CHECK(get(store.last_harvests(5)).size() == 1);
        CHECK(get(store.seen_before("twir", parse_day("2025-12-24").value())).size() == 2);
        CHECK(get(store.verify()).empty());
    }
    CHECK(fs::exists(path.string() + ".format1"));
    CHECK(ask(path, "SELECT name FROM pragma_table_info('merged_pull_request')") ==
          "key,id,repository,number,title,url,author,author_kind,created_at,merged_at,seconds_to_merge,base_"
          "branch,"
          "additions,deletions,changed_files,merged,created");
    CHECK(ask(path, "SELECT name FROM pragma_table_info('pull_request')") ==
          "key,id,repository,number,title,url,state,draft,author,author_kind,created_at,updated_at,merged_at,"
          "closed_at,"
          "base_branch,additions,deletions,changed_files");
    CHECK(ask(path, "SELECT name FROM pragma_table_info('item_with_label')") == "key,label");
    CHECK(ask(path, "SELECT repository || number FROM merged_pull_request ORDER BY number") ==
          "rust-lang/rust11,rust-lang/rust12");
    CHECK(ask(path, "SELECT label FROM item_with_label ORDER BY label") == "T-compiler,final-comment-period");
    CHECK(ask(path, "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' OR name = 'first_merge'") ==
          "0");
    fs::remove_all(name);
}
