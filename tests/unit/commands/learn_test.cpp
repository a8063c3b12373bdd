#include "commands/learn.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "cache/store.h"
#include "catch.h"
#include "edition/learn_data.h"

using namespace harvester;

namespace {

constexpr int weeks = 12;

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
held_back = 3
folds = 3
)toml");
        write("tea.tsv", "feature\tweight\n");
        context.global.profile = (folder / "tea.toml").string();
        context.global.cache = (folder / "tea.db").string();
        std::vector<Item> items;
        std::int64_t number = 0;
        for (int week = 0; week < weeks; ++week) {
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
                if (item.title.starts_with("pour")) list += fmt::format("* [x]({})\n", item.url);
                items.push_back(std::move(item));
            }
            write("content/" + format_day(date) + "-tea.md", list);
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
    commands::LearnOptions options() const {
        commands::LearnOptions options;
        options.published = folder.string();
        options.output = (folder / "learned.tsv").string();
        return options;
    }
};

}  // namespace

TEST_CASE("learn finds what editors list and measures it on the held-back tail") {
    Newsletter tea;
    const auto done = commands::run_learn(tea.options(), tea.context);
    INFO((done ? std::string() : done.error().message));
    REQUIRE(done);
    CHECK(*done == ExitCode::done);
    const std::string learned = tea.read("learned.tsv");
    CHECK(learned.find("Issues 2024-01-03 to 2024-03-20: 12 issues, 24 candidates, 3 features.") !=
          std::string::npos);
    const auto weights = editorial::Weights::parse(learned, "learned.tsv");
    REQUIRE(weights);
    CHECK(weights->of("lead=pour") > 1);
    CHECK(weights->of("lead=dust") < -1);
    CHECK_FALSE(weights->find("lead=spill"));  // dropped, so never a candidate
    // Three issues of the tail, each with one right line; keeping all would cost two deletions.
    CHECK(tea.out.str().find("2024-03-20                        3        1       1       1     1.000  1.000  "
                             "1.000     0.0    1.0    2.0") != std::string::npos);

    Newsletter again;
    REQUIRE(commands::run_learn(again.options(), again.context));
    CHECK(again.read("learned.tsv") == learned);
    CHECK(again.out.str() == tea.out.str());
}

TEST_CASE("learn skips files that are no issue and says so") {
    Newsletter tea;
    tea.write("content/2024-05-01-broken.md", std::string("\xff\0](", 4));
    tea.write("content/README.md", "# no issue");
    REQUIRE(commands::run_learn(tea.options(), tea.context));
    CHECK(tea.err.str().find(
              "2024-05-01-broken.md:1: there is no heading of the list here; the file is skipped") !=
          std::string::npos);
}

TEST_CASE("learn without enough to learn from says what to do") {
    Newsletter tea;
    auto options = tea.options();
    options.until = "2024-01-17";
    const auto few = commands::run_learn(options, tea.context);
    REQUIRE_FALSE(few);
    CHECK(few.error().code == ExitCode::usage);
    CHECK(few.error().message.find("of 3 published issues, at least 6 are needed") != std::string::npos);
    options.published = (tea.folder / "nowhere").string();
    const auto nowhere = commands::run_learn(options, tea.context);
    REQUIRE_FALSE(nowhere);
    CHECK(nowhere.error().code == ExitCode::file);
}
