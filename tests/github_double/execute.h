// Runs a prepared request: resolvers give values of the graph, the executor writes the JSON that GitHub
// would.
#pragma once

#include <functional>
#include <memory>
#include <variant>

#include "prepare.h"

namespace github_double {

// An object of the graph: the name of its type in the schema, and what its resolvers read. `data` may be
// without ownership when it lives in the world.
struct Object {
    std::string_view type;
    std::shared_ptr<const void> data;
};

struct Value : std::variant<std::monostate, bool, std::int64_t, std::string, Object, std::vector<Value>> {
    using variant::variant;
};

// One field fails: it becomes null and errors[] says why.
struct FieldError {
    std::string type;  // "NOT_FOUND"
    std::string message;
};

class World;
class Search;
struct Alteration;
struct RateLimit;

// What a resolver may need besides its object.
struct Execution {
    World& world;
    Search& searches;  // of this world alone
    const Prepared& prepared;
    const Alteration& alteration;  // what a fault changes in the data
    const RateLimit& rate_limit;
    Json errors = Json::array();
    Json path = Json::array();  // of the field that is resolved now
    std::int64_t items = 0;     // nodes of searches that were returned
};

using Resolver = std::function<Value(const Object& self, const Json& arguments, Execution& execution)>;

// Resolvers by "Type.field". The constructor of the server checks that no field of the schema is without one.
using Resolvers = std::map<std::string, Resolver, std::less<>>;
const Resolvers& resolvers();

// The fields of the schema that have no resolver.
std::vector<std::string> fields_without_resolver();

// The response's body, {"data": ..., "errors": ...}.
std::string execute(Execution& execution);

}  // namespace github_double
