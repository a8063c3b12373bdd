// The report as data: `render --format json`.
#pragma once

#include <string>

#include "edition/assemble.h"

namespace harvester::edition {

// JSON with two spaces of indentation and a line break at the end; `parts` as in RenderOptions.
std::string report_json(const profile::FormPolicy& policy, const Assembly& assembly, const std::vector<std::string>& parts);

// One decision as JSON text of the same form, for `explain --format json`.
std::string decision_json(const Decision& decision);

}  // namespace harvester::edition
