#include <fmt/format.h>
#include <re2/re2.h>

#include "profile/stats_policy.h"

namespace harvester::profile {
namespace {

void read_checked(const TomlTable& table, std::string_view key, std::vector<std::string>& out) {
    table.read(key, out);
    for (const std::string& pattern : out) {
        const re2::RE2 compiled(pattern, re2::RE2::Quiet);
        if (!compiled.ok())
            table.refuse(key, fmt::format("\"{}\" is not a pattern of RE2: {}", pattern, compiled.error()));
    }
}

KindPolicy load_kind(const TomlTable& table) {
    KindPolicy kind;
    read_checked(table, "titles", kind.titles);
    read_checked(table, "branches", kind.branches);
    table.read("labels", kind.labels);
    return kind;
}

std::vector<SizeClass> load_sizes(const TomlTable& stats) {
    std::vector<SizeClass> out;
    const std::vector<TomlTable> tables = stats.tables("size");
    std::int64_t least = 0;
    for (const TomlTable& table : tables) {
        SizeClass& size = out.emplace_back();
        table.require("name", size.name);
        if (out.size() < tables.size()) {
            table.require("up_to", size.up_to, least);
            least = size.up_to.value_or(least) + 1;
        } else if (table.has("up_to")) {
            table.refuse("up_to", "must be left out of the last size class");
        }
    }
    return out;
}

FcpPolicy load_fcp(const TomlTable& table) {
    FcpPolicy out;
    table.read("started", out.started);
    table.read("finished", out.finished);
    for (const TomlTable& entry : table.tables("outcome")) {
        FcpOutcome& outcome = out.outcomes.emplace_back();
        entry.require("label", outcome.label);
        entry.require("name", outcome.name);
    }
    return out;
}

}  // namespace

StatsPolicy load_stats_policy(const TomlTable& root) {
    const TomlTable stats = root.table("stats");
    const TomlTable summary = stats.table("summary");
    StatsPolicy out;
    stats.read("search", out.search);
    stats.read("team_prefix", out.team_prefix);
    read_checked(stats, "bots", out.bots);
    out.rollup = load_kind(stats.table("rollup"));
    out.backport = load_kind(stats.table("backport"));
    out.sizes = load_sizes(stats);
    out.fcp = load_fcp(stats.table("fcp"));
    summary.read("lines", out.summary_lines);
    for (const TomlTable& entry : summary.tables("table")) {
        SummaryTable& table = out.summary_tables.emplace_back();
        entry.require("heading", table.heading);
        entry.require("by", table.by);
        entry.read("top", table.top, 0);
        entry.read("measures", table.measures);
    }
    return out;
}

}  // namespace harvester::profile
