// What a query starts from: search, repository, nodes, viewer, the rate limit.
#include <fmt/format.h>

#include <algorithm>

#include "faults.h"
#include "graph.h"
#include "rate_limit.h"
#include "search.h"

namespace github_double {
namespace {

Value item_value(const Item& item) {
    return borrow(item.pull_request ? "PullRequest" : "Issue", item);
}

Value search(const Object&, const Json& arguments, Execution& execution) {
    const auto& alteration = execution.alteration;
    const bool issues = arguments["type"] == "ISSUE";
    const auto hits = issues ? execution.searches.find(execution.world, arguments["query"])
                             : std::make_shared<const Hits>();
    const auto size = static_cast<std::int64_t>(hits->items.size());

    auto out = std::make_shared<Connection>();
    std::tie(out->start, out->end) = chosen(size, arguments);
    if (alteration.repeat_item && size > 0) {
        // As if an item had come in before this page: its first one was the last one of the page before.
        if (out->start > 0) {
            --out->start;
            --out->end;
        } else {
            out->nodes.push_back(item_value(*hits->items.front()));
            if (out->end == arguments["first"].get<std::int64_t>()) --out->end;
        }
    }
    for (auto i = out->start; i < out->end; ++i) {
        const auto& item = *hits->items[static_cast<std::size_t>(i)];
        const bool gone = (alteration.null_node && i == out->start) ||
                          alteration.null_item == fmt::format("{}#{}", item.repository->name, item.number);
        out->nodes.push_back(gone ? Value{} : item_value(item));
        if (gone && alteration.with_error) {
            auto path = execution.path;
            path.push_back("nodes");
            path.push_back(out->nodes.size() - 1);
            execution.errors.push_back(
                {{"type", "NOT_FOUND"},
                 {"path", path},
                 {"message", "Could not resolve to a node with the global id of '" + item.id + "'."}});
        }
    }
    execution.items += static_cast<std::int64_t>(out->nodes.size());
    out->total = hits->count + alteration.count_shift;
    out->has_next = out->end < size;
    out->has_previous = out->start > 0;
    return Object{"SearchResultItemConnection", std::move(out)};
}

Value repository(const Object&, const Json& arguments, Execution& execution) {
    const auto name = arguments["owner"].get<std::string>() + "/" + arguments["name"].get<std::string>();
    const auto* found = execution.world.repository(name);
    if (found == nullptr)
        throw FieldError{"NOT_FOUND",
                         fmt::format("Could not resolve to a Repository with the name '{}'.", name)};
    return borrow("Repository", *found);
}

Value node(const std::string& id, Execution& execution) {
    const auto* item = execution.world.item_by_id(id);
    if (item != nullptr &&
        execution.alteration.null_item != fmt::format("{}#{}", item->repository->name, item->number))
        return item_value(*item);
    if (const auto* repository = execution.world.repository_by_id(id))
        return borrow("Repository", *repository);
    throw FieldError{"NOT_FOUND", fmt::format("Could not resolve to a node with the global id of '{}'.", id)};
}

Value nodes(const Object&, const Json& arguments, Execution& execution) {
    if (arguments["ids"].size() > 100)
        throw FieldError{"ARGUMENT_LIMIT", "You may not provide more than 100 node ids; you provided " +
                                               std::to_string(arguments["ids"].size()) + "."};
    std::vector<Value> out;
    for (const auto& id : arguments["ids"]) try {
            out.push_back(node(id, execution));
        } catch (const FieldError& error) {
            execution.errors.push_back(
                {{"type", error.type}, {"path", {"nodes", out.size()}}, {"message", error.message}});
            out.emplace_back();
        }
    return out;
}

}  // namespace

void add_root_resolvers(Resolvers& table) {
    table["Query.search"] = search;
    table["Query.repository"] = repository;
    table["Query.node"] = [](const Object&, const Json& arguments, Execution& execution) {
        return node(arguments["id"], execution);
    };
    table["Query.nodes"] = nodes;
    table["Query.viewer"] = [](const Object&, const Json&, Execution& execution) -> Value {
        return borrow("User", execution.world.viewer);
    };
    table["Query.rateLimit"] = [](const Object&, const Json&, Execution& execution) -> Value {
        return borrow("RateLimit", execution.rate_limit);
    };
    table["RateLimit.cost"] = [](const Object&, const Json&, Execution& execution) -> Value {
        return execution.prepared.cost;
    };
    table["RateLimit.nodeCount"] = [](const Object&, const Json&, Execution& execution) -> Value {
        return execution.prepared.nodes;
    };
    table["RateLimit.limit"] = field<RateLimit>([](const RateLimit& r) { return r.limit; });
    table["RateLimit.used"] = field<RateLimit>([](const RateLimit& r) { return r.used; });
    table["RateLimit.remaining"] = field<RateLimit>([](const RateLimit& r) { return r.limit - r.used; });
    table["RateLimit.resetAt"] =
        field<RateLimit>([](const RateLimit& r) { return harvester::format_instant(r.reset); });
}

}  // namespace github_double
