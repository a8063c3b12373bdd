#include "github/body.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "github/json.h"
#include "queries/embedded.h"

namespace harvester::github {
namespace {

constexpr std::size_t most_errors = 20;

// Empty when the member is lacking or no string.
std::string text_of(const json::Value& value, std::string_view key) {
    const auto member = value.find(key);
    return member && member->is_string() ? std::string(member->text()) : std::string();
}

// ["search", "nodes", 3] as "search.nodes.3".
std::string error_path(const json::Value& error) {
    std::string path;
    if (const auto steps = error.find("path"))
        steps->elements([&](const json::Value& step) {
            if (!path.empty()) path += '.';
            path += step.is_string() ? std::string(step.text()) : std::to_string(step.count());
        });
    return path;
}

PartialError decode_error(const json::Value& value) {
    PartialError error{text_of(value, "type"), error_path(value), text_of(value, "message")};
    const auto extensions = value.find("extensions");
    if (error.type.empty() && extensions) error.type = text_of(*extensions, "code");
    if (error.type.empty()) error.type = text_of(value, "code");
    return error;
}

constexpr bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The word after "query" or "mutation" at the start of a line: a file holds one named operation.
std::string_view operation_name(std::string_view document) {
    for (std::size_t line = 0; line < document.size();) {
        const std::string_view rest = document.substr(line);
        for (const std::string_view keyword : {std::string_view("query "), std::string_view("mutation ")}) {
            if (!rest.starts_with(keyword)) continue;
            std::size_t end = keyword.size();
            while (end < rest.size() && is_name_character(rest[end])) ++end;
            return rest.substr(keyword.size(), end - keyword.size());
        }
        const std::size_t line_break = document.find('\n', line);
        if (line_break == std::string_view::npos) break;
        line = line_break + 1;
    }
    return {};
}

}  // namespace

std::optional<Operation> find_operation(std::string_view file_stem) {
    const std::string_view document = queries::embedded("github/" + std::string(file_stem) + ".graphql");
    const std::string_view name = operation_name(document);
    if (name.empty()) return std::nullopt;
    return Operation{name, document};
}

BodyFacts inspect_body(const std::string& body) {
    BodyFacts facts;
    facts.broken = json::read(body, [&](const json::Value& root) {
        const auto data = root.find("data");
        facts.data = data && data->is_object();
        facts.message = text_of(root, "message");
        if (const auto errors = root.find("errors"))
            errors->elements([&](const json::Value& error) {
                if (facts.errors.size() < most_errors) facts.errors.push_back(decode_error(error));
            });
    });
    return facts;
}

Result<std::string> request_body(const Call& call, int page_size) {
    auto variables = nlohmann::json::parse(call.variables, nullptr, false);
    if (!variables.is_object())
        return fail(ExitCode::usage,
                    fmt::format("the variables of {} are no JSON object: report this as a bug of harvester",
                                call.operation.name));
    if (!call.page_size_name.empty()) variables[call.page_size_name] = page_size;
    const nlohmann::json body{
        {"query", call.operation.document}, {"operationName", call.operation.name}, {"variables", variables}};
    return body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace harvester::github
