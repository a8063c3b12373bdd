// The command `stats` on a made-up cache file: what options ask, what is refused, and what is said beside.
#include "commands/stats.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "cache/store.h"
#include "catch.h"
#include "profile/profile.h"

using namespace harvester;
using namespace harvester::commands;
using Catch::Matchers::Contains;
using Json = nlohmann::json;

namespace {

struct Ran {
    Result<ExitCode> code;
    std::string out, err;
};

// Four merges in November 2024; December was never asked for.
class Acme {
  public:
    Acme() {
        const auto profile = profile::load_profile("");
        REQUIRE(profile);
        organisation_ = profile->organisation;
        auto store = cache::Store::open(path_, cache::OpenMode::read_write);
        REQUIRE(store);
        const Range month{parse_day("2024-11-01").value(), parse_day("2024-12-01").value()};
        const std::vector<Item> items = {
            merged(1, "anvil", "wile", "2024-11-05"), merged(2, "anvil", "road", "2024-11-06"),
            merged(3, "rocket", "wile", "2024-11-12"), merged(4, "anvil", "wile", "2024-11-20")};
        const auto done = store->commit_page(
            {{profile->stats.search, month, ""}, cache::SliceState::complete, 4, 4, "", month.to}, items);
        REQUIRE(done);
    }
    ~Acme() {
        for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path_.string() + suffix);
    }
    Acme(const Acme&) = delete;
    Acme& operator=(const Acme&) = delete;

    Ran run(const StatsOptions& options) const {
        std::istringstream in;
        std::ostringstream out, err;
        Streams streams{in, out, err};
        VirtualClock clock{parse_instant("2025-01-10T00:00:00Z").value()};
        cli::GlobalOptions global;
        global.cache = path_.string();
        cli::Context context{global, streams, clock, [](const char*) { return std::nullopt; }, "."};
        auto code = run_stats(options, context);
        return {std::move(code), out.str(), err.str()};
    }

    std::string name(const std::string& repository) const { return organisation_ + "/" + repository; }

  private:
    Item merged(int number, const std::string& repository, const std::string& author, const char* day) const {
        Item item;
        item.id = fmt::format("PR_{}", number);
        item.repository = name(repository);
        item.number = number;
        item.title = "Change";
        item.url = fmt::format("https://github.com/{}/pull/{}", item.repository, number);
        item.state = ItemState::merged;
        item.author = {author, ActorKind::user};
        item.merged_at = item.closed_at = item.updated_at = parse_day(day).value() + Seconds{3600};
        item.created_at = parse_day(day).value();
        item.size = ChangeSize{1, 1, 1};
        return item;
    }

    std::filesystem::path path_ = std::filesystem::temp_directory_path() /
                                  fmt::format("harvester-stats-command-{}.db", std::random_device{}());
    std::string organisation_;
};

StatsOptions asked(const char* from, const char* to, const char* format = "json") {
    StatsOptions options;
    options.period.from = from;
    options.period.to = to;
    options.format = format;
    return options;
}

const std::vector<std::string> formats = {"table", "markdown", "csv", "json", "svg", "html"};

}  // namespace

TEST_CASE("A complete range is counted in every format, and nothing is said beside") {
    const Acme acme;
    for (const std::string& format : formats) {
        const Ran ran = acme.run(asked("2024-11-01", "2024-11-30", format.c_str()));
        INFO(format << ran.err);
        REQUIRE(ran.code);
        CHECK(*ran.code == ExitCode::done);
        CHECK(ran.err.empty());
        CHECK_FALSE(ran.out.empty());
    }
}

TEST_CASE("What is missing of a range is in every format, and on stderr where that is for machines") {
    const Acme acme;
    for (const std::string& format : formats) {
        const Ran ran = acme.run(asked("2024-11-01", "2024-12-02", format.c_str()));
        INFO(format);
        REQUIRE(ran.code);
        // A table ends with it.
        if (format == "table")
            CHECK(ran.err.empty());
        else
            CHECK_THAT(ran.err, Contains("warning: Not complete: ") && Contains("2024-12-01"));
        CHECK_THAT(ran.out, Contains("2024-12-01"));
    }
    StatsOptions compared = asked("2024-11-01", "2024-11-30");
    compared.compare = true;
    CHECK_THAT(acme.run(compared).err, Contains("warning: The range before is not complete: "));
}

TEST_CASE("Two groupings, the top and the order are taken as asked") {
    const Acme acme;
    StatsOptions options = asked("2024-11-01", "2024-11-30");
    options.by = {"repo", "author"};
    Json json = Json::parse(acme.run(options).out);
    REQUIRE(json["rows"].size() == 3);
    CHECK(json["rows"][0]["key"] == Json({{"repo", acme.name("anvil")}, {"author", "wile"}}));
    CHECK(json["rows"][0]["values"]["merged"] == 2);
    options.top = 1;
    json = Json::parse(acme.run(options).out);
    CHECK(json["rows"].size() == 1);
    CHECK(json["rows_left_out"] == 2);
    CHECK(json["total"]["values"]["merged"] == 4);
    options.top = 0;  // all
    options.sort = "key:desc";
    json = Json::parse(acme.run(options).out);
    REQUIRE(json["rows"].size() == 3);
    CHECK(json["rows"][0]["key"]["repo"] == acme.name("rocket"));
}

TEST_CASE("Comparing sets the range of the same length before beside") {
    const Acme acme;
    StatsOptions options = asked("2024-11-11", "2024-11-20");
    options.compare = true;
    const Json json = Json::parse(acme.run(options).out);
    CHECK(json["compared_with"]["from"] == "2024-11-01T00:00:00Z");
    CHECK(json["total"]["values"]["merged"] == 2);
    CHECK(json["total"]["before"]["merged"] == 2);
    CHECK(json["total"]["change"]["merged"] == 0);
}

TEST_CASE("An issue is its window of eight days, and in Markdown a summary to publish") {
    const Acme acme;
    StatsOptions options;
    options.period.issue = "2024-11-13";
    options.format = "json";
    const Json json = Json::parse(acme.run(options).out);
    CHECK(json["from"] == "2024-11-05T00:00:00Z");
    CHECK(json["to"] == "2024-11-13T00:00:00Z");
    CHECK(json["total"]["values"]["merged"] == 3);
    options.format = "markdown";
    const Ran summary = acme.run(options);
    CHECK_THAT(summary.out, Contains("3 pull requests") && Contains("2024-11-05"));
    options.by = {"repo"};
    CHECK_THAT(acme.run(options).out,
               Contains("Merged pull requests by repository") && Contains("issue 573"));
}

TEST_CASE("A month or a year is all its days, and without an end the range goes on to today") {
    const Acme acme;
    const auto range = [&](const char* from, const char* to) {
        const Json json = Json::parse(acme.run(asked(from, to)).out);
        return json["from"].get<std::string>().substr(0, 10) + " " +
               json["to"].get<std::string>().substr(0, 10);
    };
    CHECK(range("2024-11", "2024-11") == "2024-11-01 2024-12-01");
    CHECK(range("2023", "2024") == "2023-01-01 2025-01-01");
    CHECK(range("2024-12-30", "2025") == "2024-12-30 2026-01-01");
    CHECK(range("2024", "") == "2024-01-01 2025-01-11");
    for (const auto& [from, to] :
         {std::pair{"", "2024"}, {"2024-13", ""}, {"24", ""}, {"2025-02", ""}, {"2024-12", "2024-11"}}) {
        INFO(from << " " << to);
        const Ran ran = acme.run(asked(from, to));
        REQUIRE_FALSE(ran.code);
        CHECK(ran.code.error().code == ExitCode::usage);
    }
}

TEST_CASE("Without a range the last edition whose window is over is counted") {
    const Json json = Json::parse(Acme().run(asked("", "")).out);
    CHECK(json["issue"]["date"] == "2025-01-08");
    CHECK(json["to"] == "2025-01-08T00:00:00Z");
}

TEST_CASE("A filter that names nothing in the cache is refused with exit code 1") {
    StatsOptions options = asked("2024-11-01", "2024-11-30");
    options.repositories = {"anvli"};
    const Ran ran = Acme().run(options);
    REQUIRE_FALSE(ran.code);
    CHECK(ran.code.error().code == ExitCode::findings);
    CHECK_THAT(ran.code.error().message, Contains("--repo anvli") && Contains("anvil"));
    CHECK(ran.out.empty());
}

TEST_CASE("Final comment periods that nobody asked for are unknown, not zero") {
    const Acme acme;
    CHECK(Json::parse(acme.run(asked("2024-11-01", "2024-11-30")).out)["final_comment_periods"].is_null());
    StatsOptions options = asked("2024-11-01", "2024-11-30", "csv");
    options.measures = {"merged"};
    CHECK(acme.run(options).out ==
          "merged,fcp_started,fcp_open,fcp_outcomes,complete,missing\r\n4,,,,yes,\r\n");
}

TEST_CASE("Columns that say nothing are left out unless they are asked for") {
    const Acme acme;
    StatsOptions options = asked("2024-11-01", "2024-11-30", "table");
    options.by = {"author"};
    options.no_bots = true;
    CHECK_THAT(acme.run(options).out, !Contains("Authors") && !Contains("By bots"));
    options.measures = {"authors", "by_bots"};
    CHECK_THAT(acme.run(options).out, Contains("Authors") && Contains("By bots"));
}

TEST_CASE("Wrong groupings, measures and orders are refused by the option's name, with nothing on stdout") {
    const Acme acme;
    const auto refused = [&](const StatsOptions& options, const std::string& option) {
        const Ran ran = acme.run(options);
        INFO(option);
        REQUIRE_FALSE(ran.code);
        CHECK(ran.code.error().code == ExitCode::usage);
        CHECK_THAT(ran.code.error().message, Contains(option));
        CHECK(ran.out.empty());
    };
    StatsOptions options = asked("2024-11-01", "2024-11-30");
    options.by = {"planet"};
    refused(options, "--by planet");
    options.by = {"repo", "week", "day"};
    refused(options, "--by");
    options.by = {"repo", "repo"};
    refused(options, "--by");
    options.by.clear();
    options.sort = "speed";
    refused(options, "--sort speed");
    options.sort.clear();
    options.measures = {"speed"};
    refused(options, "--measures speed");
}

TEST_CASE("Without a cache the sentence names the file, and none is made") {
    StatsOptions options = asked("2024-11-01", "2024-11-30");
    std::istringstream in;
    std::ostringstream out, err;
    Streams streams{in, out, err};
    VirtualClock clock{Instant{}};
    cli::GlobalOptions global;
    global.cache = "/nonexistent/harvester.db";
    cli::Context context{global, streams, clock, [](const char*) { return std::nullopt; }, "."};
    const auto code = run_stats(options, context);
    REQUIRE_FALSE(code);
    CHECK(code.error().code == ExitCode::file);
    CHECK_THAT(code.error().message, Contains("/nonexistent/harvester.db"));
}
