// github_double/: a GitHub on loopback for tests and for the demo: it reads worlds, answers GraphQL by
// GitHub's rules and can be told to be slow or to fail. This header: GraphQL text as trees, both documents
// and schemas.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace github_double {

struct Position {
    int line = 1;  // from 1
    int column = 1;
};

// What is wrong with a text, as one sentence.
struct SyntaxError : std::runtime_error {
    SyntaxError(Position where, const std::string& what) : std::runtime_error(what), at(where) {}
    Position at;
};

struct LiteralMember;

struct Literal {
    enum class Kind { null, boolean, integer, real, text, name, variable, list, object };
    Kind kind = Kind::null;
    std::string text;  // as written; for texts: what they mean
    std::vector<Literal> items;
    std::vector<LiteralMember> members;
};

struct LiteralMember {
    std::string name;
    Literal value;
};

struct TypeUse {
    std::string name;  // of the innermost type
    bool required = false;
    std::shared_ptr<TypeUse> item;  // set for a list
    std::string written() const;
};

struct ArgumentUse {
    std::string name;
    Literal value;
    Position at;
};

struct Directive {
    std::string name;
    std::vector<ArgumentUse> arguments;
};

struct Selection {
    enum class Kind { field, spread, inline_fragment };
    Kind kind = Kind::field;
    std::string name;   // of the field, the fragment, or the type condition (may be empty)
    std::string alias;  // response key of a field
    std::vector<ArgumentUse> arguments;
    std::vector<Directive> directives;
    std::vector<Selection> selections;
    Position at;
};

struct VariableDefinition {
    std::string name;
    TypeUse type;
    std::optional<Literal> default_value;
};

struct Operation {
    std::string kind;  // query, mutation
    std::string name;
    std::vector<VariableDefinition> variables;
    std::vector<Selection> selections;
    Position at;
};

struct Fragment {
    std::string name;
    std::string type;
    std::vector<Selection> selections;
    Position at;
};

struct Document {
    std::vector<Operation> operations;
    std::map<std::string, Fragment> fragments;
};

struct ArgumentDefinition {
    std::string name;
    TypeUse type;
    std::optional<Literal> default_value;
};

struct FieldDefinition {
    std::string name;
    std::vector<ArgumentDefinition> arguments;
    TypeUse type;
};

struct TypeDefinition {
    std::string kind;  // type, interface, input, enum, union, scalar
    std::string name;
    std::vector<std::string> parts;       // interfaces of a type, members of a union, values of an enum
    std::vector<FieldDefinition> fields;  // of types, interfaces and inputs (there without arguments)
    std::vector<ArgumentDefinition> inputs;
    const FieldDefinition* field(std::string_view field_name) const;
};

// Both throw SyntaxError.
Document parse_document(std::string_view text);
std::map<std::string, TypeDefinition> parse_schema(std::string_view text);

}  // namespace github_double
