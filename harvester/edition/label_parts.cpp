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

}  // namespace

Result<void> fill_label_parts(const profile::Profile& profile, const cache::Store& store,
                              const std::optional<EarlierIssue>& previous, render::Report& report) {
    const profile::SelectPolicy& select = profile.form.select;
    const Range window = report.issue.window.range();

    const auto fcp = store.labelled(select.fcp.labels, window);
    if (!fcp) return tl::unexpected(fcp.error());
    report.final_comment_period = render::final_comment_period(*fcp, report.issue, report.layout, profile);

    const auto testing = store.labelled(select.testing.labels, window);
    if (!testing) return tl::unexpected(testing.error());
    report.testing = render::calls_for_testing(*testing, report.issue, report.layout, profile);

    const auto proposals = store.pull_requests(select.proposals.repository, window);
    if (!proposals) return tl::unexpected(proposals.error());
    report.approved = render::approved_proposals(*proposals, report.issue, printed_in(profile, previous, "approved"), profile);
    report.new_rfcs = render::new_proposals(*proposals, report.issue, report.layout, printed_in(profile, previous, "rfcs"), profile);

    auto triage = triage_of(profile, store, report.issue.date);
    if (!triage) return tl::unexpected(triage.error());
    report.triage = std::move(*triage);
    return {};
}

}  // namespace harvester::edition
