// How a performance triage report becomes the text of an issue; the keys are described in queries/twir.toml.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "profile/toml_table.h"

namespace harvester::profile {

// What one triager does with a report.
struct TriageStyle {
    std::string triager;           // login; empty: everybody else
    Day from{};                    // of the first report in this style
    bool drops_table = false;      // the summary table, with the label above it
    bool collapses_blank = false;  // several blank lines become one
    bool links_branch = false;     // the full report is linked on the default branch, else at its commit
    std::string after_link;        // "." or nothing
};

struct TriagePolicy {
    int days = 7;                          // a report of the date or at most days - 1 before it
    std::string triager_before;            // the login follows these words in the report
    std::string table_label;               // the line above a table that goes with it
    std::string link = "[{path}]({url})";  // of the full report: {path}, {url}
    std::size_t revision_digits = 8;  // to which a whole commit id in the text of a revision range is cut
    bool number_bare_links = false;   // https://.../pull/1 in prose becomes [#1](https://.../pull/1)
    std::vector<TriageStyle> styles;

    // The newest style of a login, letters' case aside, for a report of that day.
    const TriageStyle& style(std::string_view triager, Day day) const;
};

// Reads the tables of this part from the root of a profile.
TriagePolicy load_triage_policy(const TomlTable& root);

}  // namespace harvester::profile
