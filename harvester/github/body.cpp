#include "github/body.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "github/json_reader.h"

namespace harvester::github {
namespace {

using json::Key;
using json::Reader;
using json::Value;

constexpr std::size_t most_errors = 20;

// Visits everything below a value, so that damage anywhere is found.
void walk(Reader& reader, Value& value) {
    using Type = simdjson::ondemand::json_type;
    switch (Type(value.type())) {
        case Type::object:
            reader.members(value, [&](Key, Value& member) { walk(reader, member); });
            break;
        case Type::array:
            reader.elements(value, [&](Value& element) { walk(reader, element); });
            break;
        case Type::string:
            (void)value.get_raw_json_string().value();
            break;
        case Type::number:
            (void)value.get_double().value();
            break;
        case Type::boolean:
            (void)value.get_bool().value();
            break;
        case Type::null:
            if (!value.is_null()) throw json::Wrong{"is no value"};
            break;
    }
}

bool is_string(Value& value) {
    return simdjson::ondemand::json_type(value.type()) == simdjson::ondemand::json_type::string;
}

std::string text_or_empty(Reader& reader, Value& value) {
    if (is_string(value)) return reader.text(value, std::string::npos);
    walk(reader, value);
    return {};
}

// ["search", "nodes", 3] as "search.nodes.3".
std::string error_path(Reader& reader, Value& value) {
    std::string path;
    if (value.is_null()) return path;
    reader.elements(value, [&](Value& step) {
        if (!path.empty()) path += '.';
        path += is_string(step) ? reader.text(step, std::string::npos) : std::to_string(reader.count(step));
    });
    return path;
}

PartialError decode_error(Reader& reader, Value& value) {
    PartialError error;
    std::string code;
    reader.members(value, [&](Key key, Value& member) {
        if (key == "type")
            error.type = text_or_empty(reader, member);
        else if (key == "code")
            code = text_or_empty(reader, member);
        else if (key == "message")
            error.message = text_or_empty(reader, member);
        else if (key == "path")
            error.path = error_path(reader, member);
        else if (key == "extensions")
            reader.members_unless_null(member, [&](Key inner, Value& extension) {
                if (inner == "code")
                    code = text_or_empty(reader, extension);
                else
                    walk(reader, extension);
            });
        else
            walk(reader, member);
    });
    if (error.type.empty()) error.type = code;
    return error;
}

void decode_errors(Reader& reader, Value& value, std::vector<PartialError>& errors) {
    if (value.is_null()) return;
    reader.elements(value, [&](Value& entry) {
        PartialError error = decode_error(reader, entry);
        if (errors.size() < most_errors) errors.push_back(std::move(error));
    });
}

}  // namespace

BodyFacts inspect_body(const std::string& body) {
    BodyFacts facts;
    facts.broken = json::read(body, [&](Reader& reader, Key key, Value& value) {
        if (key == "errors")
            decode_errors(reader, value, facts.errors);
        else if (key == "message")
            facts.message = text_or_empty(reader, value);
        else if (key == "data" &&
                 reader.members_unless_null(value, [&](Key, Value& member) { walk(reader, member); }))
            facts.data = true;
        else if (key != "data")
            walk(reader, value);
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
