#include <nlohmann/json.hpp>

#include "stats/format/formats.h"

namespace harvester::stats {
namespace {

using Json = nlohmann::ordered_json;

const char* unit_name(Unit unit) {
    return unit == Unit::count ? "count" : unit == Unit::seconds ? "seconds" : "share";
}

Json number(const std::optional<double>& value) {
    if (!value) return nullptr;
    if (*value == static_cast<double>(static_cast<std::int64_t>(*value)))
        return static_cast<std::int64_t>(*value);
    return *value;
}

Json values_of(const std::vector<Measure>& measures, const Values& values) {
    Json out = Json::object();
    for (const Measure m : measures) out[std::string(info(m).name)] = number(values[m]);
    return out;
}

Json row_of(const Report& report, const Row& row, bool with_key) {
    Json out = Json::object();
    if (with_key) {
        out["key"] = Json::object();
        for (std::size_t i = 0; i < row.keys.size(); ++i)
            out["key"][std::string(info(report.query.by[i]).name)] = row.keys[i];
    }
    const auto& measures = report.query.measures;
    out["values"] = values_of(measures, row.values);
    if (!row.before) return out;
    out["before"] = values_of(measures, *row.before);
    Json change = Json::object(), relative = Json::object();
    for (const Measure m : measures) {
        const std::string name(info(m).name);
        const auto& before = (*row.before)[m];
        const auto& now = row.values[m];
        change[name] = before && now ? number(*now - *before) : Json(nullptr);
        relative[name] = number(relative_change(before, now));
    }
    out["change"] = std::move(change);
    out["relative_change"] = std::move(relative);
    return out;
}

Json range_of(const Range& range) {
    return {{"from", format_instant(range.from)}, {"to", format_instant(range.to)}};
}

Json missing_of(const Coverage& coverage) {
    Json out = Json::array();
    for (const Gap& gap : coverage.gaps) {
        const char* reason = gap.reason == Gap::Reason::future       ? "future"
                             : gap.reason == Gap::Reason::incomplete ? "incomplete"
                                                                     : "not_harvested";
        Json one = range_of(gap.range);
        one["reason"] = reason;
        one["repository"] = gap.repository.empty() ? Json(nullptr) : Json(gap.repository);
        one["pull_requests"] = gap.reason == Gap::Reason::incomplete ? Json(gap.missing) : Json(nullptr);
        one["text"] = sentence(gap);
        out.push_back(std::move(one));
    }
    return out;
}

Json counts_of(const FcpCounts& counts) {
    Json out = {{"started", counts.started}, {"open", counts.open}, {"outcomes", Json::object()}};
    for (const auto& [name, count] : counts.outcomes) out["outcomes"][name] = count;
    return out;
}

Json periods_of(const FcpSummary& summary) {
    Json out = counts_of(summary.total);
    out["by_repository"] = Json::object();
    for (const auto& [repository, counts] : summary.by_repository)
        out["by_repository"][repository] = counts_of(counts);
    return out;
}

}  // namespace

std::string json_text(const Report& report) {
    const Query& query = report.query;
    Json out = {{"format", "harvester-stats"}, {"version", 1}, {"organisation", report.organisation}};
    out.update(range_of(query.range));
    out["issue"] = query.issue
                       ? Json{{"date", format_day(query.issue->date)}, {"number", query.issue->number}}
                       : Json(nullptr);
    out["by"] = Json::array();
    for (const Dimension d : query.by) out["by"].push_back(std::string(info(d).name));
    out["filters"] = {{"repositories", query.filters.repositories},
                      {"labels", query.filters.labels},
                      {"authors", query.filters.authors},
                      {"no_bots", query.filters.no_bots}};
    out["measures"] = Json::array();
    for (const Measure m : query.measures)
        out["measures"].push_back({{"name", info(m).name},
                                   {"unit", unit_name(info(m).unit)},
                                   {"meaning", info(m).meaning},
                                   {"known", report.total.values[m].has_value()}});
    out["complete"] = report.complete();
    out["missing"] = missing_of(report.coverage);
    out["known_since"] =
        report.coverage.known_since ? Json(format_instant(*report.coverage.known_since)) : Json(nullptr);
    out["total"] = row_of(report, report.total, false);
    out["rows"] = Json::array();
    for (const Row& row : report.rows) out["rows"].push_back(row_of(report, row, true));
    out["rows_left_out"] = report.rows_left_out;
    out["pull_requests_without_size"] = report.without_size ? Json(*report.without_size) : Json(nullptr);
    out["compared_with"] = nullptr;
    if (report.before) {
        out["compared_with"] = range_of(*report.before);
        out["compared_with"]["missing"] = missing_of(*report.coverage_before);
    }
    out["final_comment_periods"] = report.fcp ? periods_of(*report.fcp) : Json(nullptr);
    out["notes"] = report.notes;
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace harvester::stats
