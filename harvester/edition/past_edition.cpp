#include "edition/past_edition.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <unordered_set>

#include "edition/report_marks.h"

namespace harvester::edition {

std::string item_key(const std::string& repository, std::int64_t number) {
    return fmt::format("{}#{}", repository, number);
}

Result<PublishedFolder> read_published_folder(const profile::Profile& profile,
                                              const std::filesystem::path& folder) {
    std::error_code error;
    const auto content = folder / "content";
    const auto where = std::filesystem::is_directory(content, error) ? content : folder;
    std::vector<std::filesystem::path> paths;
    for (std::filesystem::directory_iterator entry(where, error), end; !error && entry != end;
         entry.increment(error))
        if (entry->path().extension() == ".md" && parse_day(entry->path().filename().string().substr(0, 10)))
            paths.push_back(entry->path());
    std::sort(paths.begin(), paths.end());
    if (error || paths.empty())
        return fail(
            ExitCode::file,
            fmt::format("{}: no published editions there (files named like 2024-11-13-....md); name the "
                        "content folder of the newsletter's checkout with --published",
                        where.string()));
    PublishedFolder out;
    for (const auto& path : paths) {
        std::ifstream in(path, std::ios::binary);
        std::ostringstream text;
        if (!in || !(text << in.rdbuf())) {
            out.oddities.push_back(
                fmt::format("{}: cannot be read; it is skipped", path.filename().string()));
            continue;
        }
        auto issue = draft::read_published_issue(profile, text.str(), path.filename().string());
        out.oddities.insert(out.oddities.end(), issue.oddities.begin(), issue.oddities.end());
        if (!issue.items.empty())
            out.editions.emplace_back(*parse_day(path.filename().string().substr(0, 10)), std::move(issue));
    }
    return out;
}

Result<std::vector<PastEdition>> past_editions(const profile::Profile& profile, const cache::Store& store,
                                               const PublishedFolder& published, Day from, Day until) {
    const auto reports = ReportMarks::read(profile, store);
    if (!reports) return tl::unexpected(reports.error());
    std::vector<PastEdition> out;
    std::unordered_set<std::string> before;
    for (const auto& [date, edition] : published.editions) {
        if (from <= date && date <= until) {
            PastEdition past;
            past.printed = edition.items;
            past.context.explained = false;
            past.context.marks = reports->of(profile, date);
            past.context.issue = {date,
                                  0,
                                  {date + std::chrono::days{profile.window_first},
                                   date + std::chrono::days{profile.window_last}}};
            const bool headed = std::any_of(edition.items.begin(), edition.items.end(),
                                            [](const auto& item) { return !item.heading.empty(); });
            past.context.layout = headed ? Layout::sections : Layout::flat;
            // The list was closed on the window's last day at the time at which the next one begins.
            auto merged =
                store.merged({past.context.issue.window.first,
                              Instant{past.context.issue.window.last} + profile.editorial.previous_run});
            if (!merged) return tl::unexpected(merged.error());
            past.merged = std::move(*merged);
            for (const Item& item : past.merged)
                if (before.contains(item_key(item.repository, item.number)))
                    past.context.seen.insert(item.url);
            if (!past.merged.empty()) out.push_back(std::move(past));
        }
        for (const draft::PublishedItem& item : edition.items)
            before.insert(item_key(item.repository, item.number));
    }
    return out;
}

}  // namespace harvester::edition
