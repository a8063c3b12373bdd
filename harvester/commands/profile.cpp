#include "commands/profile.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"
#include "profile/profile_text.h"

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

Result<ExitCode> show(const profile::ProfileSource& source, bool effective, cli::Context& context) {
    const profile::ProfileReading reading = profile::read_profile(source.text, source.name);
    context.streams.out << profile::profile_text(reading, source.name, effective);
    if (!reading.problems.empty())
        cli::say(context, fmt::format("{}: {} problems; `harvester profile check` lists them", source.name,
                                      reading.problems.size()));
    return ExitCode::done;
}

Result<ExitCode> write_new(const ProfileOptions& options, cli::Context& context) {
    constexpr std::array<const char*, 7> weekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                     "Thursday", "Friday", "Saturday"};
    for (unsigned i = 0; i < weekdays.size(); ++i) {
        if (to_lower(options.weekday) != to_lower(weekdays[i])) continue;
        const Day today = std::chrono::floor<std::chrono::days>(context.clock.now_seconds());
        const Day first = today + (std::chrono::weekday{i} - std::chrono::weekday{today});
        const std::string organisation = options.organisation.empty() ? "acme" : options.organisation;
        // GitHub's rule for names: a name with other characters could end the string that it is written into.
        if (!std::all_of(organisation.begin(), organisation.end(),
                         [](char c) { return is_letter(c) || is_digit(c) || c == '-'; }))
            return fail(
                ExitCode::usage,
                fmt::format(
                    "--organisation {}: isn't the name of an organisation; write letters, digits and hyphens",
                    organisation));
        const std::string text = profile::new_profile(organisation, weekdays[i], first);
        context.streams.out << text;
        return ExitCode::done;
    }
    return fail(
        ExitCode::usage,
        fmt::format(
            "--weekday {}: isn't a day of the week; write it in English, for example --weekday Friday",
            options.weekday));
}

}  // namespace

Result<ExitCode> run_profile(const ProfileOptions& options, cli::Context& context) {
    if (options.action == "new") return write_new(options, context);
    const auto source = profile::find_profile(options.file.empty() ? context.global.profile : options.file);
    if (!source) return tl::unexpected(source.error());
    return options.action == "show" ? show(*source, options.effective, context) : check(*source, context);
}

}  // namespace harvester::commands
