// The whole way of a title: order and settings from the profile, sort key, steps told, limits.
#include "editorial/title.h"

#include "catch.h"
#include "profile/profile.h"

using namespace harvester;
using editorial::format_title;
using editorial::TitleInput;

namespace {

profile::TitlePolicy policy(const std::string& toml) {
    return profile::load_title_policy(profile::TomlTable::parse(toml, "titles.toml"));
}

const std::string small = R"toml(
[titles]
steps = ["trim", "lower_first", "lower_lead", "drop_type", "add_prefix"]
max_length = 20
untitled = "(nothing)"
[[titles.rule]]
drop_types = ["fix"]
[[titles.rule]]
layout = "flat"
repository = "kettle"
prefix = "kettle: "
[[titles.rule]]
section = ["Cups", "Lids"]
drop_types = []
[[titles.rule]]
since = "2024-02-07"
until = "2024-02-14"
drop_types = ["feat"]
)toml";

std::string formatted(const TitleInput& input) {
    return format_title(policy(small), input).markdown;
}

}  // namespace

TEST_CASE("Rules apply by layout, repository, section and date, later ones over earlier ones") {
    CHECK(formatted({"kettle", "", "fix: Boil.", Layout::sections, {}}) == "boil");
    CHECK(formatted({"kettle", "", "fix: Boil.", Layout::flat, {}}) == "kettle: boil");
    CHECK(formatted({"teapot/kettle", "", "fix: Boil.", Layout::flat, {}}) == "kettle: boil");
    CHECK(formatted({"cup", "", "fix: Boil.", Layout::flat, {}}) == "boil");
    CHECK(formatted({"kettle", "Cups", "fix: Boil.", Layout::sections, {}}) == "fix: boil");
    CHECK(formatted({"kettle", "", "fix: Boil.", Layout::sections, parse_day("2024-02-07")}) == "fix: boil");
    CHECK(formatted({"kettle", "", "feat: Boil.", Layout::sections, parse_day("2024-02-14")}) == "boil");
    CHECK(formatted({"kettle", "", "fix: Boil.", Layout::sections, parse_day("2024-02-21")}) == "boil");
}

TEST_CASE("The order of the steps is data: another order gives another title") {
    const auto with = [](const std::string& steps) {
        const std::string text =
            "[titles]\nsteps = [" + steps + "]\n[[titles.rule]]\ndrop_types = [\"fix\"]\n";
        return format_title(policy(text), {"kettle", "", "fix: Boil", Layout::sections, {}}).markdown;
    };
    CHECK(with("\"drop_type\", \"lower_first\"") == "boil");
    CHECK(with("\"lower_first\", \"drop_type\"") == "Boil");
    CHECK(with("") == "fix: Boil");
}

TEST_CASE("The sort key is the title before its type is gone and its prefix has come") {
    const auto title = format_title(policy(small), {"kettle", "", "fix(lid): Boil.", Layout::flat, {}});
    CHECK(title.sort_key == "`fix(lid)`: Boil");
}

TEST_CASE("The steps that changed something are reported in order, from the title as it came") {
    const auto title = format_title(policy(small), {"kettle", "", "fix: Boil <b>.", Layout::flat, {}});
    CHECK(title.steps == std::vector<TitleStep>{{"raw", "fix: Boil <b>."},
                                                {"trim", "fix: Boil <b>"},
                                                {"lower_lead", "fix: boil <b>"},
                                                {"drop_type", "boil <b>"},
                                                {"add_prefix", "kettle: boil <b>"},
                                                {"escape", title.markdown}});
}

TEST_CASE("A title with nothing to read is reported") {
    for (const char* raw : {"", "   ", ".", "\x01\x02", "\xE2\x80\xAE"}) {
        INFO(raw);
        CHECK(formatted({"kettle", "", raw, Layout::flat, {}}) == "kettle: (nothing)");
        CHECK(formatted({"kettle", "", raw, Layout::sections, {}}) == "(nothing)");
    }
}

TEST_CASE("A long title is cut at a space and ends with an ellipsis") {
    CHECK(formatted({"", "", "one two three four five", Layout::sections, {}}) == "one two three four…");
    CHECK(formatted({"", "", "exactly 20 characters", Layout::sections, {}}) == "exactly 20…");
    CHECK(formatted({"", "", "just 20 characters !", Layout::sections, {}}) == "just 20 characters !");
    CHECK(formatted({"", "", std::string(10'000, 'x'), Layout::sections, {}}) == std::string(19, 'x') + "…");
    std::string wide;
    for (int i = 0; i < 50; ++i) wide += "茶";
    std::string cut;
    for (int i = 0; i < 19; ++i) cut += "茶";
    CHECK(formatted({"", "", wide, Layout::sections, {}}) == cut + "…");
}

TEST_CASE("The newsletter's own profile prints titles as its editors do") {
    const auto profile = profile::load_profile("");
    REQUIRE(profile);
    struct Row {
        const char *repository, *section, *raw, *printed;
    };
    for (const Row& row : std::initializer_list<Row>{
             {"rust-lang/rust-analyzer", "Rust-Analyzer", "fix: Boil tea_pot in Pot<T>.",
              "boil `tea_pot` in `Pot<T>`"},
             {"rust-clippy", "Clippy", "fix(tea_pot): FP on struct",
              "`tea_pot`: fix false positive on `struct`"},
             {"rust-clippy", "Clippy", "[`tea_pot`]: Don't boil", "`tea_pot`: Don't boil"},
             {"cargo", "Cargo", "feat(brew): Add --hot", "`brew`: Add --hot"},
             {"rust", "Rustdoc", "[rustdoc] Show tea", "Show tea"},
             {"rust", "Library", "std: brew tea", "brew tea"},
             {"cargo", "Cargo", "cargo: Brew tea", "brew tea"},
             {"rust-clippy", "Clippy", "Fix `tea_pot` should not boil", "`tea_pot` should not boil"},
             {"rust-analyzer", "Rust-Analyzer", "feature: Brew tea", "brew tea"},
             {"rust", "Library", "Support enum variants in offset_of!",
              "support `enum` variants in `offset_of!`"},
             {"rust", "Library", "Added [T; N]::zip()", "added `[T; N]::zip()`"},
             {"rust", "Compiler", "Fix `foo in bar_baz", "fix `foo` in `bar_baz`"},
             {"rust", "Compiler", "[..] in slice patterns", "[..] in slice patterns"},
             {"rust", "Compiler", "[beta 1.90] Brew tea", "Brew tea"},
             {"miri", "Compiler", "Brew tea", "miri: brew tea"},
             {"miri", "Miri", "Brew tea", "brew tea"}}) {
        INFO(row.raw);
        CHECK(format_title(profile->titles, {row.repository, row.section, row.raw, Layout::sections, {}})
                  .markdown == row.printed);
    }
    CHECK(format_title(profile->titles, {"cargo", "", "fix(toml): Brew", Layout::flat, {}}).markdown ==
          "cargo toml: Brew");
    CHECK(format_title(profile->titles, {"rust-clippy", "", "Brew [`tea`]", Layout::flat, {}}).markdown ==
          "clippy: brew `tea`");
}
