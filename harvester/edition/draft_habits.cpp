#include "edition/draft_habits.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/text.h"
#include "markdown/item_url.h"
#include "markdown/link_line.h"

namespace harvester::edition {

editorial::TitleHabits draft_habits(const profile::Profile& profile, Layout layout, Day edition,
                                    std::string_view body, std::span<const DraftLine> written,
                                    std::span<const Decision> decisions) {
    std::unordered_map<std::string, const Item*> item_of;
    for (const Decision& decision : decisions)
        item_of.emplace(markdown::link_key(decision.item.url), &decision.item);
    std::unordered_map<std::string, std::string> title_of;
    for (const DraftLine& line : written)
        if (const auto link = markdown::parse_link_line(line.written))
            title_of.emplace(line.key, link->title);

    std::vector<editorial::TitleLine> lines;
    std::string section;
    while (!body.empty()) {
        const std::string_view line = body.substr(0, body.find('\n'));
        body.remove_prefix(std::min(line.size() + 1, body.size()));
        if (line.starts_with("####"))
            section = layout == Layout::sections ? std::string(trim(line, "# \t\r")) : "";
        const auto link = markdown::parse_link_line(trim(line, "\r"));
        if (!link) continue;
        const std::string key = markdown::link_key(link->url);
        const auto item = item_of.find(key);
        const auto before = title_of.find(key);
        if (item == item_of.end() || before == title_of.end()) continue;
        lines.push_back({item->second->repository, section, item->second->title, std::string(link->title),
                         link->title != before->second});
    }
    return {profile.titles, layout, edition, lines};
}

std::vector<std::string> follow_habits(const profile::Profile& profile, std::string_view body,
                                       std::span<const DraftLine> written, Assembly& assembly) {
    render::Report& report = assembly.report;
    const Day date = report.issue.date;
    const auto habits = draft_habits(profile, report.layout, date, body, written, assembly.decisions);
    if (habits.empty()) return {};
    const auto notes = habits.notes(profile.titles, report.layout, date, assembly.decisions);
    std::unordered_map<std::string, std::string> title_of;  // by URL
    for (Decision& decision : assembly.decisions) {
        if (decision.title.empty()) continue;
        const editorial::TitleInput input{decision.item.repository, decision.section, decision.item.title,
                                          report.layout, date};
        profile::TitleSettings settings = editorial::title_settings(profile.titles, input);
        habits.apply(profile.titles, input, settings);
        decision.title = editorial::format_title(profile.titles, settings, decision.item.title).markdown;
        title_of.emplace(decision.item.url, decision.title);
    }
    const auto retitle = [&](std::vector<render::Entry>& entries) {
        for (render::Entry& entry : entries)
            if (const auto found = title_of.find(entry.url); found != title_of.end())
                entry.title = found->second;
    };
    for (render::Part& part : report.parts)
        for (render::Section& section : part.sections) {
            retitle(section.picks);
            retitle(section.others);
        }
    return notes;
}

}  // namespace harvester::edition
