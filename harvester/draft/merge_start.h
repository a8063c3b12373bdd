// What a part's merge starts from when the draft is still the template, or its base isn't known.
#pragma once

#include "draft/merge.h"
#include "draft/part_units.h"

namespace harvester::draft {

bool only_placeholders(const Units& units, const profile::DraftPart& policy);
bool has_placeholder(const Units& units, const profile::DraftPart& policy);

// True when nobody has filled the part yet: its placeholder is there or, as far as is known, nothing ever
// was.
bool is_unfilled(const MergeInput& input, const Units& theirs, const Units& base, const Units& fresh);

// What the file would hold had the program written it before, as far as that can't be told: everything but
// what is newer.
Units presumed_base(const MergeInput& input, const Units& fresh);

}  // namespace harvester::draft
