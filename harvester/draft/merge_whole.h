// Parts that are one text: taken whole from the program or whole from the draft.
#pragma once

#include "draft/merge.h"
#include "draft/part_units.h"

namespace harvester::draft {

// The rendered text, whatever the draft holds.
MergeResult start_over(const MergeInput& input, const Units& theirs);

// One text: either the program's or theirs.
MergeResult merge_whole(const MergeInput& input, const Units& theirs, const Units& fresh);

}  // namespace harvester::draft
