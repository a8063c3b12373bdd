#include "prepare.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

#include "schema_text.h"

namespace github_double {
namespace {

class Validator {
  public:
    explicit Validator(Prepared& prepared) : prepared_(prepared) {}

    void run() {
        const auto& operation = *prepared_.operation;
        path_ = {operation.kind + (operation.name.empty() ? "" : " " + operation.name)};
        for (const auto& variable : operation.variables) {
            declared_.insert(variable.name);
            const auto* type = github_schema().find(variable.type.name);
            static const std::set<std::string> plain{"ID", "Int", "String", "Boolean", "Float"};
            if (!plain.contains(variable.type.name) &&
                (type == nullptr ||
                 (type->kind != "input" && type->kind != "enum" && type->kind != "scalar")))
                error(
                    operation.at,
                    fmt::format("{} isn't a defined input type (on ${})", variable.type.name, variable.name),
                    "variableRequiresValidType");
        }
        selections(operation.kind == "mutation" ? "Mutation" : "Query", operation.selections);
        for (const auto& name : declared_)
            if (!used_.contains(name))
                error(operation.at,
                      fmt::format("Variable ${} is declared by {} but not used", name, operation.name),
                      "variableNotUsed");
        for (const auto& [name, fragment] : prepared_.document.fragments)
            if (!spread_.contains(name))
                error(fragment.at, fmt::format("Fragment {} was defined, but not used", name),
                      "useAndDefineFragment");
        if (!errors_.empty()) throw RequestErrors{errors_};
    }

  private:
    void error(Position at, const std::string& message, const std::string& code,
               const Json& more = Json::object()) {
        Json extensions{{"code", code}};
        extensions.update(more);
        errors_.push_back({{"path", path_},
                           {"extensions", extensions},
                           {"locations", {{{"line", at.line}, {"column", at.column}}}},
                           {"message", message}});
    }

    void uses(const Literal& literal, Position at) {
        if (literal.kind == Literal::Kind::variable) {
            used_.insert(literal.text);
            if (!declared_.contains(literal.text))
                error(at,
                      fmt::format("Variable ${} is used by {} but not declared", literal.text,
                                  path_[0].get<std::string>()),
                      "variableNotDefined");
        }
        for (const auto& item : literal.items) uses(item, at);
        for (const auto& [key, member] : literal.members) uses(member, at);
    }

    void directives(const Selection& selection) {
        for (const auto& directive : selection.directives) {
            if (directive.name != "include" && directive.name != "skip")
                error(selection.at, fmt::format("Directive @{} is not defined", directive.name),
                      "undefinedDirective");
            for (const auto& argument : directive.arguments) uses(argument.value, argument.at);
        }
    }

    void arguments(const Selection& selection, const FieldDefinition& field, const std::string& type) {
        for (const auto& use : selection.arguments) {
            uses(use.value, use.at);
            const auto known = std::ranges::find(field.arguments, use.name, &ArgumentDefinition::name);
            if (known == field.arguments.end()) {
                error(use.at, fmt::format("Field '{}' doesn't accept argument '{}'", field.name, use.name),
                      "argumentNotAccepted",
                      {{"name", field.name}, {"typeName", "Field"}, {"argumentName", use.name}});
            } else if (use.value.kind != Literal::Kind::variable && !mentions_variable(use.value)) {
                try {
                    coerce_literal(use.value, known->type, Json::object());
                } catch (const std::exception&) {
                    error(use.at,
                          fmt::format("Argument '{}' on Field '{}' has an invalid value. Expected type '{}'.",
                                      use.name, field.name, known->type.written()),
                          "argumentLiteralsIncompatible",
                          {{"typeName", "Field"}, {"argumentName", use.name}});
                }
            }
        }
        for (const auto& one : field.arguments)
            if (one.type.required && !one.default_value &&
                std::ranges::find(selection.arguments, one.name, &ArgumentUse::name) ==
                    selection.arguments.end())
                error(selection.at,
                      fmt::format("Field '{}' is missing required arguments: {}", field.name, one.name),
                      "missingRequiredArguments",
                      {{"className", "Field"}, {"name", field.name}, {"typeName", type}});
    }

    static bool mentions_variable(const Literal& literal) {
        if (literal.kind == Literal::Kind::variable) return true;
        for (const auto& item : literal.items)
            if (mentions_variable(item)) return true;
        for (const auto& [key, member] : literal.members)
            if (mentions_variable(member)) return true;
        return false;
    }

    void selections(const std::string& type_name, const std::vector<Selection>& all) {
        for (const auto& selection : all) {
            directives(selection);
            if (selection.kind == Selection::Kind::field)
                field(type_name, selection);
            else if (selection.kind == Selection::Kind::inline_fragment)
                condition(selection.name.empty() ? type_name : selection.name, type_name,
                          selection.selections, selection.at);
            else
                spread(type_name, selection);
        }
    }

    void condition(const std::string& wanted, const std::string& parent, const std::vector<Selection>& inner,
                   Position at) {
        const auto* type = github_schema().find(wanted);
        if (type == nullptr || type->kind == "scalar" || type->kind == "enum" || type->kind == "input") {
            error(at, fmt::format("No such type {}, so it can't be a fragment condition", wanted),
                  "undefinedType", {{"typeName", wanted}});
            return;
        }
        bool possible = false;
        for (const auto& [name, one] : github_schema().types())
            possible = possible || (one.kind == "type" && github_schema().is_a(name, wanted) &&
                                    github_schema().is_a(name, parent));
        if (!possible)
            error(at, fmt::format("Fragment on {} can't be spread inside {}", wanted, parent),
                  "cannotSpreadFragment");
        else
            selections(wanted, inner);
    }

    void spread(const std::string& parent, const Selection& selection) {
        const auto found = prepared_.document.fragments.find(selection.name);
        if (found == prepared_.document.fragments.end()) {
            error(selection.at, fmt::format("Fragment {} was used, but not defined", selection.name),
                  "useAndDefineFragment");
            return;
        }
        spread_.insert(selection.name);
        if (!open_.insert(selection.name).second) {
            error(selection.at, fmt::format("Fragment {} contains an infinite loop", selection.name),
                  "infiniteLoop");
            return;
        }
        condition(found->second.type, parent, found->second.selections, selection.at);
        open_.erase(selection.name);
    }

    void field(const std::string& type_name, const Selection& selection) {
        const auto& type = *github_schema().find(type_name);
        path_.push_back(selection.alias);
        const auto* definition = type.field(selection.name);
        if (selection.name == "__typename") {
            if (!selection.selections.empty())
                error(selection.at, "Selections can't be made on scalars", "selectionMismatch");
        } else if (definition == nullptr) {
            error(selection.at,
                  fmt::format("Field '{}' doesn't exist on type '{}'", selection.name, type_name),
                  "undefinedField", {{"typeName", type_name}, {"fieldName", selection.name}});
        } else {
            arguments(selection, *definition, type_name);
            const auto* target = github_schema().find(definition->type.name);
            const bool leaf = target == nullptr || target->kind == "scalar" || target->kind == "enum";
            if (leaf != selection.selections.empty())
                error(selection.at,
                      leaf ? fmt::format("Selections can't be made on scalars (field '{}' returns {} but has "
                                         "selections)",
                                         selection.name, definition->type.name)
                           : fmt::format("Field must have selections (field '{}' returns {} but has no "
                                         "selections. Did you "
                                         "mean '{} {{ ... }}'?)",
                                         selection.name, definition->type.name, selection.name),
                      "selectionMismatch",
                      {{"nodeName", "field '" + selection.name + "'"}, {"typeName", definition->type.name}});
            else if (!leaf)
                selections(definition->type.name, selection.selections);
        }
        path_.erase(path_.size() - 1);
    }

    Prepared& prepared_;
    Json path_ = Json::array();
    std::set<std::string> declared_, used_, spread_, open_;
    std::vector<Json> errors_;
};

// Every connection must be bounded, and their products together too.
class Budget {
  public:
    explicit Budget(Prepared& prepared) : prepared_(prepared) {}

    void run() {
        walk(prepared_.operation->kind == "mutation" ? "Mutation" : "Query", prepared_.operation->selections,
             1);
        if (!errors_.empty()) throw RequestErrors{errors_};
        constexpr std::int64_t most = 500'000;
        if (prepared_.nodes > most)
            throw RequestErrors{
                {{{"type", "MAX_NODE_LIMIT_EXCEEDED"},
                  {"message", fmt::format("This query requests up to {} possible nodes which exceeds the "
                                          "maximum limit of {}.",
                                          prepared_.nodes, most)}}}};
        prepared_.cost = std::max<std::int64_t>(1, std::llround(static_cast<double>(requests_) / 100.0));
    }

  private:
    void walk(const std::string& type_name, const std::vector<Selection>& all, std::int64_t times) {
        for (const auto& selection : all) {
            if (!is_included(selection, prepared_.variables)) continue;
            if (selection.kind == Selection::Kind::inline_fragment) {
                walk(selection.name.empty() ? type_name : selection.name, selection.selections, times);
            } else if (selection.kind == Selection::Kind::spread) {
                const auto& fragment = prepared_.document.fragments.at(selection.name);
                walk(fragment.type, fragment.selections, times);
            } else if (selection.name != "__typename" && !selection.selections.empty()) {
                const auto& definition = *github_schema().find(type_name)->field(selection.name);
                walk(definition.type.name, selection.selections, times * size(selection, definition, times));
            }
        }
    }

    std::int64_t size(const Selection& selection, const FieldDefinition& definition, std::int64_t times) {
        if (!definition.type.name.ends_with("Connection")) return 1;
        Json arguments;
        try {
            arguments = coerce_arguments(definition, selection.arguments, prepared_.variables);
        } catch (const std::exception& problem) {
            errors_.push_back({{"message", problem.what()}, {"path", {selection.alias}}});
            return 1;
        }
        const auto bound = [&](const char* name) -> std::optional<std::int64_t> {
            if (!arguments.contains(name) || arguments[name].is_null()) return std::nullopt;
            return arguments[name].get<std::int64_t>();
        };
        const auto first = bound("first"), last = bound("last");
        if (!first && !last) {
            errors_.push_back(
                {{"type", "MISSING_PAGINATION_BOUNDARIES"},
                 {"path", {selection.alias}},
                 {"message",
                  fmt::format("You must provide a `first` or `last` value to properly paginate the "
                              "`{}` connection.",
                              selection.name)}});
            return 1;
        }
        const auto wanted = first.value_or(last.value_or(0));
        const auto* name = first ? "first" : "last";
        if (wanted > 100)
            errors_.push_back(
                {{"type", "EXCESSIVE_PAGINATION"},
                 {"path", {selection.alias}},
                 {"message",
                  fmt::format("Requesting {} records on the `{}` connection exceeds the `{}` limit of "
                              "100 records.",
                              wanted, selection.name, name)}});
        else if (wanted < 1)
            errors_.push_back(
                {{"type", "INVALID_PAGINATION"},
                 {"path", {selection.alias}},
                 {"message", fmt::format("`{}` on the `{}` connection must be between 1 and 100.", name,
                                         selection.name)}});
        requests_ += times;
        prepared_.nodes += times * wanted;
        return wanted;
    }

    Prepared& prepared_;
    std::int64_t requests_ = 0;
    std::vector<Json> errors_;
};

}  // namespace

const Schema& github_schema() {
    static const Schema schema{schema_text()};
    return schema;
}

const TypeDefinition* Schema::find(std::string_view name) const {
    const auto found = types_.find(std::string(name));
    return found == types_.end() ? nullptr : &found->second;
}

bool Schema::is_a(std::string_view object, std::string_view wanted) const {
    if (object == wanted) return true;
    const auto* type = find(object);
    if (type != nullptr && std::ranges::find(type->parts, wanted) != type->parts.end()) return true;
    const auto* whole = find(wanted);
    return whole != nullptr && whole->kind == "union" &&
           std::ranges::find(whole->parts, object) != whole->parts.end();
}

Prepared prepare(std::string_view document, const std::string& operation_name, const Json& variables) {
    Prepared out;
    try {
        out.document = parse_document(document);
    } catch (const SyntaxError& error) {
        throw RequestErrors{{{{"message", error.what()},
                              {"locations", {{{"line", error.at.line}, {"column", error.at.column}}}}}}};
    }
    for (const auto& operation : out.document.operations)
        if (operation_name.empty() ? out.document.operations.size() == 1 : operation.name == operation_name)
            out.operation = &operation;
    if (out.operation == nullptr)
        throw RequestErrors{
            {{{"message", operation_name.empty() ? std::string("An operation name is required")
                                                 : "No operation named \"" + operation_name + "\""}}}};
    Validator(out).run();
    for (const auto& definition : out.operation->variables) {
        const bool given = variables.is_object() && variables.contains(definition.name);
        if (!given && !definition.default_value && !definition.type.required) continue;
        try {
            Literal literal;
            literal.kind = Literal::Kind::variable;
            literal.text = definition.name;
            out.variables[definition.name] =
                given || !definition.default_value
                    ? coerce_literal(literal, definition.type, variables)
                    : coerce_literal(*definition.default_value, definition.type, Json::object());
        } catch (const std::exception& problem) {
            throw RequestErrors{
                {{{"extensions",
                   {{"value", given ? variables[definition.name] : Json()},
                    {"problems", {{{"path", Json::array()}, {"explanation", problem.what()}}}}}},
                  {"message", fmt::format("Variable ${} of type {} was provided invalid value: {}",
                                          definition.name, definition.type.written(), problem.what())}}}};
        }
    }
    Budget(out).run();
    return out;
}

}  // namespace github_double
