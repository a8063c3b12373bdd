// Writes sample charts, pages and tables of a made-up history into the folder given: stats_samples FOLDER.
// Some of its names try to break out of the formats.
#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>

#include "cache/store.h"
#include "profile/profile.h"
#include "stats/format/chart.h"
#include "stats/format/formats.h"

namespace {

using namespace harvester;

template <class T>
T need(Result<T> result) {
    if (result) return std::move(*result);
    std::cerr << result.error().message << '\n';
    std::exit(1);
}

const std::vector<std::string> repositories = {"anvil",
                                               "rocket",
                                               "spring-shoes",
                                               "a-repository-with-quite-a-long-name",
                                               "日本語",
                                               "<script>alert(1)</script>",
                                               "]]>&\"'\x01\xFF",
                                               "\xE2\x80\xAEgnp.exe",
                                               "tnt",
                                               "birdseed"};
const std::vector<std::string> labels = {"T-desert", "T-sky",   "=1+1", "T-<b onmouseover=alert(1)>",
                                         "A-speed",  "T-canyon"};

// Two and a half years, fewer merges on weekends and more every month; nothing of the middle of 2024 was
// harvested.
void fill(cache::Store& store, const std::string& organisation) {
    std::mt19937 random(11);
    const auto uneven = [&](std::size_t n) {
        const double u = std::uniform_real_distribution<double>(0, 1)(random);
        return static_cast<std::size_t>(static_cast<double>(n) * u * u);
    };
    std::vector<Item> items;
    const Day first = parse_day("2022-07-01").value(), last = parse_day("2024-12-31").value();
    for (Day day = first; day <= last; day += std::chrono::days{1}) {
        if (day >= parse_day("2024-06-10").value() && day <= parse_day("2024-06-20").value()) continue;
        const auto weekday = std::chrono::weekday{day};
        const auto age = static_cast<std::size_t>((day - first).count());
        const std::size_t count =
            (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday ? 3 : 9) + age / 90 +
            uneven(6);
        for (std::size_t i = 0; i < count; ++i) {
            Item item;
            item.id = fmt::format("PR_{}", items.size());
            item.repository = organisation + "/" + repositories[uneven(repositories.size())];
            item.number = static_cast<std::int64_t>(items.size());
            item.title = items.size() % 40 == 0 ? "Rollup of 5 pull requests" : "Change";
            item.url = "https://github.com/x";
            item.state = ItemState::merged;
            item.author = {fmt::format("person-{}", uneven(90)),
                           uneven(8) == 7 ? ActorKind::bot : ActorKind::user};
            item.merged_at = day + Seconds{static_cast<int>(uneven(86400))};
            item.created_at = *item.merged_at -
                              Seconds{600 + static_cast<int>(uneven(20)) * static_cast<int>(uneven(90000))};
            item.labels = {labels[uneven(labels.size())]};
            item.size = ChangeSize{static_cast<std::int64_t>(uneven(1200)),
                                   static_cast<std::int64_t>(uneven(500)), 3};
            items.push_back(std::move(item));
        }
    }
    const auto commit = [&](const char* from, const char* to) {
        const Range range{parse_day(from).value(), parse_day(to).value()};
        std::vector<Item> part;
        for (const Item& item : items)
            if (range.contains(*item.merged_at)) part.push_back(item);
        const auto count = static_cast<std::int64_t>(part.size());
        need(store.commit_page(
            {{"merged", range, ""}, cache::SliceState::complete, count, count, "", range.to}, part));
    };
    commit("2022-07-01", "2024-06-10");
    commit("2024-06-21", "2025-01-01");
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const std::filesystem::path folder = argv[1];
    auto profile = need(profile::load_profile(""));
    auto store = need(cache::Store::open(":memory:", cache::OpenMode::read_write));
    fill(store, profile.organisation);

    using stats::Dimension;
    using stats::Measure;
    const auto ask = [&](std::vector<Dimension> by, std::vector<Measure> measures, const char* from,
                         const char* to, bool compare) {
        stats::Query query;
        query.range = {parse_day(from).value(), parse_day(to).value() + std::chrono::days{1}};
        query.by = std::move(by);
        query.measures = std::move(measures);
        query.compare = compare;
        query.now = parse_instant("2025-01-01T00:00:00Z").value();
        return need(stats::make_report(store, profile, query));
    };
    const auto write = [&](const std::string& name, const std::string& text) {
        std::ofstream(folder / name, std::ios::binary) << text;
    };
    const auto usual = stats::usual_measures();
    const auto both = [&](const std::string& name, const stats::Report& report) {
        write(name + ".svg", stats::chart_svg(stats::chart_data(report), {}));
        write(name + "-narrow.svg", stats::chart_svg(stats::chart_data(report), {400, true, "chart"}));
        write(name + ".csv", stats::csv_text(report));
    };
    both("weeks", ask({Dimension::week}, usual, "2024-01-01", "2024-12-31", true));
    both("repositories", ask({Dimension::repository}, usual, "2024-01-01", "2024-12-31", true));
    both("repositories-by-month",
         ask({Dimension::repository, Dimension::month}, usual, "2023-01-01", "2024-12-31", false));
    both("days", ask({Dimension::day}, usual, "2022-07-01", "2024-12-31", false));
    both("median-by-team-and-month",
         ask({Dimension::team, Dimension::month}, {Measure::time_median}, "2024-01-01", "2024-12-31", false));
    both("labels-by-repository",
         ask({Dimension::label, Dimension::repository}, usual, "2024-11-01", "2024-12-31", false));
    both("hours", ask({Dimension::hour}, {Measure::additions}, "2024-01-01", "2024-12-31", false));
    both("weekdays-by-hour",
         ask({Dimension::weekday, Dimension::hour}, usual, "2024-01-01", "2024-12-31", false));
    both("months-of-years",
         ask({Dimension::month, Dimension::year}, usual, "2022-07-01", "2024-12-31", false));
    both("time-to-merge", ask({Dimension::month}, {Measure::time_median, Measure::time_p90}, "2023-01-10",
                              "2024-12-31", false));
    both("authors-by-month",
         ask({Dimension::author, Dimension::month}, usual, "2024-01-01", "2024-12-31", false));
    both("nothing", ask({Dimension::repository}, usual, "2020-01-01", "2020-01-31", false));

    std::vector<stats::Report> reports = {ask({}, stats::every_measure(), "2024-01-01", "2024-12-31", true)};
    for (const Dimension d :
         {Dimension::week, Dimension::repository, Dimension::team, Dimension::size, Dimension::weekday})
        reports.push_back(ask({d}, usual, "2024-01-01", "2024-12-31", true));
    reports.push_back(ask({Dimension::weekday, Dimension::hour}, usual, "2024-01-01", "2024-12-31", false));
    write("page.html", stats::html_page(reports));
    write("nothing.html",
          stats::html_page(std::vector{ask({}, stats::every_measure(), "2020-01-01", "2020-01-31", false)}));
    return 0;
}
