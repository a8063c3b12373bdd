// The habits that the lines of a draft show: which titles its editor retyped since the program wrote them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "edition/assemble.h"
#include "editorial/title_habits.h"
#include "model.h"
#include "profile/profile.h"

namespace harvester::edition {

// `body`: the part of the draft with the merged pull requests, as it is now; `written`: its lines as the
// program wrote them; `decisions`: of what was merged in the window.
editorial::TitleHabits draft_habits(const profile::Profile& profile, Layout layout, Day edition,
                                    std::string_view body, std::span<const DraftLine> written,
                                    std::span<const Decision> decisions);

// Gives the titles of the assembly, in its decisions and its report, the form that the draft's editor gave to
// others. Returns a sentence on each habit that changed a pick.
std::vector<std::string> follow_habits(const profile::Profile& profile, std::string_view body,
                                       std::span<const DraftLine> written, Assembly& assembly);

}  // namespace harvester::edition
