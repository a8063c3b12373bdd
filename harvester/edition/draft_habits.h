// The habits that the lines of a draft show: which titles its editor retyped since the program wrote them.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "editorial/title_habits.h"
#include "model.h"
#include "profile/profile.h"

namespace harvester::edition {

// `body`: the part of the draft with the merged pull requests, as it is now; `written`: its lines as the program wrote
// them; `items`: what was merged in the window.
editorial::TitleHabits draft_habits(const profile::Profile& profile, Layout layout, Day edition, std::string_view body,
                                    std::span<const DraftLine> written, std::span<const Item> items);

}  // namespace harvester::edition
