#include "draft/merge_start.h"

#include <algorithm>
#include <set>

#include "draft/merge_sides.h"

namespace harvester::draft {

bool only_placeholders(const Units& units, const profile::DraftPart& policy) {
    return std::all_of(units.list.begin(), units.list.end(),
                       [&](const Unit& u) { return begins_with_any(u, policy.placeholders); });
}

bool has_placeholder(const Units& units, const profile::DraftPart& policy) {
    return std::any_of(units.list.begin(), units.list.end(),
                       [&](const Unit& u) { return begins_with_any(u, policy.placeholders); });
}

bool is_unfilled(const MergeInput& input, const Units& theirs, const Units& base, const Units& fresh) {
    if (theirs.list.empty()) return !input.base;
    if (!has_placeholder(theirs, input.policy)) return false;
    if (has_placeholder(fresh, input.policy)) return only_placeholders(theirs, input.policy) && !input.base;
    if (!input.base) return true;
    if (has_placeholder(base, input.policy)) return false;  // the program left it: three texts tell the rest
    // The draft was set back to the template by hand.
    const UnitIndex known(base.list);
    return std::none_of(theirs.list.begin(), theirs.list.end(),
                        [&](const Unit& u) { return u.kind == Unit::Kind::item && known.has(u.keys[0]); });
}

Units presumed_base(const MergeInput& input, const Units& fresh) {
    std::set<std::string> newer;
    for (const Unit& unit : fresh.list)
        if (unit.kind == Unit::Kind::item && input.newer && input.newer(unit.keys[0]))
            newer.insert(unit.keys[0]);
    Units base;
    for (std::size_t i = 0; i < fresh.list.size(); ++i) {
        const Unit& unit = fresh.list[i];
        if (newer.contains(unit.keys[0])) continue;
        if (is_structure(unit)) {
            const std::string& section = unit.kind == Unit::Kind::comment_close ? unit.section : unit.keys[0];
            bool any = false;
            bool old = false;
            for (const Unit& inner : fresh.list)
                if (inner.section == section && inner.kind == Unit::Kind::item) {
                    any = true;
                    old = old || !newer.contains(inner.keys[0]);
                }
            if (any && !old) continue;
        }
        base.list.push_back(unit);
    }
    return base;
}

}  // namespace harvester::draft
