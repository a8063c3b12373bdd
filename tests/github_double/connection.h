// Pages of lists, as GitHub's connections have them.
#pragma once

#include <algorithm>

#include "execute.h"

namespace github_double {

struct Connection {
    std::vector<Value> nodes;
    std::int64_t total = 0;           // totalCount or issueCount
    std::int64_t filtered = 0;        // filteredCount
    std::int64_t start = 0, end = 0;  // offsets of the first node and after the last one
    bool has_next = false, has_previous = false;
};

std::string write_cursor(std::int64_t offset);

// The part of 0..size that the arguments first, last, after and before choose. Throws FieldError on a cursor
// that isn't one.
std::pair<std::int64_t, std::int64_t> chosen(std::int64_t size, const Json& arguments);

// A page over `size` things, made by `node(index)`.
template <class Node>
Value page(std::string_view type, std::int64_t size, const Json& arguments, const Node& node) {
    auto out = std::make_shared<Connection>();
    std::tie(out->start, out->end) = chosen(size, arguments);
    for (auto i = out->start; i < out->end; ++i) out->nodes.push_back(node(static_cast<std::size_t>(i)));
    out->total = out->filtered = size;
    out->has_next = out->end < size;
    out->has_previous = out->start > 0;
    return Object{type, std::move(out)};
}

// Whether a JSON array holds a text.
inline bool holds(const Json& array, std::string_view text) {
    return std::any_of(array.begin(), array.end(), [&](const Json& one) { return one == text; });
}

template <class T>
const T& read(const Object& object) {
    return *static_cast<const T*>(object.data.get());
}

// A reference to something that lives longer than the answer.
template <class T>
Object borrow(std::string_view type, const T& thing) {
    return {type, std::shared_ptr<const void>(std::shared_ptr<const void>(), &thing)};
}

template <class T>
Object own(std::string_view type, T thing) {
    return {type, std::make_shared<const T>(std::move(thing))};
}

// For resolver tables: RESOLVE(Item) { return item.title; } would hide more than it saves; this names `self`.
template <class T, class Function>
Resolver field(Function function) {
    return
        [function](const Object& self, const Json&, Execution&) -> Value { return function(read<T>(self)); };
}

void add_connection_resolvers(Resolvers& table);
void add_item_resolvers(Resolvers& table);
void add_repository_resolvers(Resolvers& table);
void add_root_resolvers(Resolvers& table);
void add_mutation_resolvers(Resolvers& table);

}  // namespace github_double
