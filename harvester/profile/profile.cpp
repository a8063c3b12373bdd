#include "profile/profile.h"

#include <fmt/format.h>

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>

#include "base/files.h"
#include "queries/embedded.h"

namespace harvester::profile {
namespace {

constexpr const char* default_profile = "twir";
// Before the names of embedded files in messages: beside them lies nothing.
constexpr std::string_view built_in = "built-in ";
constexpr int deepest_chain = 8;  // of profiles that extend each other

constexpr auto weekdays = std::to_array<std::pair<std::string_view, unsigned>>({{"Sunday", 0},
                                                                                {"Monday", 1},
                                                                                {"Tuesday", 2},
                                                                                {"Wednesday", 3},
                                                                                {"Thursday", 4},
                                                                                {"Friday", 5},
                                                                                {"Saturday", 6}});
constexpr auto rhythms = std::to_array<std::pair<std::string_view, Rhythm>>(
    {{"week", Rhythm::weekly}, {"two weeks", Rhythm::fortnightly}, {"month", Rhythm::monthly}});

void load_calendar(const TomlTable& issue, Profile& profile) {
    issue.read("every", profile.rhythm, rhythms);
    issue.read("weekday", profile.weekday, weekdays);
    const bool monthly = profile.rhythm == Rhythm::monthly;
    // Without a date the numbers count from the first such day of this year.
    profile.first_issue = Day{std::chrono::January / 1 / 2024};
    if (!monthly)
        profile.first_issue +=
            std::chrono::weekday{profile.weekday} - std::chrono::weekday{profile.first_issue};
    issue.read("first_date", profile.first_issue);
    const std::chrono::weekday weekday{profile.first_issue};
    if (!monthly && weekday.c_encoding() != profile.weekday)
        issue.refuse("first_date", fmt::format("must be a {}", word_of(profile.weekday, weekdays)));
    if (monthly && std::chrono::year_month_day{profile.first_issue}.day() > std::chrono::day{28})
        issue.refuse("first_date", "must be one of the first 28 days of a month, which each month has");
    issue.read("first_number", profile.first_number, 0, 1'000'000);
    std::optional<int> window_first;
    issue.read("window_first", window_first, -366, 0);
    profile.window_follows = !window_first;
    profile.window_first = window_first.value_or(profile.window_first);
    issue.read("window_last", profile.window_last, -366, 0);
    if (!profile.window_follows && profile.window_first > profile.window_last)
        issue.refuse("window_first", "must not be after window_last");
}

bool is_owner(const std::string& name) {
    return !name.empty() && name.find_first_of("/: \"") == std::string::npos;
}

void load_places(const TomlTable& root, Profile& profile) {
    std::vector<std::string> organisations, users;
    root.read("organisation", profile.organisation);
    root.read("organisations", organisations);
    root.read("users", users);
    root.read("repositories", profile.repositories);
    if (!profile.organisation.empty()) organisations.insert(organisations.begin(), profile.organisation);
    const auto check = [&](std::string_view key, const std::vector<std::string>& names) {
        if (!std::all_of(names.begin(), names.end(), is_owner))
            root.refuse(key, "must be a name, \"rust-lang\"");
    };
    check(profile.organisation.empty() ? "organisations" : "organisation", organisations);
    check("users", users);
    for (const std::string& name : profile.repositories) {
        const auto slash = name.find('/');
        if (slash == std::string::npos || !is_owner(name.substr(0, slash)) ||
            !is_owner(name.substr(slash + 1)))
            root.refuse("repositories", "must be a list of OWNER/NAME");
    }
    std::vector<std::string> places;
    for (const std::string& name : organisations) places.push_back("org:" + name);
    for (const std::string& name : users) places.push_back("user:" + name);
    for (const std::string& name : profile.repositories) places.push_back("repo:" + name);
    profile.owners = organisations;
    profile.owners.insert(profile.owners.end(), users.begin(), users.end());
    if (places.empty())
        return root.refuse("organisation", "is missing here; name an organisation, users or repositories");
    if (profile.organisation.empty())
        profile.organisation = profile.owners.empty() ? profile.repositories.front().substr(
                                                            0, profile.repositories.front().find('/'))
                                                      : profile.owners.front();
    profile.harvest.places = std::move(places);
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
                                "\"mine.toml\"",
                                name));
    const auto path = std::filesystem::path(file).parent_path() / name;
    return read_profile_file(path).map([&](std::string text) {
        return ProfileSource{path.string(), std::move(text)};
    });
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
        message +=
            fmt::format(" (and {} more; `harvester profile check {}` lists them)", problems.size() - 1, name);
    return {ExitCode::usage, std::move(message)};
}

// The words of the first heading of a form: "What's new" of "## What's new\n...".
std::string heading_of(const PartForm& form) {
    for (const std::string& block : form.blocks) {
        const auto begin = block.starts_with('#') ? block.find_first_not_of("# ") : std::string::npos;
        if (begin != std::string::npos) return block.substr(begin, block.find('\n', begin) - begin);
    }
    return {};
}

// What follows from the parts where the profile doesn't say it: where a draft has them, and what `check`
// expects.
void complete_parts(const TomlTable& root, Profile& profile) {
    const bool lists = root.table("check").has("lists"), merged = root.table("check").has("merged");
    std::string headings, sections;  // patterns
    for (const PartPolicy& part : profile.form.parts) {
        const bool is_merged = part.kind == PartKind::merged;
        if (!lists && part.kind != PartKind::report) profile.check.lists.push_back(part.name);
        if (!merged && (is_merged || part.kind == PartKind::approved))
            profile.check.merged.push_back(part.name);
        const std::string heading = heading_of(part.form);
        if (profile.publish.find_part(part.name) == nullptr && !heading.empty())
            profile.publish.parts.push_back(
                {part.name, {heading}, {}, {}, part.kind == PartKind::report, is_merged && headings.empty()});
        if (is_merged && !heading.empty())
            headings += (headings.empty() ? "^(" : "|") + re2::RE2::QuoteMeta(heading);
    }
    for (const SectionPolicy& section : profile.editorial.sections)
        sections += (sections.empty() ? "^(" : "|") + re2::RE2::QuoteMeta(section.name);
    PublishedPolicy& published = profile.editorial.published;
    if (published.headings.empty() && !headings.empty())
        published.headings.add(root, "part", headings + ")$");
    if (published.sections.empty() && !sections.empty())
        published.sections.add(root, "editorial", sections + ")$");
    if (profile.stats.search.empty() && !profile.harvest.searches.empty())
        profile.stats.search = profile.harvest.searches.front().name;
}

// A search of several places is one search for each: what is complete is known of each.
void expand_places(Profile& profile) {
    const std::vector<std::string>& places = profile.harvest.places;
    std::vector<SearchPolicy> searches;
    for (const SearchPolicy& search : profile.harvest.searches) {
        searches.push_back(search);
        if (!search.repository.empty()) continue;
        for (const std::string& place : places) {
            if (&place != places.data()) {
                searches.push_back(search);
                searches.back().name += " in " + place.substr(place.find(':') + 1);
                if (search.name == profile.stats.search)
                    profile.stats.further_searches.push_back(searches.back().name);
            }
            searches.back().place = place;
            if (place.starts_with("repo:")) searches.back().repository = place.substr(5);
        }
    }
    profile.harvest.searches = std::move(searches);
}

void load(const TomlTable& root, Profile& profile) {
    std::string extends;
    root.read("extends", extends);
    root.require("name", profile.name);
    profile.title = profile.name;
    root.read("title", profile.title);
    profile.harvest = load_harvest_policy(root);
    load_places(root, profile);
    root.read("web", profile.web);
    if (!profile.web.starts_with("https://")) root.refuse("web", "must start with https://");
    root.read("weights", profile.weights_file);
    load_calendar(root.table("issue"), profile);
    profile.editorial = load_editorial_policy(root);
    profile.titles = load_title_policy(root);
    profile.form = load_form_policy(root, profile.organisation);
    profile.check = load_check_policy(root);
    profile.publish = load_publish_policy(root);
    profile.stats = load_stats_policy(root);
    complete_parts(root, profile);
    expand_places(profile);
}

bool same_name(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

bool Profile::takes(std::string_view repository) const {
    const std::string_view owner = repository.substr(0, repository.find('/'));
    // A profile that is made by hand, in a test, may name its organisation only.
    return (owners.empty() && repositories.empty() && same_name(owner, organisation)) ||
           std::any_of(owners.begin(), owners.end(),
                       [&](const std::string& o) { return same_name(o, owner); }) ||
           std::any_of(repositories.begin(), repositories.end(),
                       [&](const std::string& r) { return same_name(r, repository); });
}

ProfileReading read_profile(std::string_view toml, const std::string& name) {
    std::vector<Problem> problems;
    auto own = parse_toml(toml, name);
    if (!own) return {{}, {own.error()}, TomlTable(TomlValue{own.error().place, TomlFields{}})};
    // The cache remembers by name what a newsletter has seen: two newsletters must not share one.
    if (own->find("name") == nullptr) {
        const Place& place = own->place;
        std::get<TomlFields>(own->data).push_back(
            {"name", place, {place, std::filesystem::path(name).stem().string()}});
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
    return read_profile_file(path).map([&](std::string text) {
        return ProfileSource{path, std::move(text)};
    });
}

Result<std::string> find_weights(const ProfileReading& reading) {
    const std::string& file = reading.profile.weights_file;
    if (file.empty()) return std::string();
    const Place& place = *reading.table.place_of("weights");
    const auto path = std::filesystem::path(*place.file).parent_path() / file;
    std::error_code error;
    if (!is_built_in(place) && std::filesystem::exists(path, error)) return read_profile_file(path);
    if (const auto text = queries::embedded(file); !text.empty()) return std::string(text);
    return fail(
        ExitCode::usage,
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
