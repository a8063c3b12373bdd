#include "profile/toml_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <sstream>
#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

namespace harvester::profile {
namespace {

using File = std::shared_ptr<const std::string>;

Place place_of(const toml::source_region& source, const File& file) {
    return {file, source.begin.line, source.begin.column};
}

TomlValue converted(const toml::node& node, const File& file) {
    TomlValue out{place_of(node.source(), file), {}};
    if (const auto* table = node.as_table()) {
        TomlFields fields;
        for (const auto& [key, value] : *table)
            fields.push_back({std::string(key.str()), place_of(key.source(), file), converted(value, file)});
        // toml++ sorts keys by name.
        std::stable_sort(fields.begin(), fields.end(), [](const TomlField& a, const TomlField& b) {
            return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
        });
        out.data = std::move(fields);
    } else if (const auto* array = node.as_array()) {
        TomlList list;
        for (const toml::node& element : *array) list.push_back(converted(element, file));
        out.data = std::move(list);
    } else if (const auto text = node.value_exact<std::string>()) {
        out.data = *text;
    } else if (const auto integer = node.value_exact<std::int64_t>()) {
        out.data = *integer;
    } else if (const auto number = node.value_exact<double>()) {
        out.data = *number;
    } else if (const auto boolean = node.value_exact<bool>()) {
        out.data = *boolean;
    } else {
        std::ostringstream moment;  // a date or a time
        node.visit([&](const auto& value) {
            if constexpr (toml::is_value<decltype(value)>) moment << value.get();
        });
        out.data = moment.str();
    }
    return out;
}

// What entries of a list are matched by.
std::optional<std::string> name_of(const TomlValue& entry) {
    for (const std::string_view key : {"name", "key"})
        if (const TomlValue* value = entry.find(key))
            if (const auto* text = std::get_if<std::string>(&value->data)) return *text;
    return std::nullopt;
}

bool is_removed(const TomlValue& entry) {
    const TomlValue* remove = entry.find("remove");
    const bool* yes = remove == nullptr ? nullptr : std::get_if<bool>(&remove->data);
    return yes != nullptr && *yes;
}

bool holds_tables(const TomlValue& value) {
    const TomlList* list = value.list();
    return list != nullptr && !list->empty() &&
           std::all_of(list->begin(), list->end(), [](const TomlValue& v) { return v.fields() != nullptr; });
}

void merge_lists(TomlList& base, const TomlList& own) {
    for (const TomlValue& entry : own) {
        const auto name = name_of(entry);
        const auto same = std::find_if(
            base.begin(), base.end(), [&](const TomlValue& other) { return name && name_of(other) == name; });
        if (same == base.end()) {
            base.push_back(entry);  // `remove` of what isn't there is reported by the reader as a key
        } else if (is_removed(entry)) {
            base.erase(same);
        } else {
            *same = merge_toml(std::move(*same), entry);
        }
    }
}

}  // namespace

std::string Place::text() const {
    return fmt::format("{}:{}:{}", file ? *file : std::string(), line, column);
}

const TomlValue* TomlValue::find(std::string_view key) const {
    if (const TomlFields* const all = fields())
        for (const TomlField& field : *all)
            if (field.key == key) return &field.value;
    return nullptr;
}

tl::expected<TomlValue, Problem> parse_toml(std::string_view text, const std::string& name) {
    const auto file = std::make_shared<const std::string>(name);
    try {
        return converted(toml::parse(text, name), file);
    } catch (const toml::parse_error& error) {
        return tl::unexpected(Problem{place_of(error.source(), file), std::string(error.description())});
    }
}

TomlValue merge_toml(TomlValue base, const TomlValue& own) {
    if (base.fields() != nullptr && own.fields() != nullptr) {
        auto& fields = std::get<TomlFields>(base.data);
        for (const TomlField& field : *own.fields()) {
            const auto same = std::find_if(fields.begin(), fields.end(),
                                           [&](const TomlField& other) { return other.key == field.key; });
            if (same == fields.end()) {
                fields.push_back(field);
            } else {
                same->place = field.place;
                same->value = merge_toml(std::move(same->value), field.value);
            }
        }
        base.place = own.place;
        return base;
    }
    if (!holds_tables(base) || !holds_tables(own)) return own;
    merge_lists(std::get<TomlList>(base.data), *own.list());
    return base;
}

std::string toml_text(const std::string& text) {
    std::ostringstream out;
    out << toml::value<std::string>(text);
    return out.str();
}

std::string toml_key(const std::string& key) {
    const bool bare = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-';
    });
    return bare ? key : toml_text(key);
}

std::string toml_text(const TomlValue& value) {
    struct Writer {
        std::string operator()(const std::string& text) const { return toml_text(text); }
        std::string operator()(std::int64_t integer) const { return std::to_string(integer); }
        std::string operator()(double number) const {
            std::ostringstream out;
            out << toml::value<double>(number);
            return out.str();
        }
        std::string operator()(bool boolean) const { return boolean ? "true" : "false"; }
        std::string operator()(const TomlList& list) const {
            std::string out;
            for (const TomlValue& element : list) out += (out.empty() ? "" : ", ") + toml_text(element);
            return "[" + out + "]";
        }
        std::string operator()(const TomlFields& fields) const {
            std::string out;
            for (const TomlField& field : fields)
                out += fmt::format("{}{} = {}", out.empty() ? "" : ", ", toml_key(field.key),
                                   toml_text(field.value));
            return out.empty() ? "{}" : "{ " + out + " }";
        }
    };
    return std::visit(Writer{}, value.data);
}

}  // namespace harvester::profile
