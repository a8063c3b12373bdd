// Makes a request fit to execute: the document is checked against the schema, the variables are coerced, and
// GitHub's limits on what one request may ask for are applied. What is wrong is said in GitHub's words.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "graphql.h"

namespace github_double {

using Json = nlohmann::ordered_json;

// The answer has "errors" and no "data".
struct RequestErrors {
    std::vector<Json> errors;
};

class Schema {
  public:
    explicit Schema(std::string_view text) : types_(parse_schema(text)) {}
    const TypeDefinition* find(std::string_view name) const;
    const std::map<std::string, TypeDefinition>& types() const { return types_; }
    // Whether an object of type `object` may stand where `wanted` (a type, interface or union) is asked for.
    bool is_a(std::string_view object, std::string_view wanted) const;

  private:
    std::map<std::string, TypeDefinition> types_;
};

// The schema of schema.graphql.
const Schema& github_schema();

struct Prepared {
    Document document;
    const Operation* operation = nullptr;  // into `document`
    Json variables = Json::object();
    std::int64_t cost = 1;   // points, by GitHub's formula
    std::int64_t nodes = 0;  // the most that may be returned
};

// Throws RequestErrors. `operation_name` may be empty when the document has one operation.
Prepared prepare(std::string_view document, const std::string& operation_name, const Json& variables);

// A literal or variable as JSON of type `type`. Throws std::runtime_error with what is wrong.
Json coerce_literal(const Literal& literal, const TypeUse& type, const Json& variables);

// The arguments of one field, defaults filled in.
Json coerce_arguments(const FieldDefinition& field, const std::vector<ArgumentUse>& uses,
                      const Json& variables);

// False when @skip or @include leaves the selection out.
bool is_included(const Selection& selection, const Json& variables);

}  // namespace github_double
