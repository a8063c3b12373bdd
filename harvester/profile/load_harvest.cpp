#include <algorithm>
#include <array>
#include <set>

#include "profile/harvest_policy.h"

namespace harvester::profile {
namespace {

// How often `part` occurs in `text`.
std::size_t count(std::string_view text, std::string_view part) {
    std::size_t times = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size()))
        ++times;
    return times;
}

bool has_word(std::string_view text, std::string_view word) {
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const auto end = at + word.size();
        if ((at == 0 || text[at - 1] == ' ') && (end == text.size() || text[end] == ' ')) return true;
    }
    return false;
}

constexpr auto axes = std::to_array<std::pair<std::string_view, Axis>>({{"merged:{range}", Axis::merged},
                                                                        {"created:{range}", Axis::created},
                                                                        {"updated:{range}", Axis::updated}});

constexpr auto readings = std::to_array<std::pair<std::string_view, Reading>>(
    {{"merged", Reading::merged}, {"labelled", Reading::labelled}, {"paths", Reading::paths}});

Axis axis_of(const TomlTable& table, std::string_view text) {
    for (const auto& [word, axis] : axes)
        if (has_word(text, word) && count(text, "{range}") == 1) return axis;
    table.refuse("text", "must hold one of merged:{range}, created:{range}, updated:{range}, once");
    return Axis::merged;
}

// Only what both of GitHub's search engines read the same way.
void check_text(const TomlTable& table, const SearchPolicy& search) {
    const std::string_view text = search.text;
    if (has_word(text, "is:pr") == has_word(text, "is:issue"))
        table.refuse("text", "must hold is:pr or is:issue, one of them");
    if (count(text, "{place}") != 1)
        table.refuse("text", "must hold {place} once; it becomes org:... or repo:...");
    if (count(text, "org:") + count(text, "repo:") + count(text, "user:") > 0)
        table.refuse("text", "must not name org:, repo: or user: itself; {place} does");
    if (!has_word(text, "sort:created-asc"))
        table.refuse("text", "must hold sort:created-asc, an order that doesn't change");
    if (!has_word(text, "is:public"))
        table.refuse("text", "must hold is:public, so that nothing private gets into a draft");
    for (const std::string_view word : {"AND", "OR", "NOT"})
        if (has_word(text, word)) table.refuse("text", "must not hold AND, OR or NOT");
    if ((count(text, "{labels}") == 1) != !search.labels.empty())
        table.refuse("text", "must hold {labels} once when `labels` is given, else not at all");
    for (const std::string& label : search.labels)
        if (label.empty() || label.find('"') != std::string::npos)
            table.refuse("labels", "must not be empty nor hold quotes");
}

void check_repository(const TomlTable& table, const std::string& name) {
    const auto slash = name.find('/');
    if (slash == std::string::npos || slash == 0 || slash + 1 == name.size() ||
        name.find('/', slash + 1) != std::string::npos || name.find(' ') != std::string::npos)
        table.refuse("repository", "must be OWNER/NAME");
}

// A name of the ledger ends at its first colon.
void require_name(const TomlTable& table, std::string& name, std::set<std::string>& names) {
    table.require("name", name);
    if (name.empty() || name.find(':') != std::string::npos)
        table.refuse("name", "must not be empty nor hold a colon");
    if (!names.insert(name).second) table.refuse("name", "is another search's name");
}

SearchPolicy load_search(const TomlTable& table, std::set<std::string>& names) {
    SearchPolicy search;
    require_name(table, search.name, names);
    table.read("reading", search.reading, readings);
    table.require("text", search.text);
    table.read("repository", search.repository);
    if (!search.repository.empty()) check_repository(table, search.repository);
    table.read("labels", search.labels);
    if (table.has("text")) {
        search.axis = axis_of(table, search.text);
        check_text(table, search);
    }
    search.issues = has_word(search.text, "is:issue");
    if (search.issues && search.reading != Reading::labelled)
        table.refuse("reading", "must be \"labelled\" when the text holds is:issue");
    table.read("expected_per_day", search.expected_per_day, 0);
    table.read("longest_days", search.longest_days, 0, 100'000);
    table.read("overlap_hours", search.overlap_hours, 0, 24 * 31);
    return search;
}

FilesPolicy load_files(const TomlTable& table, std::set<std::string>& names) {
    FilesPolicy files;
    require_name(table, files.name, names);
    table.require("repository", files.repository);
    check_repository(table, files.repository);
    table.require("folders", files.folders);
    if (files.folders.empty() || files.folders.size() > 2)
        table.refuse("folders", "must be one or two folders, \"reports/{year}\"");
    table.require("file", files.file);
    if (count(files.file, "{date}") != 1) table.refuse("file", "must hold {date} once");
    table.read("days", files.days, 1, 366);
    table.read("open_pull_requests", files.open_pull_requests);
    table.read("overlap_hours", files.overlap_hours, 0, 24 * 31);
    return files;
}

}  // namespace

HarvestPolicy load_harvest_policy(const TomlTable& root) {
    HarvestPolicy policy;
    const TomlTable harvest = root.table("harvest");
    harvest.read("second_sources", policy.second_sources);
    if (policy.second_sources.size() > 3)
        harvest.refuse("second_sources", "must name at most three repositories");
    std::set<std::string> names;
    for (const TomlTable& table : harvest.tables("search"))
        policy.searches.push_back(load_search(table, names));
    if (policy.searches.empty()) {
        SearchPolicy& merged = policy.searches.emplace_back();
        merged.name = "merged";
        merged.text = "is:pr is:public is:merged {place} merged:{range} sort:created-asc";
    }
    for (const TomlTable& table : harvest.tables("files")) policy.files.push_back(load_files(table, names));
    return policy;
}

}  // namespace harvester::profile
