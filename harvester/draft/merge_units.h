// The three-way merge of lists: unit by unit, by the keys of their links.
#pragma once

#include "draft/merge.h"
#include "draft/merge_sides.h"

namespace harvester::draft {

// `filling`: the part holds the template's lines still, which go.
MergeResult merge_units(const MergeInput& input, const MergeSides& sides, bool filling);

}  // namespace harvester::draft
