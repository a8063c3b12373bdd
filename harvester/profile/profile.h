// profile/: the editorial policy of one newsletter, read from TOML (queries/twir.toml) into plain structs.
// Each part of the program has its own struct in a header of its own here and its own load_*.cpp.
#pragma once

#include <string>
#include <string_view>

#include "base/failure.h"
#include "base/time.h"
#include "profile/check_policy.h"
#include "profile/editorial_policy.h"
#include "profile/form_policy.h"
#include "profile/harvest_policy.h"
#include "profile/publish_policy.h"
#include "profile/stats_policy.h"
#include "profile/title_policy.h"

namespace harvester::profile {

struct Profile {
    std::string name;          // "twir": key of what the cache remembers for this newsletter
    std::string title;         // "This Week in Rust"
    std::string organisation;  // "rust-lang"
    std::string web;           // "https://github.com": the only host that links may name
    // Issues: a weekday, and the date of one issue with its number.
    unsigned weekday = 3;      // 0 Sunday .. 6 Saturday
    Day first_issue{};
    int first_number = 1;
    int window_first = -8;     // days from the issue's date, both inclusive
    int window_last = -1;

    HarvestPolicy harvest;
    EditorialPolicy editorial;
    TitlePolicy titles;
    FormPolicy form;
    CheckPolicy check;
    PublishPolicy publish;
    StatsPolicy stats;
    std::string weights_file;  // as the profile names it
    std::string weights;       // its text (TSV)
};

// Reads a profile. `name` is the file's name for messages. Fails with ExitCode::usage.
Result<Profile> parse_profile(std::string_view toml, const std::string& name, std::string weights);

// The embedded profile, or the file `path` with the weights file that it names beside it.
Result<Profile> load_profile(const std::string& path);

}  // namespace harvester::profile
