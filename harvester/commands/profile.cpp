#include "commands/profile.h"

#include <fmt/format.h>

#include "profile/profile.h"

namespace harvester::commands {
namespace {

Result<ExitCode> check(const profile::ProfileSource& source, cli::Context& context) {
    const profile::ProfileReading reading = profile::read_profile(source.text, source.name);
    for (const profile::Problem& problem : reading.problems)
        context.streams.out << terminal_safe(problem.sentence()) << '\n';
    if (!reading.problems.empty()) return ExitCode::findings;
    if (const auto weights = profile::find_weights(reading); !weights) return tl::unexpected(weights.error());
    cli::say(context, source.name + ": no problems");
    return ExitCode::done;
}

}  // namespace

Result<ExitCode> run_profile(const ProfileOptions& options, cli::Context& context) {
    const auto source = profile::find_profile(options.file.empty() ? context.global.profile : options.file);
    if (!source) return tl::unexpected(source.error());
    return check(*source, context);
}

}  // namespace harvester::commands
