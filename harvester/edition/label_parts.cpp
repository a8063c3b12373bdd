#include "edition/label_parts.h"

#include "draft/draft_file.h"
#include "render/selection.h"
#include "render/triage.h"
#include "markdown/link_line.h"

namespace harvester::edition {
namespace {

// URLs of the list lines of one part of an earlier issue; none when it has no such part.
render::Printed printed_in(const profile::Profile& profile, const std::optional<EarlierIssue>& previous, const std::string& part) {
    render::Printed urls;
    if (!previous) return urls;
    const auto draft = draft::DraftFile::parse(previous->text, profile.publish, previous->name);
    const draft::PartPlace* place = draft ? draft->find(part) : nullptr;
    if (place == nullptr) return urls;
    std::string_view rest = draft->body(*place);
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (const auto link = markdown::parse_link_line(line)) urls.emplace(link->url);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return urls;
}

Result<std::optional<std::string>> triage_of(const profile::Profile& profile, const cache::Store& store, Day date) {
    for (const profile::FilesPolicy& policy : profile.harvest.files) {
        const auto files = store.files(policy.repository);
        if (!files) return tl::unexpected(files.error());
        if (const RepositoryFile* report = render::newest_report(*files, date, profile.form.triage))
            if (std::string text = render::triage_text(*report, profile.web, profile.form.triage); !text.empty()) return text;
    }
    return std::nullopt;
}

// The items that a part may list.
Result<std::vector<Item>> items_for(const profile::PartPolicy& part, const cache::Store& store, const Range& window) {
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

Result<void> fill_label_parts(const profile::Profile& profile, const cache::Store& store,
                              const std::optional<EarlierIssue>& previous, render::Report& report) {
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
                                             printed_in(profile, previous, policy.name), profile);
        for (const render::Section& section : part.sections)
            part.count += static_cast<std::int64_t>(section.picks.size());
    }
    return {};
}

}  // namespace harvester::edition
