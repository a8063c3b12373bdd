// profile/: the editorial policy of one newsletter, read from TOML (queries/twir.toml) into plain structs.
// The parts of the program have their structs in headers here, each with a load_*.cpp.
#pragma once

#include <string>
#include <string_view>

#include "base/failure.h"
#include "base/time.h"
#include "profile/editorial_policy.h"
#include "profile/form_policy.h"
#include "profile/harvest_policy.h"
#include "profile/publish_policy.h"
#include "profile/stats_policy.h"
#include "profile/title_policy.h"

namespace harvester::profile {

// How often issues appear.
enum class Rhythm { weekly, fortnightly, monthly };

struct Profile {
    std::string name;   // "twir": key of what the cache remembers for this newsletter
    std::string title;  // "This Week in Rust"
    // What the newsletter reports of: all public repositories of these owners, and single repositories.
    std::string organisation;         // "rust-lang": the first owner; owner of repositories named without one
    std::vector<std::string> owners;  // organisations and users, the first one too; empty: only repositories
    std::vector<std::string> repositories;   // "owner/name"
    std::string web = "https://github.com";  // the only host that links may name
    // Issues: how often, on which day, and the date of one issue with its number.
    Rhythm rhythm = Rhythm::weekly;
    unsigned weekday = 3;  // 0 Sunday .. 6 Saturday; monthly issues have the day of month of `first_issue`
    Day first_issue{};
    int first_number = 1;
    int window_first = -7;  // days from the issue's date, both inclusive
    int window_last = -1;
    bool window_follows = true;  // it begins on the date of the issue before; window_first isn't used

    HarvestPolicy harvest;
    EditorialPolicy editorial;
    TitlePolicy titles;
    FormPolicy form;
    CheckPolicy check;
    PublishPolicy publish;
    StatsPolicy stats;
    std::string weights_file;  // as the profile names it
    std::string weights;       // its text (TSV)

    // Whether the newsletter reports of a repository, "owner/name"; letters' case doesn't matter.
    bool takes(std::string_view repository) const;
};

// What reading a profile gave.
struct ProfileReading {
    Profile profile;                // for use only when there are no problems
    std::vector<Problem> problems;  // all there are, by place
    TomlTable table;                // what is in force, with the places where it is written
};

// Reads a profile and what it `extends`: an embedded profile ("twir") or a file beside it. `name` is the
// file's name for messages and the place from which other files are looked for. The weights are not read.
ProfileReading read_profile(std::string_view toml, const std::string& name);

// The text of a profile: of an embedded one ("twir"; empty: the default) or of a file. Fails with
// ExitCode::usage.
struct ProfileSource {
    std::string name;  // for messages
    std::string text;
};
Result<ProfileSource> find_profile(const std::string& path);

// The text of the weights that the profile names: of the file beside the one that names it, else of the
// embedded one of that name. Requires a reading without problems. Fails with ExitCode::usage.
Result<std::string> find_weights(const ProfileReading& reading);

// Reads a profile that must be right. Fails with ExitCode::usage and the first problem.
Result<Profile> parse_profile(std::string_view toml, const std::string& name, std::string weights);

// The same for a profile as --profile names it, with its weights.
Result<Profile> load_profile(const std::string& path);

}  // namespace harvester::profile
