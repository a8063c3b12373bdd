#include "profile/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/files.h"
#include "queries/embedded.h"

namespace harvester::profile {
namespace {

constexpr const char* default_profile = "twir";
// Before the names of embedded files in messages: beside them lies nothing.
constexpr std::string_view built_in = "built-in ";
constexpr int deepest_chain = 8;  // of profiles that extend each other

const std::vector<std::string> weekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                           "Thursday", "Friday", "Saturday"};

void load_calendar(const TomlTable& issue, Profile& profile) {
    std::string weekday = weekdays[profile.weekday];
    issue.read("weekday", weekday);
    const auto found = std::find(weekdays.begin(), weekdays.end(), weekday);
    if (found == weekdays.end()) issue.refuse_word("weekday", weekday, weekdays);
    else profile.weekday = static_cast<unsigned>(found - weekdays.begin());
    issue.require("first_date", profile.first_issue);
    if (issue.has("first_date") && std::chrono::weekday{profile.first_issue}.c_encoding() != profile.weekday)
        issue.refuse("first_date", fmt::format("must be a {}", weekdays[profile.weekday]));
    issue.read("first_number", profile.first_number, 0, 1'000'000);
    issue.read("window_first", profile.window_first, -366, 0);
    issue.read("window_last", profile.window_last, -366, 0);
    if (profile.window_first > profile.window_last)
        issue.refuse("window_first", "must not be after window_last");
}

// A profile that cannot be read is a wrong option.
Result<std::string> read_profile_file(const std::filesystem::path& path) {
    return read_file(path).map_error([](Failure failure) {
        failure.code = ExitCode::usage;
        return failure;
    });
}

bool is_built_in(const Place& place) {
    return place.file && place.file->starts_with(built_in);
}

// The profile that `name` means in a file called `file`.
Result<ProfileSource> find_base(const std::string& name, const std::string& file) {
    if (const auto text = queries::embedded(name + ".toml"); !text.empty())
        return ProfileSource{fmt::format("{}{}.toml", built_in, name), std::string(text)};
    if (!name.ends_with(".toml") || file.starts_with(built_in))
        return fail(ExitCode::usage,
                    fmt::format("there is no profile \"{}\"; name an embedded one, \"twir\", or a file, "
                                "\"mine.toml\"", name));
    const auto path = std::filesystem::path(file).parent_path() / name;
    return read_profile_file(path).map([&](std::string text) { return ProfileSource{path.string(), std::move(text)}; });
}

// The profile laid over those that it extends.
TomlValue with_bases(TomlValue own, int depth, std::vector<Problem>& problems) {
    const TomlValue* extends = own.find("extends");
    const auto* name = extends == nullptr ? nullptr : std::get_if<std::string>(&extends->data);
    if (name == nullptr) return own;
    if (depth == deepest_chain) {
        problems.push_back({extends->place, "extends: this chain of profiles is too long or has no end"});
        return own;
    }
    const auto base = find_base(*name, *own.place.file);
    if (!base) {
        problems.push_back({extends->place, "extends: " + base.error().message});
        return own;
    }
    auto tree = parse_toml(base->text, base->name);
    if (!tree) {
        problems.push_back(tree.error());
        return own;
    }
    return merge_toml(with_bases(std::move(*tree), depth + 1, problems), own);
}

Failure failure_of(const std::vector<Problem>& problems, const std::string& name) {
    std::string message = problems.front().sentence();
    if (problems.size() > 1)
        message += fmt::format(" (and {} more; `harvester profile check {}` lists them)", problems.size() - 1, name);
    return {ExitCode::usage, std::move(message)};
}

void load(const TomlTable& root, Profile& profile) {
    std::string extends;
    root.read("extends", extends);
    root.require("name", profile.name);
    profile.title = profile.name;
    root.read("title", profile.title);
    root.require("organisation", profile.organisation);
    root.read("web", profile.web);
    if (!profile.web.starts_with("https://")) root.refuse("web", "must start with https://");
    root.read("weights", profile.weights_file);
    load_calendar(root.table("issue"), profile);
    profile.harvest = load_harvest_policy(root);
    profile.editorial = load_editorial_policy(root);
    profile.titles = load_title_policy(root);
    profile.form = load_form_policy(root, profile.organisation);
    profile.check = load_check_policy(root);
    profile.publish = load_publish_policy(root);
    profile.stats = load_stats_policy(root);
}

}  // namespace

ProfileReading read_profile(std::string_view toml, const std::string& name) {
    std::vector<Problem> problems;
    auto own = parse_toml(toml, name);
    if (!own) return {{}, {own.error()}, TomlTable(TomlValue{own.error().place, TomlFields{}})};
    // The cache remembers by name what a newsletter has seen: two newsletters must not share one.
    if (own->find("name") == nullptr) {
        const Place& place = own->place;
        std::get<TomlFields>(own->data)
            .push_back({"name", place, {place, std::filesystem::path(name).stem().string()}});
    }
    ProfileReading reading{{}, {}, TomlTable(with_bases(std::move(*own), 0, problems))};
    load(reading.table, reading.profile);
    reading.problems = reading.table.problems();
    reading.problems.insert(reading.problems.begin(), problems.begin(), problems.end());
    return reading;
}

Result<ProfileSource> find_profile(const std::string& path) {
    const std::string name = path.empty() ? default_profile : path;
    std::error_code error;
    if (const auto text = queries::embedded(name + ".toml");
        !text.empty() && (path.empty() || !std::filesystem::exists(path, error)))
        return ProfileSource{fmt::format("{}{}.toml", built_in, name), std::string(text)};
    return read_profile_file(path).map([&](std::string text) { return ProfileSource{path, std::move(text)}; });
}

Result<std::string> find_weights(const ProfileReading& reading) {
    const std::string& file = reading.profile.weights_file;
    if (file.empty()) return std::string();
    const Place& place = *reading.table.place_of("weights");
    const auto path = std::filesystem::path(*place.file).parent_path() / file;
    std::error_code error;
    if (!is_built_in(place) && std::filesystem::exists(path, error)) return read_profile_file(path);
    if (const auto text = queries::embedded(file); !text.empty()) return std::string(text);
    return fail(ExitCode::usage,
                fmt::format("{}: weights: there is no {}; write it with `harvester learn`, or leave the key out",
                            place.text(), path.string()));
}

Result<Profile> parse_profile(std::string_view toml, const std::string& name, std::string weights) {
    ProfileReading reading = read_profile(toml, name);
    if (!reading.problems.empty()) return tl::unexpected(failure_of(reading.problems, name));
    reading.profile.weights = std::move(weights);
    return std::move(reading.profile);
}

Result<Profile> load_profile(const std::string& path) {
    const auto source = find_profile(path);
    if (!source) return tl::unexpected(source.error());
    ProfileReading reading = read_profile(source->text, source->name);
    if (!reading.problems.empty()) return tl::unexpected(failure_of(reading.problems, source->name));
    auto weights = find_weights(reading);
    if (!weights) return tl::unexpected(weights.error());
    reading.profile.weights = std::move(*weights);
    return std::move(reading.profile);
}

}  // namespace harvester::profile
