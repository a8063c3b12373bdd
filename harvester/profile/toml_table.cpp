#include "profile/toml_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "base/nearest_name.h"

namespace harvester::profile {

struct TomlTable::Node {
    std::shared_ptr<const TomlValue> root;  // keeps `value` alive
    const TomlValue* value = nullptr;       // a table
    std::string path;
    std::shared_ptr<std::vector<Problem>> problems;  // of the whole file
    std::vector<AskedKey> asked{};
    std::set<std::string, std::less<>> refused{};
    std::vector<std::shared_ptr<Node>> children{};

    std::string full(std::string_view key) const {
        return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
    }
    bool is_asked(std::string_view key) const {
        return std::any_of(asked.begin(), asked.end(), [&](const AskedKey& a) { return a.key == key; });
    }
    // The same each time: what was asked of it stays asked.
    std::shared_ptr<Node> child(const TomlValue& table, std::string child_path) {
        for (const auto& known : children)
            if (known->path == child_path) return known;
        return children.emplace_back(
            std::make_shared<Node>(Node{root, &table, std::move(child_path), problems}));
    }
};

namespace {

std::string toml_list(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + toml_text(text);
    return "[" + out + "]";
}

// What is wrong with a key that isn't one of the keys that are `known` in its place.
std::string trouble_with(const std::string& key, const std::vector<std::string>& known) {
    if (key == "remove") return "the profile that this one extends has no such entry";
    if (const auto meant = nearest_name(key, known))
        return fmt::format("no such key; did you mean \"{}\"?", *meant);
    return known.empty() ? "no such key; remove it"
                         : fmt::format("no such key; the keys here are {}", fmt::join(known, ", "));
}

}  // namespace

TomlTable::TomlTable(TomlValue root) : node_(std::make_shared<Node>()) {
    node_->root = std::make_shared<const TomlValue>(std::move(root));
    node_->value = node_->root.get();
    node_->problems = std::make_shared<std::vector<Problem>>();
}

TomlTable TomlTable::parse(std::string_view text, const std::string& name) {
    auto root = parse_toml(text, name);
    if (root) return TomlTable(std::move(*root));
    TomlTable empty(TomlValue{root.error().place, TomlFields{}});
    empty.node_->problems->push_back(root.error());
    return empty;
}

bool TomlTable::has(std::string_view key) const {
    return node_->value->find(key) != nullptr;
}

const std::string& TomlTable::path() const {
    return node_->path;
}

const Place* TomlTable::place_of(std::string_view key) const {
    const TomlValue* value = node_->value->find(key);
    return value == nullptr ? nullptr : &value->place;
}

void TomlTable::ask(std::string_view key, std::string fallback) const {
    if (!node_->is_asked(key)) node_->asked.push_back({std::string(key), std::move(fallback)});
}

void TomlTable::missing(std::string_view key) const {
    refuse(key, "is missing here; add it");
}

template <class T>
const T* TomlTable::exact(std::string_view key, const char* kind) const {
    const TomlValue* value = node_->value->find(key);
    if (value == nullptr) return nullptr;
    const T* found = std::get_if<T>(&value->data);
    if (found == nullptr) refuse(key, fmt::format("must be {}", kind));
    return found;
}

void TomlTable::read(std::string_view key, std::string& out) const {
    ask(key, toml_text(out));
    if (const auto* text = exact<std::string>(key, "a string")) out = *text;
}

void TomlTable::read(std::string_view key, std::vector<std::string>& out) const {
    ask(key, toml_list(out));
    const TomlValue* value = node_->value->find(key);
    if (value == nullptr) return;
    if (const auto* text = std::get_if<std::string>(&value->data)) {
        out = {*text};
        return;
    }
    const auto* list = exact<TomlList>(key, "a list of strings");
    if (list == nullptr) return;
    std::vector<std::string> texts;
    for (const TomlValue& element : *list) {
        const auto* text = std::get_if<std::string>(&element.data);
        if (text == nullptr) return refuse(key, "must be a list of strings");
        texts.push_back(*text);
    }
    out = std::move(texts);
}

void TomlTable::read(std::string_view key, bool& out) const {
    ask(key, out ? "true" : "false");
    if (const auto* value = exact<bool>(key, "true or false")) out = *value;
}

void TomlTable::read(std::string_view key, Day& out) const {
    std::string text = format_day(out);
    read(key, text);
    if (const auto day = parse_day(text)) {
        out = *day;
    } else {
        refuse(key, "must be a day, \"2024-11-13\"");
    }
}

void TomlTable::read(std::string_view key, double& out, double least) const {
    ask(key, fmt::format("{}", out));
    const TomlValue* value = node_->value->find(key);
    if (value == nullptr) return;
    const auto* integer = std::get_if<std::int64_t>(&value->data);
    const auto* number = integer == nullptr ? exact<double>(key, "a number") : nullptr;
    if (integer == nullptr && number == nullptr) return;
    const double read = integer != nullptr ? static_cast<double>(*integer) : *number;
    if (!(read >= least)) return refuse(key, fmt::format("must be {} or more", least));
    out = read;
}

void TomlTable::read_integer(std::string_view key, std::int64_t& out, std::int64_t least,
                             std::int64_t most) const {
    ask(key, std::to_string(out));
    const auto* value = exact<std::int64_t>(key, "a whole number");
    if (value == nullptr) return;
    if (*value >= least && *value <= most) {
        out = *value;
    } else if (most == std::numeric_limits<std::int64_t>::max()) {
        refuse(key, fmt::format("must be {} or more", least));
    } else {
        refuse(key, fmt::format("must be from {} to {}", least, most));
    }
}

TomlTable TomlTable::table(std::string_view key) const {
    static const TomlValue empty{{}, TomlFields{}};
    ask(key, "");
    const TomlValue* value = node_->value->find(key);
    const bool right = value != nullptr && value->fields() != nullptr;
    if (value != nullptr && !right) refuse(key, fmt::format("must be a table, [{}]", node_->full(key)));
    return TomlTable(node_->child(right ? *value : empty, node_->full(key)));
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) const {
    ask(key, "");
    const TomlValue* value = node_->value->find(key);
    if (value == nullptr) return {};
    const TomlList* list = value->list();
    const bool right = list != nullptr && std::all_of(list->begin(), list->end(), [](const TomlValue& v) {
                           return v.fields() != nullptr;
                       });
    if (!right) {
        refuse(key, fmt::format("must be a list of tables, [[{}]]", node_->full(key)));
        return {};
    }
    std::vector<TomlTable> out;
    for (const TomlValue& entry : *list)
        out.push_back(
            TomlTable(node_->child(entry, fmt::format("{}[{}]", node_->full(key), out.size() + 1))));
    return out;
}

std::vector<std::string> TomlTable::keys() const {
    std::vector<std::string> out;
    for (const TomlField& field : *node_->value->fields()) {
        ask(field.key, "");
        out.push_back(field.key);
    }
    return out;
}

void TomlTable::refuse(std::string_view key, const std::string& problem) const {
    if (!node_->refused.emplace(key).second) return;
    const Place* place = place_of(key);
    // A table that is absent is reported at the file's start.
    const Place& where = place != nullptr                      ? *place
                         : node_->value->place.file != nullptr ? node_->value->place
                                                               : node_->root->place;
    node_->problems->push_back({where, fmt::format("{}: {}", node_->full(key), problem)});
}

void TomlTable::refuse_word(std::string_view key, std::string_view word,
                            const std::vector<std::string>& known) const {
    const auto meant = nearest_name(word, known);
    refuse(key, fmt::format("\"{}\" must be one of {}{}", word, fmt::join(known, ", "),
                            meant ? fmt::format("; did you mean \"{}\"?", *meant) : ""));
}

std::vector<Problem> TomlTable::problems() const {
    std::vector<Problem> out = *node_->problems;
    std::vector<const Node*> open{node_.get()};
    while (!open.empty()) {
        const Node& node = *open.back();
        open.pop_back();
        for (const auto& child : node.children) open.push_back(child.get());
        std::vector<std::string> known;
        for (const AskedKey& asked : node.asked) known.push_back(asked.key);
        for (const TomlField& field : *node.value->fields()) {
            if (node.is_asked(field.key)) continue;
            out.push_back(
                {field.place, fmt::format("{}: {}", node.full(field.key), trouble_with(field.key, known))});
        }
    }
    std::stable_sort(out.begin(), out.end(), [](const Problem& a, const Problem& b) {
        const auto &file_a = a.place.file, &file_b = b.place.file;
        if (file_a != file_b && file_a && file_b && *file_a != *file_b) return *file_a < *file_b;
        return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
    });
    return out;
}

const std::vector<AskedKey>& TomlTable::asked() const {
    return node_->asked;
}

const TomlValue& TomlTable::value() const {
    return *node_->value;
}

std::vector<TomlTable> TomlTable::children() const {
    std::vector<TomlTable> out;
    for (const auto& child : node_->children) out.push_back(TomlTable(child));
    return out;
}

}  // namespace harvester::profile
