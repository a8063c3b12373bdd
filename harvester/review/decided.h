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

// The report that the program writes when the editor's decisions hold. In a section whose order was decided, lines
// without a decided order go where the program's order puts them.
// `headings`: of the merged list, in its order.
render::Report decided_report(const profile::Profile& profile, const edition::Assembly& assembly,
                              const Decisions& decisions, const std::vector<std::string>& headings);

}  // namespace harvester::review
