#include <fmt/format.h>
#include <re2/re2.h>

#include "profile/stats_policy.h"

namespace harvester::profile {
namespace {

std::vector<std::string> patterns(const TomlTable& table, std::string_view key) {
    std::vector<std::string> out = table.texts(key);
    for (const std::string& pattern : out) {
        const re2::RE2 compiled(pattern, re2::RE2::Quiet);
        if (!compiled.ok())
            table.refuse(key, fmt::format("\"{}\" is no pattern: {}", pattern, compiled.error()));
    }
    return out;
}

KindPolicy load_kind(const TomlTable& table) {
    return {patterns(table, "titles"), patterns(table, "branches"), table.texts("labels")};
}

std::vector<SizeClass> load_sizes(const TomlTable& stats) {
    std::vector<SizeClass> out;
    const std::vector<TomlTable> tables = stats.tables("size");
    for (const TomlTable& table : tables) {
        SizeClass size{table.text("name"), std::nullopt};
        const bool last = out.size() + 1 == tables.size();
        if (table.has("up_to")) size.up_to = table.integer("up_to");
        if (last == size.up_to.has_value())
            table.refuse("up_to", last ? "must be left out of the last size class" : "is missing here");
        if (size.up_to && (*size.up_to < 0 || (!out.empty() && *size.up_to <= *out.back().up_to)))
            table.refuse("up_to", "must be 0 or more and grow from class to class");
        out.push_back(std::move(size));
    }
    return out;
}

FcpPolicy load_fcp(const TomlTable& table) {
    FcpPolicy out{table.text("started", ""), table.text("finished", ""), {}};
    for (const TomlTable& outcome : table.tables("outcome"))
        out.outcomes.push_back({outcome.text("label"), outcome.text("name")});
    return out;
}

std::vector<SummaryTable> load_tables(const TomlTable& summary) {
    std::vector<SummaryTable> out;
    for (const TomlTable& table : summary.tables("table")) {
        SummaryTable entry{table.text("heading"), table.text("by"), table.integer("top", 0),
                           table.texts("measures")};
        if (entry.top < 0) table.refuse("top", "must be 0 (all rows) or more");
        out.push_back(std::move(entry));
    }
    return out;
}

}  // namespace

StatsPolicy load_stats_policy(const TomlTable& root) {
    const TomlTable stats = root.table("stats");
    const TomlTable summary = stats.table("summary");
    StatsPolicy out;
    out.search = stats.text("search", "");
    out.team_prefix = stats.text("team_prefix", "");
    out.bots = patterns(stats, "bots");
    out.rollup = load_kind(stats.table("rollup"));
    out.backport = load_kind(stats.table("backport"));
    out.sizes = load_sizes(stats);
    out.fcp = load_fcp(stats.table("fcp"));
    out.summary_lines = summary.texts("lines");
    out.summary_tables = load_tables(summary);
    return out;
}

}  // namespace harvester::profile
