#include "draft/merge.h"

#include <set>

#include "draft/merge_start.h"
#include "draft/merge_units.h"
#include "draft/merge_whole.h"

namespace harvester::draft {

MergeResult merge_part(const MergeInput& input) {
    Units theirs = split_units(input.theirs);
    Units fresh = split_units(input.rendered);
    if (input.reset) return start_over(input, theirs);
    if (input.policy.whole &&
        (!has_placeholder(theirs, input.policy) || only_placeholders(theirs, input.policy)))
        return merge_whole(input, theirs, fresh);
    Units base = input.base ? split_units(input.base->text) : Units{};
    const bool filling = is_unfilled(input, theirs, base, fresh);
    std::set<std::string> removed;
    std::set<std::string> unwritten;
    if (filling) {
        base = {};
    } else if (!input.base) {
        base = presumed_base(input, fresh);
    } else {
        removed.insert(input.base->removed.begin(), input.base->removed.end());
        unwritten.insert(input.base->unwritten.begin(), input.base->unwritten.end());
    }
    const MergeSides sides(std::move(base), std::move(theirs), std::move(fresh), std::move(removed),
                           std::move(unwritten));
    return merge_units(input, sides, filling);
}

}  // namespace harvester::draft
