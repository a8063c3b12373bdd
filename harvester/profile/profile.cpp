#include "profile/profile.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>

#include "base/files.h"
#include "base/time.h"
#include "queries/embedded.h"

namespace harvester::profile {
namespace {

constexpr std::array<std::string_view, 7> weekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                      "Thursday", "Friday", "Saturday"};

void load_issue_calendar(const TomlTable& issue, Profile& profile) {
    const std::string weekday = issue.text("weekday");
    const auto found = std::find(weekdays.begin(), weekdays.end(), weekday);
    if (found == weekdays.end()) issue.refuse("weekday", "must be an English weekday, \"Wednesday\"");
    profile.weekday = static_cast<unsigned>(found - weekdays.begin());
    const auto first = parse_day(issue.text("first_date"));
    if (!first) issue.refuse("first_date", "must be a day, \"2022-01-05\"");
    if (std::chrono::weekday{*first}.c_encoding() != profile.weekday)
        issue.refuse("first_date", fmt::format("must be a {}", weekday));
    profile.first_issue = *first;
    profile.first_number = static_cast<int>(issue.integer("first_number"));
    profile.window_first = static_cast<int>(issue.integer("window_first"));
    profile.window_last = static_cast<int>(issue.integer("window_last"));
    if (profile.window_first > profile.window_last || profile.window_last > 0 || profile.window_first < -366)
        issue.refuse("window_first", "must not be after window_last, both 0 or less and at most a year back");
}

// A profile that cannot be read is a wrong option.
Result<std::string> read_profile_file(const std::filesystem::path& path) {
    return read_file(path).map_error([](Failure failure) {
        failure.code = ExitCode::usage;
        return failure;
    });
}

}  // namespace

Result<Profile> parse_profile(std::string_view toml, const std::string& name, std::string weights) {
    try {
        const TomlTable root = TomlTable::parse(toml, name);
        Profile profile;
        profile.name = root.text("name");
        profile.title = root.text("title");
        profile.organisation = root.text("organisation");
        profile.web = root.text("web");
        if (!profile.web.starts_with("https://")) root.refuse("web", "must start with https://");
        profile.weights_file = root.text("weights", "");
        load_issue_calendar(root.table("issue"), profile);
        profile.harvest = load_harvest_policy(root);
        profile.editorial = load_editorial_policy(root);
        profile.titles = load_title_policy(root);
        profile.form = load_form_policy(root);
        profile.check = load_check_policy(root);
        profile.publish = load_publish_policy(root);
        profile.stats = load_stats_policy(root);
        profile.weights = std::move(weights);
        root.check_all_read();
        return profile;
    } catch (const ProfileError& error) {
        return fail(ExitCode::usage, error.message);
    }
}

Result<Profile> load_profile(const std::string& path) {
    constexpr const char* default_name = "twir.toml";
    if (path.empty()) {
        auto profile = parse_profile(queries::embedded(default_name), default_name, "");
        if (profile) profile->weights = queries::embedded(profile->weights_file);
        return profile;
    }
    const auto text = read_profile_file(path);
    if (!text) return tl::unexpected(text.error());
    auto profile = parse_profile(*text, path, "");
    if (!profile || profile->weights_file.empty()) return profile;
    auto weights = read_profile_file(std::filesystem::path(path).parent_path() / profile->weights_file);
    if (!weights) return tl::unexpected(weights.error());
    profile->weights = std::move(*weights);
    return profile;
}

}  // namespace harvester::profile
