#include "commands/learn.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "cache/store.h"
#include "catch.h"
#include "editorial/weights.h"

using namespace harvester;

namespace {

constexpr int weeks = 12;         // with an edition
constexpr int merged_weeks = 16;  // in the cache

// A folder of made-up issues, a cache of what was merged, and a profile; gone at the end.
struct Newsletter {
    std::filesystem::path folder;
    std::ostringstream out, err;
    std::istringstream in;
    Streams streams{in, out, err};
    VirtualClock clock{*parse_instant("2024-11-13T12:00:00Z")};
    cli::Context context;

    Newsletter()
        : folder(std::filesystem::temp_directory_path() / fmt::format("harvester-learn-{}", getpid())),
          context{{}, streams, clock, [](const char*) { return std::nullopt; }, folder} {
        std::filesystem::create_directories(folder / "content");
        write("tea.toml", R"toml(
name = "tea"
title = "This Week in Tea"
organisation = "teapot"
web = "https://example.org"
weights = "tea.tsv"
[issue]
weekday = "Wednesday"
first_date = "2022-01-05"
first_number = 1
window_first = -8
window_last = -1
[titles]
steps = ["trim"]
untitled = "(no title)"
[[document.layouts]]
from = "2020-01-01"
layout = "flat"
[editorial]
previous_run = "08:00"
[[editorial.drop]]
name = "spill"
reason = "Spills are wiped up elsewhere."
titles = ['^spill']
[[editorial.section]]
name = "Water"
[[editorial.repository]]
names = ["teapot/*"]
section = "Water"
[editorial.score]
features = ["lead"]
[editorial.published]
headings = ['^Tea merged']
[editorial.learn]
ridge = 0.1
)toml");
        write("tea.tsv", "feature\tweight\n");
        context.global.profile = (folder / "tea.toml").string();
        context.global.cache = (folder / "tea.db").string();
        std::vector<Item> items;
        std::int64_t number = 0;
        for (int week = 0; week < merged_weeks; ++week) {
            const Day date = *parse_day("2024-01-03") + std::chrono::days{7 * week};
            std::string list = "## Tea merged\n";
            for (const char* title : {"pour this", "dust that", "spill over"}) {
                Item item;
                item.repository = "teapot/kettle";
                item.number = ++number;
                item.id = fmt::format("K{}", number);
                item.url = fmt::format("https://example.org/teapot/kettle/pull/{}", number);
                item.title = title;
                item.state = ItemState::merged;
                item.merged_at = Instant{date - std::chrono::days{3}};
                if (item.title.starts_with("pour")) list += fmt::format("* [pour this]({})\n", item.url);
                items.push_back(std::move(item));
            }
            if (week < weeks) write("content/" + format_day(date) + "-tea.md", list);
        }
        auto store = cache::Store::open(context.global.cache, cache::OpenMode::read_write);
        REQUIRE(store);
        cache::Slice slice;
        slice.key = {"made up", {Instant{}, *parse_instant("2030-01-01T00:00:00Z")}, ""};
        slice.state = cache::SliceState::complete;
        slice.issue_count = slice.received = number;
        REQUIRE(store->commit_page(slice, items));
    }
    ~Newsletter() { std::filesystem::remove_all(folder); }

    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder / name, std::ios::binary) << text;
    }
    std::string read(const std::string& name) const {
        std::ifstream file(folder / name, std::ios::binary);
        std::ostringstream text;
        text << file.rdbuf();
        return text.str();
    }
    // The edition of a week, counted from 0, lists the pull request at `place` (1 to 3) of that week.
    void publish(int week, int place, const char* title) const {
        const Day date = *parse_day("2024-01-03") + std::chrono::days{7 * week};
        write("content/" + format_day(date) + "-tea.md",
              fmt::format("## Tea merged\n* [{}](https://example.org/teapot/kettle/pull/{})\n", title,
                          3 * week + place));
    }
    std::string update() {
        commands::LearnOptions chosen = options();
        chosen.output.clear();
        chosen.update = true;
        context.global.weights = (folder / "weights.tsv").string();
        const auto done = commands::run_learn(chosen, context);
        if (!done) FAIL(done.error().message);
        return read("weights.tsv");
    }
    commands::LearnOptions options() const {
        commands::LearnOptions options;
        options.published = folder.string();
        options.output = (folder / "learned.tsv").string();
        return options;
    }
};

}  // namespace

TEST_CASE("Learning finds what editors list, the same each time") {
    Newsletter tea;
    const auto done = commands::run_learn(tea.options(), tea.context);
    INFO((done ? std::string() : done.error().message));
    REQUIRE(done);
    CHECK(*done == ExitCode::done);
    const std::string learned = tea.read("learned.tsv");
    CHECK(learned.find("Editions 2024-01-03 to 2024-03-20: 12 editions, 24 candidates, 3 features.") !=
          std::string::npos);
    const auto weights = editorial::Weights::parse(learned, "learned.tsv");
    REQUIRE(weights);
    CHECK(weights->of("lead=pour") > 1);
    CHECK(weights->of("lead=dust") < -1);
    CHECK_FALSE(weights->find("lead=spill"));  // dropped, so never a candidate

    Newsletter again;
    REQUIRE(commands::run_learn(again.options(), again.context));
    CHECK(again.read("learned.tsv") == learned);
}

TEST_CASE("An evaluation predicts each edition from those before it") {
    Newsletter tea;
    // The last edition prints what nobody could expect, with another title, out of order.
    tea.write("content/2024-03-20-tea.md",
              "## Tea merged\n* [spilt](https://example.org/teapot/kettle/pull/36)\n"
              "* [dust that](https://example.org/teapot/kettle/pull/35)\n");
    auto options = tea.options();
    options.output.clear();
    options.evaluate = "2024-03-06..2024-03-20";
    const auto done = commands::run_learn(options, tea.context);
    INFO((done ? std::string() : done.error().message));
    REQUIRE(done);
    const std::string out = tea.out.str();
    INFO(out);
    CHECK(
        out.find(
            "2024-03-13       0       0       0       0       0       0       0       0       0       0\n") !=
        std::string::npos);
    CHECK(
        out.find(
            "2024-03-20       1       1       2       2       0       0       0       0       3       3\n") !=
        std::string::npos);
    CHECK(
        out.find(
            "mean          0.33    0.33    0.67    0.67    0.00    0.00    0.00    0.00    1.00    1.00\n") !=
        std::string::npos);
    options.repositories = {"garden"};
    tea.out.str("");
    REQUIRE(commands::run_learn(options, tea.context));
    CHECK(tea.out.str().find("mean          0.00    0.00") != std::string::npos);
}

TEST_CASE("What later editions print doesn't change how an earlier one is predicted") {
    const auto rows = [](const char* last) {
        Newsletter tea;
        tea.write("content/2024-03-20-tea.md", last);
        auto options = tea.options();
        options.output.clear();
        options.evaluate = "2024-03-06..2024-03-20";
        REQUIRE(commands::run_learn(options, tea.context));
        const std::string out = tea.out.str();
        return out.substr(0, out.find("2024-03-20"));
    };
    const std::string all = "## Tea merged\n* [a](https://example.org/teapot/kettle/pull/34)\n";
    CHECK(rows(all.c_str()) == rows("## Tea merged\n* [a](https://example.org/teapot/kettle/pull/35)\n"));
}

TEST_CASE("Files that are no edition are skipped with a warning") {
    Newsletter tea;
    tea.write("content/2024-05-01-broken.md", std::string("\xff\0](", 4));
    tea.write("content/README.md", "# no edition");
    REQUIRE(commands::run_learn(tea.options(), tea.context));
    CHECK(tea.err.str().find(
              "2024-05-01-broken.md:1: there is no heading of the list here; the file is skipped") !=
          std::string::npos);
}

TEST_CASE("Without enough to learn from, the message says what to do") {
    Newsletter tea;
    auto options = tea.options();
    options.until = "2024-01-17";
    const auto few = commands::run_learn(options, tea.context);
    REQUIRE_FALSE(few);
    CHECK(few.error().code == ExitCode::usage);
    CHECK(few.error().message.find("of 3 published editions, at least 5 are needed") != std::string::npos);
    options.published = (tea.folder / "nowhere").string();
    const auto nowhere = commands::run_learn(options, tea.context);
    REQUIRE_FALSE(nowhere);
    CHECK(nowhere.error().code == ExitCode::file);
    options = tea.options();
    for (const char* range : {"2024-03-06", "2024-03-06..", "soon..2024-03-06", "2030-01-01..2030-12-31"}) {
        INFO(range);
        options.evaluate = range;
        const auto refused = commands::run_learn(options, tea.context);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == ExitCode::usage);
        CHECK(refused.error().message.find("--evaluate") != std::string::npos);
    }
}

TEST_CASE("Two updates in the same week give the same files") {
    Newsletter tea;
    const std::string weights = tea.update(), log = tea.read("weights.log.tsv");
    CHECK(weights.find("# Newest edition: 2024-03-20\n") != std::string::npos);
    CHECK(log.find("2024-03-20\t0.0\t0\t0\t0\t0\n") != std::string::npos);
    CHECK(tea.update() == weights);
    CHECK(tea.read("weights.log.tsv") == log);
}

TEST_CASE("A month of nonsense editions changes nothing") {
    Newsletter tea;
    const std::string weights = tea.update();
    tea.publish(12, 1 - 3 * 12, "pour this");  // printed long ago
    tea.write("content/2024-04-03-tea.md", "no heading\n* [a](https://example.org/teapot/kettle/pull/40)\n");
    tea.write("content/2024-04-10-tea.md", std::string("\xff\0", 2));
    tea.write("content/2024-04-17-tea.md",
              "## Tea merged\n* [a](https://example.org/teapot/kettle/pull/9999)\n");
    CHECK(tea.update() == weights);
    CHECK(tea.err.str().find(
              "edition 2024-03-27 is left out: most of what it lists wasn't merged in its window") !=
          std::string::npos);
}

TEST_CASE("A change of habit is followed within four editions") {
    Newsletter tea;
    const auto before = editorial::Weights::parse(tea.update(), "weights.tsv");
    REQUIRE(before);
    CHECK(before->of("(bias)") + before->of("lead=dust") < 0);
    for (int week = weeks; week < merged_weeks; ++week) tea.publish(week, 2, "dust that");
    const auto after = editorial::Weights::parse(tea.update(), "weights.tsv");
    REQUIRE(after);
    CHECK(after->of("(bias)") + after->of("lead=dust") > 0);
    CHECK(after->of("(bias)") + after->of("lead=pour") < 0);
}
