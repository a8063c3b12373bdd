#include <fmt/format.h>

#include "base/time.h"
#include "prepare.h"

namespace github_double {
namespace {

[[noreturn]] void wrong(const Json& value, const TypeUse& type, const std::string& why = {}) {
    throw std::runtime_error(fmt::format("{} is not a valid {}{}", value.dump(), type.written(), why));
}

bool is_base64(const std::string& text) {
    if (text.size() % 4 != 0) return false;
    const auto end = text.find_last_not_of('=');
    if (end != std::string::npos && text.size() - end - 1 > 2) return false;
    return text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") >
           (end == std::string::npos ? 0 : end);
}

Json coerce_scalar(const Json& value, const TypeUse& type) {
    const auto& name = type.name;
    if (name == "Int") {
        if (!value.is_number_integer() || value.get<std::int64_t>() > INT32_MAX ||
            value.get<std::int64_t>() < INT32_MIN)
            wrong(value, type);
    } else if (name == "Boolean") {
        if (!value.is_boolean()) wrong(value, type);
    } else if (name == "ID") {
        if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
        if (!value.is_string()) wrong(value, type);
    } else {
        if (!value.is_string()) wrong(value, type);
        const auto& text = value.get_ref<const std::string&>();
        if (name == "DateTime" && !harvester::parse_instant(text)) wrong(value, type);
        if (name == "GitObjectID" &&
            (text.size() != 40 || text.find_first_not_of("0123456789abcdef") != text.npos))
            wrong(value, type);
        if (name == "Base64String" && !is_base64(text)) wrong(value, type, ": not padded Base64 of RFC 4648");
    }
    return value;
}

// A JSON value, of a variable or of a literal already turned into JSON, as a value of `type`.
Json coerce_json(const Json& value, const TypeUse& type) {
    if (value.is_null()) {
        if (type.required) throw std::runtime_error("Expected value to not be null");
        return value;
    }
    if (type.item) {
        Json out = Json::array();
        if (!value.is_array()) {
            out.push_back(coerce_json(value, *type.item));
            return out;
        }
        for (const auto& one : value) out.push_back(coerce_json(one, *type.item));
        return out;
    }
    const auto* definition = github_schema().find(type.name);
    if (definition == nullptr || definition->kind == "scalar") return coerce_scalar(value, type);
    if (definition->kind == "enum") {
        if (!value.is_string() ||
            std::ranges::find(definition->parts, value.get<std::string>()) == definition->parts.end())
            wrong(value, type);
        return value;
    }
    if (!value.is_object()) wrong(value, type);
    Json out = Json::object();
    for (const auto& [key, member] : value.items()) {
        const auto known = std::ranges::find(definition->inputs, key, &ArgumentDefinition::name);
        if (known == definition->inputs.end())
            throw std::runtime_error(fmt::format("Field is not defined on {}: {}", type.name, key));
        out[key] = coerce_json(member, known->type);
    }
    for (const auto& input : definition->inputs) {
        if (out.contains(input.name)) continue;
        if (input.default_value)
            out[input.name] = coerce_literal(*input.default_value, input.type, Json::object());
        else if (input.type.required)
            throw std::runtime_error(
                fmt::format("Expected value to not be null: {}.{}", type.name, input.name));
    }
    return out;
}

// nullopt: a variable that was left out.
std::optional<Json> raw(const Literal& literal, const TypeUse& type, const Json& variables) {
    const auto* definition = github_schema().find(type.name);
    switch (literal.kind) {
        case Literal::Kind::null:
            return Json(nullptr);
        case Literal::Kind::boolean:
            return Json(literal.text == "true");
        case Literal::Kind::integer:
            return Json(std::stoll(literal.text));
        case Literal::Kind::real:
            return Json(std::stod(literal.text));
        case Literal::Kind::text:
            if (definition != nullptr && definition->kind == "enum") wrong(literal.text, type);
            return Json(literal.text);
        case Literal::Kind::name:
            if (definition == nullptr || definition->kind != "enum") wrong(literal.text, type);
            return Json(literal.text);
        case Literal::Kind::variable:
            if (!variables.contains(literal.text)) return std::nullopt;
            return variables.at(literal.text);
        case Literal::Kind::list: {
            Json out = Json::array();
            for (const auto& item : literal.items)
                out.push_back(raw(item, type.item ? *type.item : type, variables).value_or(nullptr));
            return out;
        }
        case Literal::Kind::object: {
            Json out = Json::object();
            for (const auto& [key, member] : literal.members) {
                TypeUse inner;
                if (definition != nullptr)
                    for (const auto& input : definition->inputs)
                        if (input.name == key) inner = input.type;
                if (auto value = raw(member, inner, variables)) out[key] = *value;
            }
            return out;
        }
    }
    return std::nullopt;
}

}  // namespace

Json coerce_literal(const Literal& literal, const TypeUse& type, const Json& variables) {
    return coerce_json(raw(literal, type, variables).value_or(nullptr), type);
}

Json coerce_arguments(const FieldDefinition& field, const std::vector<ArgumentUse>& uses,
                      const Json& variables) {
    Json out = Json::object();
    for (const auto& definition : field.arguments) {
        const auto use = std::ranges::find(uses, definition.name, &ArgumentUse::name);
        std::optional<Json> given;
        if (use != uses.end()) given = raw(use->value, definition.type, variables);
        if (given)
            out[definition.name] = coerce_json(*given, definition.type);
        else if (definition.default_value)
            out[definition.name] = coerce_literal(*definition.default_value, definition.type, variables);
        else if (definition.type.required)
            throw std::runtime_error("Expected value to not be null: " + definition.name);
    }
    return out;
}

bool is_included(const Selection& selection, const Json& variables) {
    for (const auto& directive : selection.directives) {
        TypeUse boolean;
        boolean.name = "Boolean";
        boolean.required = true;
        bool condition = false;
        for (const auto& argument : directive.arguments)
            if (argument.name == "if")
                condition = coerce_literal(argument.value, boolean, variables).get<bool>();
        if (directive.name == "skip" && condition) return false;
        if (directive.name == "include" && !condition) return false;
    }
    return true;
}

}  // namespace github_double
