// What the editor decided about the rows of a week, and what that makes of the report.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "edition/assemble.h"

namespace harvester::review {

// Empty members: nothing was decided, the program's suggestion holds.
struct Decided {
    std::optional<bool> listed;
    std::optional<std::string> title;    // inline Markdown
    std::optional<std::string> section;  // heading; of the merged list only
    std::optional<int> order;            // within the section, ascending
    bool empty() const { return !listed && !title && !section && !order; }
    bool operator==(const Decided&) const = default;
};

// By the id of the row, see interface.h.
using Decisions = std::map<std::string, Decided>;

std::string row_id(const std::string& part, const std::string& url);

// The report of the suggestion with what was picked and without what was rejected: the merge's new text.
// Titles, sections and order are as the program has them; what was decided about them is edited in the text
// (arrange.h), so that the merge remembers it as the editor's.
render::Report decided_report(const profile::Profile& profile, const edition::Assembly& assembly,
                              const Decisions& decisions);

// The program's order of two decisions within a section.
bool in_program_order(const profile::Profile& profile, Layout layout, const Decision& a, const Decision& b);

}  // namespace harvester::review
