#include "commands/explain.h"

#include <fmt/format.h>

#include "edition/explanation.h"
#include "edition/report_json.h"
#include "edition/week.h"

namespace harvester::commands {
namespace {

constexpr std::size_t told_parts = 12;  // of the score, in text; JSON has all

}  // namespace

Result<ExitCode> run_explain(const ExplainOptions& options, cli::Context& context) {
    const auto week = edition::open_week(context, options.issue);
    if (!week) return tl::unexpected(week.error());
    const auto name = edition::parse_item_name(week->profile, options.item);
    if (!name) return tl::unexpected(name.error());
    const Edition& issue = week->issue;
    const auto record = edition::read_record(week->profile, cache::OpenMode::read_only,
                                    {issue, options.layout, options.previous, true}, context);
    if (!record) return tl::unexpected(record.error());
    const Decision* decision = edition::find_decision(record->assembly.decisions, *name);
    if (decision == nullptr)
        return fail(ExitCode::usage,
                    fmt::format("{}#{}: the cache knows no such pull request merged from "
                                "{} to {}, the window of issue {}; name another "
                                "issue with --issue, or `fetch` the window first",
                                terminal_safe(name->repository), name->number, format_day(issue.window.first),
                                format_day(issue.window.last), format_day(issue.date)));
    context.streams.out << (options.json ? edition::decision_json(*decision) : edition::explanation(*decision, told_parts));
    return ExitCode::done;
}

}  // namespace harvester::commands
