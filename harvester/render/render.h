// A report in the newsletter's form.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "profile/form_policy.h"
#include "render/report.h"

namespace harvester::render {

struct RenderOptions {
    std::vector<std::string> parts;  // names of parts; empty: all
    bool all = false;                // candidates left out too, in a comment after each section
};

// One part of an issue as it is in a draft: from its first heading to its last line, with one line break
// at the end.
struct PartText {
    std::string part;  // "fcp"
    std::string text;
    bool operator==(const PartText&) const = default;
};

// The parts in the order of an issue. The form is the one of the report's layout and date.
std::vector<PartText> render_parts(const Report& report, const profile::FormPolicy& policy,
                                   const RenderOptions& options = {});

// The same as one text, a blank line between the parts.
std::string render(const Report& report, const profile::FormPolicy& policy,
                   const RenderOptions& options = {});

// One entry of the report as a list line, without a line break. `line` is the form's template; empty: the
// usual line.
std::string render_entry(const Entry& entry, const profile::FormPolicy& policy, const std::string& line = "");

}  // namespace harvester::render
