#include "connection.h"

#include <charconv>

namespace github_double {
namespace {

constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::int64_t read_cursor(const std::string& cursor) {
    std::string text;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : cursor) {
        const auto digit = digits.find(c);
        if (digit == std::string_view::npos) break;
        bits = bits << 6 | static_cast<std::uint32_t>(digit);
        if ((held += 6) >= 8) text += static_cast<char>(bits >> (held -= 8) & 0xff);
    }
    std::int64_t out = 0;
    constexpr std::string_view prefix = "cursor:";
    if (text.starts_with(prefix)) {
        const auto [end, error] =
            std::from_chars(text.data() + prefix.size(), text.data() + text.size(), out);
        if (error == std::errc() && end == text.data() + text.size()) return out;
    }
    throw FieldError{"INVALID_CURSOR_ARGUMENTS", "`" + cursor + "` does not appear to be a valid cursor."};
}

}  // namespace

std::string write_cursor(std::int64_t offset) {
    const auto text = "cursor:" + std::to_string(offset);
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        std::uint32_t bits = 0;
        for (std::size_t j = 0; j < 3; ++j)
            bits = bits << 8 | (i + j < text.size() ? static_cast<unsigned char>(text[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j)
            out += i + j > text.size() ? '=' : digits[bits >> (18 - 6 * j) & 63];
    }
    return out;
}

std::pair<std::int64_t, std::int64_t> chosen(std::int64_t size, const Json& arguments) {
    const auto given = [&](const char* name) {
        return arguments.contains(name) && !arguments[name].is_null();
    };
    std::int64_t start = 0, end = size;
    if (given("after")) start = std::clamp<std::int64_t>(read_cursor(arguments["after"]), 0, size);
    if (given("before")) end = std::clamp<std::int64_t>(read_cursor(arguments["before"]) - 1, start, size);
    if (given("first")) end = std::min(end, start + arguments["first"].get<std::int64_t>());
    if (given("last")) start = std::max(start, end - arguments["last"].get<std::int64_t>());
    return {start, end};
}

void add_connection_resolvers(Resolvers& table) {
    for (const auto& [name, type] : github_schema().types()) {
        if (type.kind != "type" || !name.ends_with("Connection")) continue;
        table[name + ".nodes"] = field<Connection>([](const Connection& c) { return c.nodes; });
        table[name + ".pageInfo"] = [](const Object& self, const Json&, Execution&) -> Value {
            return Object{"PageInfo", self.data};
        };
        table[name + ".totalCount"] = table[name + ".issueCount"] =
            field<Connection>([](const Connection& c) { return c.total; });
        table[name + ".filteredCount"] = field<Connection>([](const Connection& c) { return c.filtered; });
        table[name + ".pageCount"] = field<Connection>([](const Connection& c) { return c.end - c.start; });
        for (const auto* other :
             {"codeCount", "discussionCount", "repositoryCount", "userCount", "wikiCount"})
            table[name + "." + other] = [](const Object&, const Json&, Execution&) -> Value {
                return std::int64_t{0};
            };
    }
    table["PageInfo.hasNextPage"] = field<Connection>([](const Connection& c) { return c.has_next; });
    table["PageInfo.hasPreviousPage"] = field<Connection>([](const Connection& c) { return c.has_previous; });
    table["PageInfo.startCursor"] = field<Connection>(
        [](const Connection& c) { return c.nodes.empty() ? Value{} : Value{write_cursor(c.start + 1)}; });
    table["PageInfo.endCursor"] = field<Connection>(
        [](const Connection& c) { return c.nodes.empty() ? Value{} : Value{write_cursor(c.end)}; });
}

const Resolvers& resolvers() {
    static const Resolvers table = [] {
        Resolvers out;
        add_connection_resolvers(out);
        add_item_resolvers(out);
        add_repository_resolvers(out);
        add_root_resolvers(out);
        add_mutation_resolvers(out);
        return out;
    }();
    return table;
}

}  // namespace github_double
