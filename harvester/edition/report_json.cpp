#include "edition/report_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "edition/verdict.h"

namespace harvester::edition {
namespace {

using Json = nlohmann::ordered_json;

Json decision_object(const Decision& decision) {
    const Item& item = decision.item;
    Json parts = Json::array(), steps = Json::array();
    for (const ScorePart& part : decision.score_parts)
        parts.push_back({{"feature", part.feature}, {"weight", part.weight}});
    for (const TitleStep& step : decision.title_steps)
        steps.push_back({{"step", step.step}, {"text", step.text}});
    return {{"id", item.id},
            {"repository", item.repository},
            {"number", item.number},
            {"url", item.url},
            {"raw_title", item.title},
            {"author", item.author.login},
            {"labels", item.labels},
            {"merged_at", item.merged_at ? Json(format_instant(*item.merged_at)) : Json(nullptr)},
            {"verdict", verdict_text(decision.verdict).name},
            {"rule", decision.rule},
            {"reason", decision.reason},
            {"section", decision.section},
            {"section_reason", decision.section_reason},
            {"score", decision.score},
            {"score_parts", std::move(parts)},
            {"title", decision.title},
            {"title_steps", std::move(steps)}};
}

Json entries(const std::vector<render::Entry>& list) {
    Json out = Json::array();
    for (const render::Entry& entry : list)
        out.push_back({{"prefix", entry.prefix}, {"title", entry.title}, {"url", entry.url}});
    return out;
}

Json groups(const std::vector<render::Group>& list) {
    Json out = Json::array();
    for (const render::Group& group : list)
        out.push_back({{"group", group.name}, {"items", entries(group.entries)}});
    return out;
}

// Titles are strangers' text: broken UTF-8 becomes U+FFFD instead of an exception.
std::string dump(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string report_json(const Assembly& assembly, const std::vector<std::string>& parts) {
    const auto wanted = [&](const char* part) {
        return parts.empty() || std::ranges::find(parts, part) != parts.end();
    };
    const render::Report& report = assembly.report;
    Json out = {
        {"issue", format_day(report.issue.date)},
        {"number", report.issue.number},
        {"layout", layout_name(report.layout)},
        {"window",
         {{"from", format_day(report.issue.window.first)}, {"to", format_day(report.issue.window.last)}}},
        {"warnings", report.warnings}};
    if (wanted("testing")) out["testing"] = groups(report.testing);
    if (wanted("merged")) {
        out["merged_count"] = report.merged_count;
        Json decisions = Json::array();
        for (const Decision& decision : assembly.decisions) decisions.push_back(decision_object(decision));
        out["merged"] = std::move(decisions);
    }
    if (wanted("triage")) out["triage"] = report.triage ? Json(*report.triage) : Json(nullptr);
    if (wanted("approved")) out["approved"] = entries(report.approved);
    if (wanted("fcp")) out["fcp"] = groups(report.final_comment_period);
    if (wanted("rfcs")) out["rfcs"] = entries(report.new_rfcs);
    return dump(out);
}

std::string decision_json(const Decision& decision) {
    return dump(decision_object(decision));
}

}  // namespace harvester::edition
