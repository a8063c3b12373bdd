// A TOML file as a tree that knows where each value was written, in the file's order. Profiles are built on
// each other by merging such trees.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

namespace harvester::profile {

// Where something was written; lines and columns count from 1.
struct Place {
    std::shared_ptr<const std::string> file;  // as messages call it
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    std::string text() const;  // "mine.toml:12:3"
};

struct TomlField;
struct TomlValue;
using TomlList = std::vector<TomlValue>;
using TomlFields = std::vector<TomlField>;  // of a table

struct TomlValue {
    Place place;
    std::variant<std::string, std::int64_t, double, bool, TomlList, TomlFields> data;

    const TomlFields* fields() const { return std::get_if<TomlFields>(&data); }
    const TomlList* list() const { return std::get_if<TomlList>(&data); }
    // The value of a key of a table; null when there is none.
    const TomlValue* find(std::string_view key) const;
};

struct TomlField {
    std::string key;
    Place place;  // of the key
    TomlValue value;
};

// What is wrong at a place.
struct Problem {
    Place place;
    std::string text;  // "issue.weekdy: no such key; did you mean \"weekday\"?"
    std::string sentence() const { return place.text() + ": " + text; }
};

// A whole file, as a table. Dates become strings. `name` is how messages call it.
tl::expected<TomlValue, Problem> parse_toml(std::string_view text, const std::string& name);

// `own` laid over `base`: tables are joined key by key; entries of a list of tables are joined by their
// `name` (or `key`), dropped by `remove = true`, and added at the end when `base` has none of that name; any
// other value of `own` replaces that of `base`.
TomlValue merge_toml(TomlValue base, const TomlValue& own);

// The value as TOML writes it on one line: `"text"`, `["a", "b"]`, `{ x = 1 }`.
std::string toml_text(const TomlValue& value);
std::string toml_text(const std::string& text);
// A key as TOML writes it: in quotes where it needs them.
std::string toml_key(const std::string& key);

}  // namespace harvester::profile
