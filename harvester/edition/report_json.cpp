#include "edition/report_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace harvester::edition {
namespace {

using Json = nlohmann::ordered_json;

const char* verdict_name(Verdict verdict) {
    switch (verdict) {
        case Verdict::picked:
            return "picked";
        case Verdict::left:
            return "left";
        case Verdict::dropped:
            return "dropped";
        case Verdict::printed:
            return "printed";
        case Verdict::outside:
            return "outside";
    }
    return "";
}

Json item_object(const Item& item) {
    return {{"id", item.id},
            {"repository", item.repository},
            {"number", item.number},
            {"url", item.url},
            {"raw_title", item.title},
            {"author", item.author.login},
            {"labels", item.labels},
            {"merged_at", item.merged_at ? Json(format_instant(*item.merged_at)) : Json(nullptr)}};
}

Json decision_object(const Decision& decision) {
    Json parts = Json::array(), steps = Json::array();
    for (const ScorePart& part : decision.score_parts)
        parts.push_back({{"feature", part.feature}, {"weight", part.weight}});
    for (const TitleStep& step : decision.title_steps)
        steps.push_back({{"step", step.step}, {"text", step.text}});
    Json out = item_object(decision.item);
    out.update({{"verdict", verdict_name(decision.verdict)},
                {"rule", decision.rule},
                {"reason", decision.reason},
                {"section", decision.section},
                {"section_reason", decision.section_reason},
                {"score", decision.score},
                {"score_parts", std::move(parts)},
                {"title", decision.title},
                {"title_steps", std::move(steps)}});
    return out;
}

Json entries(const std::vector<render::Entry>& list) {
    Json out = Json::array();
    for (const render::Entry& entry : list)
        out.push_back({{"prefix", entry.prefix}, {"title", entry.title}, {"url", entry.url}});
    return out;
}

Json groups(const std::vector<render::Section>& list) {
    Json out = Json::array();
    for (const render::Section& group : list)
        out.push_back({{"group", group.name}, {"items", entries(group.picks)}});
    return out;
}

// The decisions about the items of a part of merged pull requests.
Json decisions_of(const Assembly& assembly, const render::Part& part, bool only) {
    std::set<std::string_view> urls;
    for (const render::Section& section : part.sections)
        for (const auto* list : {&section.picks, &section.others})
            for (const render::Entry& entry : *list) urls.insert(entry.url);
    Json out = Json::array();
    for (const Decision& decision : assembly.decisions)
        if (only || urls.contains(decision.item.url)) out.push_back(decision_object(decision));
    return out;
}

// Titles are strangers' text: broken UTF-8 becomes U+FFFD instead of an exception.
std::string dump(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string report_json(const profile::FormPolicy& policy, const Assembly& assembly,
                        const std::vector<std::string>& parts) {
    const render::Report& report = assembly.report;
    Json out = {
        {"issue", format_day(report.issue.date)},
        {"number", report.issue.number},
        {"layout", layout_name(report.layout)},
        {"window",
         {{"from", format_day(report.issue.window.first)}, {"to", format_day(report.issue.window.last)}}},
        {"warnings", report.warnings}};
    const auto merged =
        std::ranges::count(policy.parts, profile::PartKind::merged, &profile::PartPolicy::kind);
    const profile::Form& form = policy.form(report.layout, report.issue.date);
    for (const std::string& name : form.order) {
        const profile::PartPolicy* part = policy.find_part(name);
        const render::Part* found = report.find_part(name);
        const bool wanted = parts.empty() || std::ranges::find(parts, name) != parts.end();
        if (part == nullptr || found == nullptr || !wanted) continue;
        switch (part->kind) {
            case profile::PartKind::merged:
                out[name + "_count"] = found->count;
                out[name] = decisions_of(assembly, *found, merged == 1);
                break;
            case profile::PartKind::labelled:
                out[name] = groups(found->sections);
                break;
            case profile::PartKind::report:
                out[name] = found->text ? Json(*found->text) : Json(nullptr);
                break;
            default:
                out[name] = entries(found->sections.empty() ? std::vector<render::Entry>{}
                                                            : found->sections.front().picks);
        }
    }
    return dump(out);
}

std::string explanation_json(const Explanation& explanation) {
    Json out = explanation.decision ? decision_object(*explanation.decision) : item_object(explanation.item);
    out["parts"] = Json::array();
    for (const PartAnswer& answer : explanation.parts)
        out["parts"].push_back({{"part", answer.part}, {"listed", answer.listed}, {"reason", answer.reason}});
    out["drafts"] = explanation.drafts;
    return dump(out);
}

}  // namespace harvester::edition
