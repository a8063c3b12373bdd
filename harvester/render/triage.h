// The performance triage report of a week, as its triager would put it into the issue.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model.h"
#include "profile/triage_policy.h"

namespace harvester::render {

// The day in a report's file name, "triage/2025/2025-12-16.md"; nullopt when the name isn't a day.
std::optional<Day> report_day(const RepositoryFile& file);

// The newest report dated in (date - policy.days, date]; one of an open pull request only when there is no
// other. Points into `files`; null when there is none.
const RepositoryFile* newest_report(const std::vector<RepositoryFile>& files, Day date,
                                    const profile::TriagePolicy& policy);

// The text of the section, without its heading and without a line break at the end: everything
// between the title of the report and its next heading, in the style of its triager, with a link to the
// report. `web` is the host of the links, "https://github.com". What could swallow the rest of a draft, an
// open comment or code fence, is closed; empty when the report says nothing before its first heading.
std::string triage_text(const RepositoryFile& report, const std::string& web,
                        const profile::TriagePolicy& policy);

}  // namespace harvester::render
