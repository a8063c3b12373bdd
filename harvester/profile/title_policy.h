// How titles are printed; its keys are described in queries/twir.toml, section "titles".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model.h"
#include "profile/toml_table.h"
#include "titles/title_steps.h"

namespace harvester::profile {

using titles::TitleSettings;

// Settings for the titles that meet all conditions; an empty condition is met by every title.
struct TitleRule {
    std::optional<Layout> layout;
    std::vector<std::string> repositories;  // without owner
    std::vector<std::string> sections;
    std::optional<Day> since;  // issue dates, both inclusive
    std::optional<Day> until;
    TitleSettings settings;
};

struct TitlePolicy {
    std::vector<const titles::Step*> steps;
    std::size_t max_length = 300;         // code points; longer titles are cut at a word and end with "…"
    std::string untitled = "(no title)";  // printed when nothing readable is left of a title
    std::vector<TitleRule> rules;         // in order; later ones win
};

// Reads the tables of this part from the root of a profile.
TitlePolicy load_title_policy(const TomlTable& root);

}  // namespace harvester::profile
