#include <algorithm>
#include <array>
#include <set>

#include "profile/harvest_policy.h"

namespace harvester::profile {
namespace {

// How often `part` stands in `text`.
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

Axis axis_of(const TomlTable& table, std::string_view text) {
    constexpr std::array<std::pair<std::string_view, Axis>, 3> axes = {{{"merged:{range}", Axis::merged},
                                                                        {"created:{range}", Axis::created},
                                                                        {"updated:{range}", Axis::updated}}};
    for (const auto& [word, axis] : axes)
        if (has_word(text, word) && count(text, "{range}") == 1) return axis;
    table.refuse("text", "must hold one of merged:{range}, created:{range}, updated:{range}, once");
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

int hours(const TomlTable& table) {
    const auto value = table.integer("overlap_hours", 12);
    if (value < 0 || value > 24 * 31) table.refuse("overlap_hours", "must be from 0 to 744");
    return static_cast<int>(value);
}

SearchPolicy load_search(const TomlTable& table) {
    constexpr std::array<std::pair<std::string_view, Reading>, 3> readings = {
        {{"merged", Reading::merged}, {"labelled", Reading::labelled}, {"paths", Reading::paths}}};
    SearchPolicy search;
    search.name = table.text("name");
    if (search.name.empty() || search.name.find(':') != std::string::npos)
        table.refuse("name", "must not be empty nor hold a colon");
    const std::string reading = table.text("reading");
    const auto found =
        std::find_if(readings.begin(), readings.end(), [&](const auto& r) { return r.first == reading; });
    if (found == readings.end()) table.refuse("reading", "must be \"merged\", \"labelled\" or \"paths\"");
    search.reading = found->second;
    search.text = table.text("text");
    search.repository = table.text("repository", "");
    if (!search.repository.empty()) check_repository(table, search.repository);
    search.labels = table.texts("labels");
    search.axis = axis_of(table, search.text);
    check_text(table, search);
    search.issues = has_word(search.text, "is:issue");
    if (search.issues && search.reading != Reading::labelled)
        table.refuse("reading", "must be \"labelled\" when the text holds is:issue");
    search.expected_per_day = table.number("expected_per_day", 1.0);
    if (!(search.expected_per_day >= 0)) table.refuse("expected_per_day", "must be 0 or more");
    search.longest_days = static_cast<int>(table.integer("longest_days", 0));
    search.overlap_hours = hours(table);
    return search;
}

FilesPolicy load_files(const TomlTable& table) {
    FilesPolicy files;
    files.name = table.text("name");
    if (files.name.empty() || files.name.find(':') != std::string::npos)
        table.refuse("name", "must not be empty nor hold a colon");
    files.repository = table.text("repository");
    check_repository(table, files.repository);
    files.folders = table.texts("folders");
    if (files.folders.empty() || files.folders.size() > 2)
        table.refuse("folders", "must be one or two folders, \"reports/{year}\"");
    files.file = table.text("file");
    if (count(files.file, "{date}") != 1) table.refuse("file", "must hold {date} once");
    files.days = static_cast<int>(table.integer("days", 7));
    if (files.days < 1 || files.days > 366) table.refuse("days", "must be from 1 to 366");
    files.open_pull_requests = table.boolean("open_pull_requests", false);
    files.overlap_hours = hours(table);
    return files;
}

}  // namespace

HarvestPolicy load_harvest_policy(const TomlTable& root) {
    HarvestPolicy policy;
    const TomlTable harvest = root.table("harvest");
    std::set<std::string> names;
    for (const TomlTable& table : harvest.tables("search")) {
        policy.searches.push_back(load_search(table));
        if (!names.insert(policy.searches.back().name).second)
            table.refuse("name", "is another search's name");
    }
    for (const TomlTable& table : harvest.tables("files")) {
        policy.files.push_back(load_files(table));
        if (!names.insert(policy.files.back().name).second) table.refuse("name", "is another search's name");
    }
    return policy;
}

}  // namespace harvester::profile
