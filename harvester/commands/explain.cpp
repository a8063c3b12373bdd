#include "commands/explain.h"

#include "edition/explanation.h"
#include "edition/report_json.h"
#include "edition/week.h"

namespace harvester::commands {
namespace {

constexpr std::size_t reasons_shown = 8;  // of the score, for and against; JSON has all

}  // namespace

Result<ExitCode> run_explain(const ExplainOptions& options, cli::Context& context) {
    const auto week = edition::open_week(context, options.issue);
    if (!week) return tl::unexpected(week.error());
    const auto name = edition::parse_item_name(week->profile, options.item);
    if (!name) return tl::unexpected(name.error());
    edition::AssembleOptions assemble{week->issue, options.layout, options.previous, true};
    auto record = edition::read_record(week->profile, cache::OpenMode::read_only, assemble, context);
    if (!record) return tl::unexpected(record.error());
    const auto explanation = edition::explain(week->profile, record->store, record->assembly, *name);
    if (!explanation) return tl::unexpected(explanation.error());
    context.streams.out << (options.json ? edition::explanation_json(*explanation)
                                         : edition::explanation_text(*explanation, reasons_shown));
    return ExitCode::done;
}

}  // namespace harvester::commands
