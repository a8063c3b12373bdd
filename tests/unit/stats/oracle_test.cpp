// A larger made-up history against plain SQL on the cache's documented views, and the real one against its
// file.
#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "made_up.h"

using namespace harvester;
using namespace harvester::stats;
using namespace made_up;

namespace {

// A cache file for one test.
class CacheFile {
  public:
    explicit CacheFile(const char* name)
        : path_(std::filesystem::temp_directory_path() /
                fmt::format("harvester-stats-{}-{}.db", name, std::random_device{}())) {}
    ~CacheFile() {
        for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path_.string() + suffix);
    }
    CacheFile(const CacheFile&) = delete;
    CacheFile& operator=(const CacheFile&) = delete;

    cache::Store open() const {
        auto store = cache::Store::open(path_, cache::OpenMode::read_write);
        REQUIRE(store);
        return std::move(*store);
    }

    // Changes the file as the program never would.
    void damage(const std::string& sql) const {
        sqlite3* db = nullptr;
        REQUIRE(sqlite3_open_v2(path_.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK);
        const int done = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr);
        INFO(sqlite3_errmsg(db));
        REQUIRE(done == SQLITE_OK);
        sqlite3_close(db);
    }

    // Rows of a text and numbers, by a connection that knows nothing of the program.
    std::map<std::string, std::vector<double>> ask(const std::string& sql) const {
        std::map<std::string, std::vector<double>> out;
        sqlite3* db = nullptr;
        REQUIRE(sqlite3_open_v2(path_.c_str(), &db, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
        sqlite3_stmt* rows = nullptr;
        const int prepared = sqlite3_prepare_v2(db, sql.c_str(), -1, &rows, nullptr);
        INFO(sqlite3_errmsg(db));
        REQUIRE(prepared == SQLITE_OK);
        while (sqlite3_step(rows) == SQLITE_ROW) {
            auto& numbers = out[reinterpret_cast<const char*>(sqlite3_column_text(rows, 0))];
            for (int i = 1; i < sqlite3_column_count(rows); ++i)
                numbers.push_back(sqlite3_column_double(rows, i));
        }
        sqlite3_finalize(rows);
        sqlite3_close(db);
        return out;
    }

  private:
    std::filesystem::path path_;
};

// `count` merges over two years, at moments that are multiples of `step`; repositories and labels overlap in
// every way.
std::vector<Item> seeded(int count = 4000, int step = 1) {
    std::mt19937 random(20240101);
    const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
    std::vector<Item> out;
    for (int i = 0; i < count; ++i) {
        const bool bot = below(10) == 0;
        const std::string author =
            bot ? fmt::format("robot-{}", below(3)) : fmt::format("person-{}", below(40) * below(12));
        const std::string repository = fmt::format("repository-{}", below(3) * below(4));
        Item one = item({i + 1, repository.c_str(), author.c_str(), "2022-01-01", "2022-01-01",
                         below(20) == 0 ? std::nullopt
                                        : std::optional(ChangeSize{below(900), below(400), 1 + below(30)})});
        one.author.kind = bot ? ActorKind::bot : ActorKind::user;
        one.merged_at = at("2022-01-01") + Seconds{below(2 * 365 * 86400 / step) * step};
        one.created_at = *one.merged_at - Seconds{1 + below(100) * below(20'000)};
        for (int n = below(4); n > 0; --n) {
            const std::string label = fmt::format("{}-{}", below(2) ? "T" : "A", below(6));
            if (std::find(one.labels.begin(), one.labels.end(), label) == one.labels.end())
                one.labels.push_back(label);
        }
        std::sort(one.labels.begin(), one.labels.end());
        out.push_back(std::move(one));
    }
    return out;
}

std::map<std::string, std::vector<double>> rows_of(const Report& report,
                                                   const std::vector<Measure>& measures) {
    std::map<std::string, std::vector<double>> out;
    for (const Row& row : report.rows) {
        if (*row.values[Measure::merged] == 0) continue;
        auto& numbers = out[row.keys[0] + (row.keys.size() > 1 ? "/" + row.keys[1] : "")];
        for (const Measure m : measures) numbers.push_back(std::round(row.values[m].value_or(0)));
    }
    return out;
}

}  // namespace

TEST_CASE("A larger history is counted as plain SQL counts it") {
    const CacheFile file("seeded");
    cache::Store store = file.open();
    harvest(store, days("2022-01-01", "2023-12-31"), seeded());
    Query q = query();
    q.range = days("2022-03-01", "2023-02-28");
    const std::string range = "merged_at >= unixepoch('2022-03-01') AND merged_at < unixepoch('2023-03-01')";
    const auto grouped = [&](std::vector<Dimension> by) {
        q.by = std::move(by);
        return report(store, q);
    };
    const std::string sums =
        "count(*), count(DISTINCT CASE WHEN author_kind = 'user' THEN author END), sum(author_kind = 'bot'), "
        "total(additions), "
        "total(deletions), total(changed_files), round(avg(seconds_to_merge)) FROM merged_pull_request "
        "WHERE " +
        range;
    const std::vector<Measure> measures = {Measure::merged,    Measure::authors,   Measure::by_bots,
                                           Measure::additions, Measure::deletions, Measure::changed_files,
                                           Measure::time_mean};

    CHECK(rows_of(grouped({Dimension::repository}), measures) ==
          file.ask("SELECT repository, " + sums + " GROUP BY 1"));
    CHECK(rows_of(grouped({Dimension::author}), measures) ==
          file.ask("SELECT author, " + sums + " GROUP BY 1"));
    CHECK(rows_of(grouped({Dimension::month}), measures) ==
          file.ask("SELECT strftime('%Y-%m', merged_at, 'unixepoch'), " + sums + " GROUP BY 1"));
    CHECK(rows_of(grouped({Dimension::day}), measures) ==
          file.ask("SELECT date(merged_at, 'unixepoch'), " + sums + " GROUP BY 1"));
    CHECK(rows_of(grouped({Dimension::hour}), measures) ==
          file.ask("SELECT strftime('%H', merged_at, 'unixepoch'), " + sums + " GROUP BY 1"));
    CHECK(rows_of(grouped({Dimension::repository, Dimension::month}), measures) ==
          file.ask("SELECT repository || '/' || strftime('%Y-%m', merged_at, 'unixepoch'), " + sums +
                   " GROUP BY 1"));

    const std::vector<Measure> merged = {Measure::merged};
    CHECK(rows_of(grouped({Dimension::label}), merged) ==
          file.ask("SELECT coalesce(label, '(none)'), count(*) FROM merged_pull_request LEFT JOIN "
                   "item_with_label USING (key) WHERE " +
                   range + " GROUP BY 1"));
    CHECK(rows_of(grouped({Dimension::label, Dimension::team}), merged).at("A-1/T-2") ==
          file.ask("SELECT '', count(*) FROM merged_pull_request WHERE key IN (SELECT key FROM "
                   "item_with_label WHERE label = 'A-1') "
                   "AND key IN (SELECT key FROM item_with_label WHERE label = 'T-2') AND " +
                   range)
              .at(""));

    const std::string people =
        "SELECT repository, author, merged_at FROM merged_pull_request WHERE author_kind = 'user'";
    CHECK(rows_of(grouped({Dimension::repository}), {Measure::first_repository}) ==
          file.ask("SELECT repository, sum(" + range +
                   ") FROM (SELECT repository, min(merged_at) AS merged_at FROM (" + people +
                   ") GROUP BY repository, author) GROUP BY 1"));
    CHECK(std::vector{*grouped({}).total.values[Measure::first_organisation]} ==
          file.ask("SELECT '', sum(" + range + ") FROM (SELECT min(merged_at) AS merged_at FROM (" + people +
                   ") GROUP BY author)")
              .at(""));
}

TEST_CASE("Merges of the same second are counted as plain SQL counts them") {
    const CacheFile file("parts");
    cache::Store store = file.open();
    // Some 14 merges a moment, in the cache in another order than they were merged.
    harvest(store, days("2022-01-01", "2023-12-31"), seeded(10'000, 86400));
    Query q = query();
    q.range = days("2022-01-01", "2023-12-31");
    const auto grouped = [&](std::vector<Dimension> by) {
        q.by = std::move(by);
        return report(store, q);
    };
    // Each merge once, or once for each of its labels.
    const std::string first_of =
        "(SELECT key, repository, author, author_kind, merged_at, additions, author_kind = 'user' AND "
        "row_number() "
        "OVER (PARTITION BY author_kind, repository, author ORDER BY merged_at, key) = 1 AS first FROM "
        "merged_pull_request)";
    const std::string sums =
        "count(*), count(DISTINCT CASE WHEN author_kind = 'user' THEN author END), sum(first), "
        "total(additions) ";
    const std::vector<Measure> measures = {Measure::merged, Measure::authors, Measure::first_repository,
                                           Measure::additions};
    CHECK(rows_of(grouped({Dimension::repository}), measures) ==
          file.ask("SELECT repository, " + sums + "FROM " + first_of + " GROUP BY 1"));
    CHECK(rows_of(grouped({Dimension::label}), measures) ==
          file.ask("SELECT coalesce(label, '(none)'), " + sums + "FROM " + first_of +
                   " LEFT JOIN item_with_label USING (key) GROUP BY 1"));
    CHECK(rows_of(grouped({Dimension::author, Dimension::day}), measures) ==
          file.ask("SELECT author || '/' || date(merged_at, 'unixepoch'), " + sums + "FROM " + first_of +
                   " GROUP BY 1"));
    q.filters.labels = {"A-0", "T-3"};
    CHECK(
        rows_of(grouped({Dimension::month}), measures) ==
        file.ask("SELECT strftime('%Y-%m', merged_at, 'unixepoch'), " + sums + "FROM " + first_of +
                 " WHERE key IN (SELECT key FROM item_with_label WHERE label IN ('A-0', 'T-3')) GROUP BY 1"));
}

TEST_CASE("A damaged file's numbers are counted as far as they go, and overflow nothing") {
    const CacheFile file("damaged");
    cache::Store store = file.open();
    harvest(store, days("2023-12-01", "2024-01-31"), week());
    file.damage(
        "UPDATE item SET created_at = -9223372036854775807 - 1, additions = 9223372036854775807, "
        "deletions = 9223372036854775807 WHERE number IN (2, 3); "
        "UPDATE item SET created_at = 9223372036854775807, additions = -9223372036854775807 - 1 WHERE number "
        "= 4; "
        "UPDATE item_label SET item = 9223372036854775807 WHERE item = (SELECT key FROM item WHERE number = "
        "8); "
        "UPDATE item SET key = 9223372036854775807 WHERE number = 8; "
        "UPDATE item SET key = -9223372036854775807 - 1, author_key = -5 WHERE number = 5; "
        "UPDATE label SET key = 9223372036854775806 WHERE name = 'A-speed'; "
        "UPDATE item_label SET label = 9223372036854775806 WHERE label NOT IN (SELECT key FROM label)");
    Query q = query();
    for (const DimensionInfo& dimension : all_dimensions()) {
        q.by = {dimension.dimension};
        const Report r = report(store, q);
        CHECK(*r.total.values[Measure::merged] == 7);
        CHECK(*r.total.values[Measure::additions] == 2.0 * 2147483647 + 1 + 1000 + 2);
        CHECK(*r.total.values[Measure::first_repository] == 3);
        CHECK(*r.total.values[Measure::time_p99] > 100 * 365 * 86400.0);
        CHECK(r.without_size == 2);
    }
    q.by = {Dimension::label};
    CHECK(told(report(store, q)) == "(none):3 T-desert:3 T-sky:2 A-speed:1");
}

TEST_CASE("Percentiles of a larger history are what sorting gives") {
    cache::Store store = empty_store();
    const std::vector<Item> items = seeded();
    harvest(store, days("2022-01-01", "2023-12-31"), items);
    std::vector<double> times;
    for (const Item& one : items)
        times.push_back(static_cast<double>((*one.merged_at - one.created_at).count()));
    std::sort(times.begin(), times.end());
    Query q = query();
    q.range = days("2022-01-01", "2023-12-31");
    const Report r = report(store, q);
    for (const auto& [measure, rank] : {std::pair{Measure::time_median, 0.5},
                                        {Measure::time_p75, 0.75},
                                        {Measure::time_p90, 0.9},
                                        {Measure::time_p99, 0.99}}) {
        const double place = rank * 3999, whole = std::floor(place);
        const auto at = static_cast<std::size_t>(whole);
        CHECK(*r.total.values[measure] ==
              Approx(times[at] * (1 - (place - whole)) + times[at + 1] * (place - whole)));
    }
}

// The real history, where it is there: ../shared/corpus/merged.jsonl.gz.
TEST_CASE("The corpus is counted by repository and year as its file has it") {
    const std::string path = SHARED_FOLDER "/corpus/merged.jsonl.gz";
    if (!std::filesystem::exists(path)) return;
    std::map<std::string, std::vector<double>> expected;
    std::vector<Item> items;
    std::set<std::string> authors;
    FILE* pipe = popen(("gzip -dc '" + path + "'").c_str(), "r");
    REQUIRE(pipe != nullptr);
    char* line = nullptr;
    std::size_t room = 0;
    while (getline(&line, &room, pipe) > 0) {
        const auto json = nlohmann::json::parse(line);
        Item one;
        one.repository = json["repo"];
        one.number = json["number"];
        one.id = fmt::format("{}#{}", one.repository, one.number);
        one.title = json["title"];
        one.url = fmt::format("https://github.com/{}/pull/{}", one.repository, one.number);
        one.state = ItemState::merged;
        if (json["author"].is_string()) one.author = {json["author"], ActorKind::user};
        one.merged_at = parse_instant(json["merged_at"].get<std::string>());
        REQUIRE(one.merged_at);
        one.created_at = one.updated_at = *one.merged_at;
        auto& count =
            expected[fmt::format("{}/{}", one.repository, format_instant(*one.merged_at).substr(0, 4))];
        if (count.empty()) count.push_back(0);
        ++count[0];
        items.push_back(std::move(one));
    }
    std::free(line);
    pclose(pipe);
    REQUIRE(items.size() > 50'000);

    cache::Store store = empty_store();
    harvest(store, days("2010-01-01", "2025-12-31"), items);
    profile::Profile p = acme_profile();
    p.organisation = expected.begin()->first.substr(0, expected.begin()->first.find('/'));
    Query q = query({Dimension::repository, Dimension::year});
    q.range = days("2010-01-01", "2025-12-31");
    q.now = at("2026-01-01");
    const auto made = make_report(store, p, q);
    REQUIRE(made);
    CHECK(rows_of(*made, {Measure::merged}) == expected);
    CHECK(*made->total.values[Measure::merged] == static_cast<double>(items.size()));
    CHECK(made->complete());
}
