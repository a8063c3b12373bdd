#include "profile/profile_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "queries/embedded.h"

namespace harvester::profile {
namespace {

constexpr std::size_t place_column = 60;  // where the comment with the place begins, if there is room

class Writer {
  public:
    // `only`: the file whose keys are written; empty: all.
    explicit Writer(std::string only) : only_(std::move(only)) {}

    void write(const TomlTable& table, const std::string& heading) {
        std::string lines;
        for (const AskedKey& asked : table.asked()) {
            const TomlValue* value = table.value().find(asked.key);
            if (value == nullptr) {
                if (only_.empty() && !asked.fallback.empty())
                    add(lines, asked.key, asked.fallback, "default");
            } else if (!is_table(*value) && is_wanted(value->place)) {
                add(lines, asked.key, toml_text(*value), value->place.text());
            }
        }
        if (!lines.empty()) text_ += (text_.empty() || heading.empty() ? "" : "\n") + heading + lines;
        for (const TomlTable& child : table.children()) write(child, heading_of(child));
    }

    std::string take() { return std::move(text_); }

  private:
    static bool is_table(const TomlValue& value) {
        if (value.fields() != nullptr) return true;
        const TomlList* list = value.list();
        return list != nullptr && !list->empty() && list->front().fields() != nullptr;
    }

    bool is_wanted(const Place& place) const { return only_.empty() || (place.file && *place.file == only_); }

    // "[issue]" of "issue", "[[editorial.drop]]" of "editorial.drop[3]".
    static std::string heading_of(const TomlTable& table) {
        std::string path;
        bool in_list = false;
        for (const char c : table.path()) {
            if (c == '[')
                in_list = true;
            else if (c == '.')
                in_list = false;
            if (!in_list) path += c;
        }
        return table.path().ends_with(']') ? fmt::format("[[{}]]\n", path) : fmt::format("[{}]\n", path);
    }

    static void add(std::string& lines, const std::string& key, const std::string& value,
                    const std::string& place) {
        const std::string line = fmt::format("{} = {}", toml_key(key), value);
        lines += fmt::format("{:<{}}  # {}\n", line, place_column, place);
    }

    std::string only_;
    std::string text_;
};

void replace(std::string& text, std::string_view what, std::string_view by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

}  // namespace

std::string profile_text(const ProfileReading& reading, const std::string& name, bool effective) {
    Writer writer(effective ? std::string() : name);
    writer.write(reading.table, "");
    return writer.take();
}

std::string new_profile(const std::string& organisation, const std::string& weekday, Day date) {
    std::string text(queries::embedded("starter.toml"));
    replace(text, "ORGANISATION", organisation);
    replace(text, "WEEKDAY", weekday);
    replace(text, "2024-01-05", format_day(date));
    return text;
}

}  // namespace harvester::profile
