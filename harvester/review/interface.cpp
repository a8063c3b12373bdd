#include "review/interface.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace harvester::review {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest_value = 2'000;  // bytes of a title or an id
constexpr std::size_t most_changes = 2'000;
constexpr int deepest = 8;

constexpr const char* actions[] = {"pick", "reject", "title", "section", "move", "clear"};

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json count_or_null(const std::optional<std::int64_t>& count) {
    return count ? Json(*count) : Json(nullptr);
}

Json object(const Row& row) {
    return {{"id", row.id},
            {"part", row.part},
            {"section", row.section},
            {"url", row.url},
            {"repository", row.repository},
            {"number", row.number},
            {"raw", row.raw},
            {"formatted", row.formatted},
            {"title", row.title},
            {"prefix", row.prefix},
            {"author", row.author},
            {"labels", row.labels},
            {"additions", count_or_null(row.additions)},
            {"deletions", count_or_null(row.deletions)},
            {"files", count_or_null(row.files)},
            {"merged_at", row.merged_at},
            {"suggested", row.suggested},
            {"reason", row.reason},
            {"score", row.score},
            {"listed", row.listed},
            {"position", row.position},
            {"marks", row.marks}};
}

Json object(const Section& section) {
    Json rows = Json::array();
    for (const Row& row : section.rows) rows.push_back(object(row));
    return {{"id", section.id},     {"part", section.part},     {"heading", section.heading},
            {"text", section.text}, {"target", section.target}, {"rows", std::move(rows)}};
}

Json object(const Preview& preview) {
    Json findings = Json::array();
    for (const PreviewFinding& finding : preview.findings)
        findings.push_back({{"item", finding.item},
                            {"line", finding.line},
                            {"rule", finding.rule},
                            {"message", finding.message}});
    return {{"revision", preview.revision},
            {"markdown", preview.markdown},
            {"diff", preview.diff},
            {"notes", preview.notes},
            {"findings", std::move(findings)},
            {"file_version", preview.file_version}};
}

tl::unexpected<Failure> refuse(std::string why) {
    return fail(ExitCode::usage, "the request was refused: " + std::move(why));
}

// The object of a request that has no other members than `known`.
Result<Json> read_object(std::string_view text, std::initializer_list<std::string_view> known) {
    // Depth is bounded before the parser recurses into what a stranger nested.
    const auto depth_bound = [](int depth, Json::parse_event_t, Json&) { return depth <= deepest; };
    const Json json = Json::parse(text, depth_bound, false);
    if (json.is_discarded()) return refuse("its body isn't JSON");
    if (!json.is_object()) return refuse("its body isn't an object");
    for (const auto& [name, value] : json.items())
        if (std::find(known.begin(), known.end(), name) == known.end())
            return refuse(fmt::format("there is no member \"{}\"", name.substr(0, 40)));
    return json;
}

Result<std::string> text_member(const Json& json, const char* name, bool needed) {
    const auto found = json.find(name);
    if (found == json.end()) {
        if (needed) return refuse(fmt::format("\"{}\" is missing", name));
        return std::string();
    }
    if (!found->is_string()) return refuse(fmt::format("\"{}\" isn't a string", name));
    auto text = found->get<std::string>();
    if (text.size() > longest_value)
        return refuse(fmt::format("\"{}\" is longer than {} bytes", name, longest_value));
    return text;
}

Result<bool> flag_member(const Json& json, const char* name, bool fallback) {
    const auto found = json.find(name);
    if (found == json.end()) return fallback;
    if (!found->is_boolean()) return refuse(fmt::format("\"{}\" isn't true or false", name));
    return found->get<bool>();
}

Result<Change> read_change(const Json& json) {
    if (!json.is_object()) return refuse("a change isn't an object");
    for (const auto& [name, value] : json.items())
        if (name != "item" && name != "action" && name != "value")
            return refuse(fmt::format("a change has no member \"{}\"", name.substr(0, 40)));
    auto item = text_member(json, "item", true);
    if (!item) return tl::unexpected(item.error());
    auto action = text_member(json, "action", true);
    if (!action) return tl::unexpected(action.error());
    auto value = text_member(json, "value", false);
    if (!value) return tl::unexpected(value.error());
    if (std::find(std::begin(actions), std::end(actions), *action) == std::end(actions))
        return refuse(fmt::format("there is no action \"{}\"", action->substr(0, 40)));
    return Change{std::move(*item), std::move(*action), std::move(*value)};
}

}  // namespace

Result<DecisionRequest> read_decision_request(std::string_view text) {
    const auto json = read_object(text, {"undo", "changes"});
    if (!json) return tl::unexpected(json.error());
    DecisionRequest request;
    const auto undo = flag_member(*json, "undo", false);
    if (!undo) return tl::unexpected(undo.error());
    request.undo = *undo;
    const auto changes = json->find("changes");
    if (changes == json->end()) {
        if (!request.undo) return refuse("it has neither \"changes\" nor \"undo\"");
        return request;
    }
    if (request.undo) return refuse("it has both \"changes\" and \"undo\"");
    if (!changes->is_array()) return refuse("\"changes\" isn't a list");
    if (changes->empty() || changes->size() > most_changes)
        return refuse(
            fmt::format("\"changes\" has {} entries; 1 to {} are allowed", changes->size(), most_changes));
    for (const Json& entry : *changes) {
        auto change = read_change(entry);
        if (!change) return tl::unexpected(change.error());
        request.changes.push_back(std::move(*change));
    }
    return request;
}

Result<SaveRequest> read_save_request(std::string_view text) {
    const auto json = read_object(text, {"file_version"});
    if (!json) return tl::unexpected(json.error());
    auto version = text_member(*json, "file_version", true);
    if (!version) return tl::unexpected(version.error());
    return SaveRequest{std::move(*version)};
}

Result<ProposeRequest> read_propose_request(std::string_view text) {
    const auto json = read_object(text, {"dry_run"});
    if (!json) return tl::unexpected(json.error());
    const auto dry_run = flag_member(*json, "dry_run", true);
    if (!dry_run) return tl::unexpected(dry_run.error());
    return ProposeRequest{*dry_run};
}

Result<void> read_empty_request(std::string_view text) {
    const auto json = read_object(text, {});
    if (!json) return tl::unexpected(json.error());
    return {};
}

std::string to_json(const Week& week) {
    Json sections = Json::array();
    for (const Section& section : week.sections) sections.push_back(object(section));
    return dump({{"newsletter", week.newsletter},
                 {"date", week.date},
                 {"number", week.number},
                 {"first", week.first},
                 {"last", week.last},
                 {"file", week.file},
                 {"file_version", week.file_version},
                 {"web", week.web},
                 {"revision", week.revision},
                 {"undoable", week.undoable},
                 {"proposable", week.proposable},
                 {"lines", week.lines},
                 {"usual",
                  {{"count", week.usual.count},
                   {"low", week.usual.low},
                   {"median", week.usual.median},
                   {"high", week.usual.high}}},
                 {"warnings", week.warnings},
                 {"sections", std::move(sections)}});
}

std::string to_json(const State& state) {
    return dump({{"revision", state.revision}, {"file_version", state.file_version}});
}

std::string to_json(const Preview& preview) {
    return dump(object(preview));
}

std::string to_json(const SaveOutcome& outcome) {
    return dump(
        {{"saved", outcome.saved}, {"message", outcome.message}, {"preview", object(outcome.preview)}});
}

std::string to_json(const ProposeOutcome& outcome) {
    return dump({{"text", outcome.text}, {"url", outcome.url}});
}

std::string error_json(const std::string& sentence) {
    return dump({{"error", sentence}});
}

}  // namespace harvester::review
