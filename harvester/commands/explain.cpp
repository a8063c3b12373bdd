#include "commands/explain.h"

#include <fmt/format.h>

#include "commands/assemble.h"
#include "commands/explanation.h"
#include "commands/harvest_session.h"
#include "commands/period.h"
#include "commands/report_json.h"

namespace harvester::commands {
namespace {

constexpr std::size_t told_parts = 12;  // of the score, in text; JSON has all

}  // namespace

Result<ExitCode> run_explain(const ExplainOptions& options, Context& context) {
    const auto profile = load_profile(context);
    if (!profile) return tl::unexpected(profile.error());
    const auto name = parse_item_name(*profile, options.item);
    if (!name) return tl::unexpected(name.error());
    const Day today = std::chrono::floor<std::chrono::days>(context.clock.now());
    const auto issue = option_issue(*profile, options.issue, today);
    if (!issue) return tl::unexpected(issue.error());
    const auto store = open_cache(context, cache::OpenMode::read_only);
    if (!store) return tl::unexpected(store.error());
    const auto assembly = assemble(*profile, *store, {*issue, options.layout, options.previous}, context);
    if (!assembly) return tl::unexpected(assembly.error());
    const Decision* decision = find_decision(assembly->decisions, *name);
    if (decision == nullptr)
        return fail(ExitCode::usage, fmt::format("{}#{}: the cache knows no such pull request merged from "
                                                 "{} to {}, the window of issue {}; name another "
                                                 "issue with --issue, or `fetch` the window first",
                                                 terminal_safe(name->repository), name->number,
                                                 format_day(issue->window.first),
                                                 format_day(issue->window.last), format_day(issue->date)));
    context.streams.out << (options.json ? decision_json(*decision) : explanation(*decision, told_parts));
    return ExitCode::done;
}

}  // namespace harvester::commands
