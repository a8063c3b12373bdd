// Terminal tables at the widths that people have, as golden files: HARVESTER_WRITE_GOLDEN=1 writes them anew.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "made_up.h"
#include "stats/format/formats.h"
#include "stats/format/text.h"
#include "stats/history.h"

using namespace harvester;
using namespace harvester::stats;
using namespace made_up;
using Catch::Matchers::Contains;

namespace {

const std::filesystem::path folder = std::filesystem::path(SOURCE_FOLDER) / "tests/golden/stats";

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::stringstream out;
    out << file.rdbuf();
    return out.str();
}

// A year with three repositories, one with a long name, and authors that come and go.
cache::Store year_store() {
    cache::Store store = empty_store();
    std::vector<Item> items;
    const std::vector<std::string> names = {"anvil", "rocket", "a-repository-with-quite-a-long-name"};
    for (int i = 0; i < 400; ++i) {
        const Instant merged = at("2023-01-01") + std::chrono::hours{24 * (i * 7 % 725) + i % 24};
        Item one = item({i, names[static_cast<std::size_t>(i * i % 5 % 3)].c_str(), "road", "2023-01-01",
                         "2023-01-01", ChangeSize{i, i / 2, 1}});
        one.author.login = fmt::format("person-{}", i * i % 23);
        one.merged_at = merged;
        one.created_at = merged - std::chrono::hours{1 + i % 90};
        items.push_back(std::move(one));
    }
    harvest(store, days("2023-01-01", "2024-12-31"), items);
    return store;
}

Query of_2024(std::vector<Dimension> by, bool compare = false) {
    Query q = query(std::move(by));
    q.range = days("2024-01-01", "2024-12-31");
    q.now = at("2025-01-01");
    q.measures = usual_measures();
    q.usual = true;
    q.compare = compare;
    return q;
}

}  // namespace

TEST_CASE("Terminal tables fit 40, 80, 120 and 200 columns") {
    const cache::Store store = year_store();
    struct Sample {
        const char* name;
        Query query;
    };
    Query all = of_2024({}, true);
    all.measures = every_measure();
    const std::vector<Sample> samples = {
        {"totals-compared", all},
        {"months", of_2024({Dimension::month})},
        {"repositories", of_2024({Dimension::repository})},
        {"repositories-compared", of_2024({Dimension::repository}, true)},
        {"repositories-by-month", of_2024({Dimension::repository, Dimension::month})},
        {"weekdays-by-hour", of_2024({Dimension::weekday, Dimension::hour})}};
    for (const Sample& sample : samples) {
        const Report made = report(store, sample.query);
        for (const int columns : {40, 80, 120, 200}) {
            const std::string text = table_text(made, columns);
            const auto path = folder / fmt::format("{}-{}.txt", sample.name, columns);
            INFO(path.string());
            std::stringstream lines(text);
            for (std::string line; std::getline(lines, line);)
                CHECK(display_width(line) <= static_cast<std::size_t>(columns));
            if (std::getenv("HARVESTER_WRITE_GOLDEN") != nullptr) {
                std::filesystem::create_directories(folder);
                std::ofstream(path) << text;
            }
            CHECK(text == read(path));
        }
    }
}

TEST_CASE("Columns that don't fit are left out from the last to the first, and named") {
    const Report made = report(year_store(), of_2024({Dimension::repository}));
    CHECK_THAT(table_text(made, 50),
               Contains("Merged") && Contains("Not shown in 50 columns: ") && Contains("90 % within"));
    CHECK_THAT(table_text(made, 200), Contains("90 % within") && !Contains("Not shown"));
}

TEST_CASE("A calendar year is compared with the calendar year before, month by month") {
    const Report made = report(year_store(), of_2024({Dimension::month}, true));
    CHECK(*made.before == days("2023-01-01", "2023-12-31"));
    CHECK(made.rows.size() == 12);
    double before = 0;
    for (const Row& row : made.rows) before += (*row.before)[Measure::merged].value_or(0);
    CHECK(before == (*made.total.before)[Measure::merged]);
    CHECK(made.rows[1].keys[0] == "2024-02");
}

TEST_CASE("A month that isn't over, or is only partly in the range, is marked as such") {
    Query q = of_2024({Dimension::month});
    q.range = days("2024-01-10", "2024-12-31");
    q.now = at("2024-12-20");
    const Report made = report(year_store(), q);
    CHECK(made.rows.front().partial);
    CHECK_FALSE(made.rows[1].partial);
    CHECK(made.rows.back().partial);
}

TEST_CASE("A filter that names nothing in the cache is refused with the nearest name") {
    const cache::Store store = week_store();
    CHECK(check_filters(store, {{"Anvil", "acme/rocket"}, {"t-sky"}, {"ROAD"}, false}));
    const auto repository = check_filters(store, {{"anvli"}, {}, {}, false});
    REQUIRE_FALSE(repository);
    CHECK(repository.error().code == ExitCode::findings);
    CHECK_THAT(repository.error().message, Contains("--repo anvli") && Contains("did you mean anvil?"));
    CHECK_THAT(check_filters(store, {{}, {"T-skye"}, {}, false}).error().message, Contains("T-sky?"));
    CHECK_THAT(check_filters(store, {{}, {}, {"zzzzzz"}, false}).error().message,
               Contains("check the spelling"));
}
