// The report as data: `render --format json`.
#pragma once

#include <string>

#include "edition/assemble.h"
#include "edition/explanation.h"

namespace harvester::edition {

// JSON with two spaces of indentation and a line break at the end; `parts` as in RenderOptions.
std::string report_json(const profile::FormPolicy& policy, const Assembly& assembly,
                        const std::vector<std::string>& parts);

// The answer of `explain` as JSON text of the same form.
std::string explanation_json(const Explanation& explanation);

}  // namespace harvester::edition
