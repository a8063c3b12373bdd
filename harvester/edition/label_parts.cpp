#include "edition/label_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "check/draft_lines.h"
#include "markdown/item_url.h"
#include "profile/calendar.h"
#include "render/selection.h"
#include "render/triage.h"

namespace harvester::edition {
namespace {

// What earlier editions list in each part: by what their runs remembered, and by the previous edition's file.
class EarlierLists {
  public:
    static Result<EarlierLists> read(const profile::Profile& profile, const cache::Store& store,
                                     const std::optional<EarlierIssue>& previous, const Edition& edition) {
        EarlierLists lists;
        const auto seen = store.seen_before(profile.name, edition.date, edition.date - memory_of_issues);
        if (!seen) return tl::unexpected(seen.error());
        for (const cache::SeenItem& item : *seen)
            if (const auto of = profile::edition_of(profile, item.issue); of && item.printed)
                lists.add(item.part, item.url, *of);
        if (!previous) return lists;
        const Edition before = profile::previous_edition(profile, edition);
        const check::DraftLines lines(previous->text, profile.publish);
        for (const check::Line& line : lines.lines)
            if (line.part != nullptr && line.is_item())
                for (const markdown::Link& link : line.links) lists.add(line.part->name, link.url, before);
        return lists;
    }

    const render::Printed& in(const std::string& part) { return parts_[part]; }

  private:
    std::map<std::string, render::Printed> parts_;

    void add(const std::string& part, std::string_view url, const Edition& edition) {
        Instant& until =
            parts_[part].try_emplace(markdown::link_key(url), edition.window.range().to).first->second;
        until = std::max(until, edition.window.range().to);
    }
};

Result<std::optional<std::string>> triage_of(const profile::Profile& profile, const cache::Store& store,
                                             Day date) {
    for (const profile::FilesPolicy& policy : profile.harvest.files) {
        const auto files = store.files(policy.repository);
        if (!files) return tl::unexpected(files.error());
        if (const RepositoryFile* report = render::newest_report(*files, date, profile.form.triage))
            if (std::string text = render::triage_text(*report, profile.web, profile.form.triage);
                !text.empty())
                return text;
    }
    return std::nullopt;
}

// The items that a part may list.
Result<std::vector<Item>> items_for(const profile::PartPolicy& part, const cache::Store& store,
                                    const Range& window) {
    switch (part.kind) {
        case profile::PartKind::labelled:
            return store.labelled(part.labels, window);
        case profile::PartKind::opened:
            return store.opened(window);
        case profile::PartKind::approved:
        case profile::PartKind::proposed:
            return store.pull_requests(part.repository, window);
        default:
            return std::vector<Item>{};
    }
}

}  // namespace

Result<std::vector<UngroupedItem>> ungrouped_items(const profile::Profile& profile, const cache::Store& store,
                                                   const Edition& edition) {
    std::vector<UngroupedItem> out;
    for (const profile::PartPolicy& part : profile.form.parts) {
        if (part.kind != profile::PartKind::labelled) continue;
        const auto items = store.labelled(part.labels, edition.window.range());
        if (!items) return tl::unexpected(items.error());
        for (Item& item : render::without_group(part, *items, edition, profile))
            if (profile.takes(item.repository)) out.push_back({part.name, std::move(item)});
    }
    return out;
}

std::string describe(const std::vector<UngroupedItem>& items) {
    constexpr std::size_t most = 10;
    std::string names;
    for (std::size_t i = 0; i < std::min(most, items.size()); ++i)
        names += fmt::format("{}{}#{} ({})", i == 0 ? "" : ", ", items[i].item.repository,
                             items[i].item.number, items[i].part);
    if (items.size() > most) names += fmt::format(" and {} more", items.size() - most);
    return items.empty() ? names
                         : fmt::format(
                               "items with a label of a part that has no group for their repository: {}; "
                               "list them by hand or add the groups to the profile",
                               names);
}

Result<void> fill_label_parts(const profile::Profile& profile, const cache::Store& store,
                              const std::optional<EarlierIssue>& previous, render::Report& report) {
    auto earlier = EarlierLists::read(profile, store, previous, report.issue);
    if (!earlier) return tl::unexpected(earlier.error());
    for (const profile::PartPolicy& policy : profile.form.parts) {
        if (policy.kind == profile::PartKind::merged) continue;
        render::Part& part = report.part(policy.name);
        if (policy.kind == profile::PartKind::report) {
            auto text = triage_of(profile, store, report.issue.date);
            if (!text) return tl::unexpected(text.error());
            part.text = std::move(*text);
            continue;
        }
        const auto items = items_for(policy, store, report.issue.window.range());
        if (!items) return tl::unexpected(items.error());
        part.sections = render::select_items(policy, *items, report.issue, report.layout,
                                             earlier->in(policy.name), profile);
        for (const render::Section& section : part.sections)
            part.count += static_cast<std::int64_t>(section.picks.size());
    }
    return {};
}

}  // namespace harvester::edition
