#include "profile/toml_table.h"

#include <fmt/format.h>

#include <map>
#include <set>
#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

namespace harvester::profile {

struct TomlTable::Node {
    std::shared_ptr<toml::table> root;  // keeps `table` alive
    const toml::table* table = nullptr;
    std::string file;
    std::string path;                   // "titles.steps", empty for the root
    mutable std::set<std::string, std::less<>> read;
    mutable std::vector<std::shared_ptr<Node>> children;

    std::string full(std::string_view key) const { return path.empty() ? std::string(key) : path + "." + std::string(key); }

    const toml::node* find(std::string_view key) const {
        read.emplace(key);
        return table->get(key);
    }

    [[noreturn]] void refuse(std::string_view key, const std::string& problem) const {
        const toml::node* node = table->get(key);
        const auto line = node != nullptr ? node->source().begin.line : table->source().begin.line;
        throw ProfileError{fmt::format("{}:{}: {}: {}", file, line, full(key), problem)};
    }

    [[noreturn]] void missing(std::string_view key, const char* kind) const {
        refuse(key, fmt::format("{} is missing here", kind));
    }

    template <class T>
    std::optional<T> value(std::string_view key, const char* kind) const {
        const toml::node* node = find(key);
        if (node == nullptr) return std::nullopt;
        const auto result = node->value_exact<T>();
        if (!result) refuse(key, fmt::format("must be {}", kind));
        return result;
    }

    std::shared_ptr<Node> child(const toml::table& inner, std::string inner_path) const {
        auto node = std::make_shared<Node>(Node{root, &inner, file, std::move(inner_path), {}, {}});
        children.push_back(node);
        return node;
    }
};

TomlTable TomlTable::parse(std::string_view text, const std::string& name) {
    auto node = std::make_shared<Node>();
    try {
        node->root = std::make_shared<toml::table>(toml::parse(text, name));
    } catch (const toml::parse_error& error) {
        throw ProfileError{fmt::format("{}:{}: {}", name, error.source().begin.line, error.description())};
    }
    node->table = node->root.get();
    node->file = name;
    return TomlTable(std::move(node));
}

bool TomlTable::has(std::string_view key) const { return node_->table->contains(key); }

std::string TomlTable::text(std::string_view key) const {
    auto value = node_->value<std::string>(key, "a string");
    if (!value) node_->missing(key, "a string");
    return *value;
}

std::string TomlTable::text(std::string_view key, std::string fallback) const {
    return node_->value<std::string>(key, "a string").value_or(std::move(fallback));
}

std::int64_t TomlTable::integer(std::string_view key, std::optional<std::int64_t> fallback) const {
    const auto value = node_->value<std::int64_t>(key, "a whole number");
    if (!value && !fallback) node_->missing(key, "a whole number");
    return value ? *value : *fallback;
}

double TomlTable::number(std::string_view key, std::optional<double> fallback) const {
    const toml::node* node = node_->find(key);
    if (node == nullptr) {
        if (!fallback) node_->missing(key, "a number");
        return *fallback;
    }
    if (!node->is_number()) node_->refuse(key, "must be a number");
    return node->value<double>().value();
}

bool TomlTable::boolean(std::string_view key, std::optional<bool> fallback) const {
    const auto value = node_->value<bool>(key, "true or false");
    if (!value && !fallback) node_->missing(key, "true or false");
    return value ? *value : *fallback;
}

std::vector<std::string> TomlTable::texts(std::string_view key) const {
    const toml::node* node = node_->find(key);
    if (node == nullptr) return {};
    if (const auto one = node->value_exact<std::string>()) return {*one};
    const toml::array* array = node->as_array();
    if (array == nullptr) node_->refuse(key, "must be a list of strings");
    std::vector<std::string> out;
    for (const toml::node& element : *array) {
        const auto value = element.value_exact<std::string>();
        if (!value) node_->refuse(key, "must be a list of strings");
        out.push_back(*value);
    }
    return out;
}

TomlTable TomlTable::table(std::string_view key) const {
    const toml::node* node = node_->find(key);
    static const toml::table empty;
    if (node != nullptr && !node->is_table()) node_->refuse(key, fmt::format("must be a table, [{}]", node_->full(key)));
    return TomlTable(node_->child(node != nullptr ? *node->as_table() : empty, node_->full(key)));
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) const {
    const toml::node* node = node_->find(key);
    if (node == nullptr) return {};
    const toml::array* array = node->as_array();
    std::vector<TomlTable> out;
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
        const toml::table* inner = array->get(i)->as_table();
        if (inner == nullptr) break;
        out.push_back(TomlTable(node_->child(*inner, fmt::format("{}[{}]", node_->full(key), i))));
    }
    if (array == nullptr || out.size() != array->size())
        node_->refuse(key, fmt::format("must be a list of tables, [[{}]]", node_->full(key)));
    return out;
}

std::vector<std::string> TomlTable::keys() const {
    // toml++ sorts keys; the lines they stand on give the file's order back.
    std::multimap<std::pair<std::uint32_t, std::uint32_t>, std::string> by_place;
    for (const auto& [key, value] : *node_->table)
        by_place.emplace(std::pair{key.source().begin.line, key.source().begin.column}, std::string(key.str()));
    std::vector<std::string> out;
    for (auto& [place, key] : by_place) out.push_back(key);
    return out;
}

void TomlTable::refuse(std::string_view key, const std::string& problem) const { node_->refuse(key, problem); }

void TomlTable::check_all_read() const {
    for (const auto& [key, value] : *node_->table)
        if (!node_->read.contains(key.str()))
            throw ProfileError{fmt::format("{}:{}: {}: no such key; see the comments of the default profile for the keys there are",
                                           node_->file, key.source().begin.line, node_->full(key.str()))};
    for (const auto& child : node_->children) TomlTable(child).check_all_read();
}

}  // namespace harvester::profile
