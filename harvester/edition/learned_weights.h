// The weights that `learn --update` keeps beside the newsletter's own: where they are, and how well they
// predicted.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "edition/evaluation.h"
#include "editorial/weights.h"

namespace harvester::edition {

struct WeightsInUse {
    editorial::Weights weights;
    std::string path;           // empty: those that come with the profile
    std::optional<Day> newest;  // edition that they were fitted to last, where the file says so
};

// --weights, or $XDG_DATA_HOME/harvester/PROFILE-weights.tsv, or
// ~/.local/share/harvester/PROFILE-weights.tsv; empty when none of the variables is set.
std::filesystem::path weights_path(const cli::Context& context, const profile::Profile& profile);

// The file at that path; those of the profile when the default file isn't there. Fails with ExitCode::usage
// when a newer program wrote the file, it is no weights file, or a file that --weights names doesn't exist.
Result<WeightsInUse> weights_in_use(const cli::Context& context, const profile::Profile& profile);

// What an edition took, as `learn --update` saw it.
struct LearnedEdition {
    Day date;
    double expected = 0;  // mean of the editions before it
    TouchedLines lines;   // with weights that hadn't seen it
};

// The log beside a weights file, by date; empty when there is none. Lines that can't be read are left out.
std::vector<LearnedEdition> read_learning_log(const std::filesystem::path& weights);
Result<void> write_learning_log(const std::filesystem::path& weights, std::span<const LearnedEdition> log);

}  // namespace harvester::edition
