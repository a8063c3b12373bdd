#include <string>

#include "github/client.h"
#include "queries/embedded.h"

namespace harvester::github {
namespace {

constexpr bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The word after "query" or "mutation" at the start of a line: a file holds one named operation.
std::string_view operation_name(std::string_view document) {
    for (std::size_t line = 0; line < document.size();) {
        const std::string_view rest = document.substr(line);
        for (const std::string_view keyword : {std::string_view("query "), std::string_view("mutation ")}) {
            if (!rest.starts_with(keyword)) continue;
            std::size_t end = keyword.size();
            while (end < rest.size() && is_name_character(rest[end])) ++end;
            return rest.substr(keyword.size(), end - keyword.size());
        }
        const std::size_t line_break = document.find('\n', line);
        if (line_break == std::string_view::npos) break;
        line = line_break + 1;
    }
    return {};
}

}  // namespace

std::optional<Operation> find_operation(std::string_view file_stem) {
    const std::string_view document = queries::embedded("github/" + std::string(file_stem) + ".graphql");
    const std::string_view name = operation_name(document);
    if (name.empty()) return std::nullopt;
    return Operation{name, document};
}

}  // namespace harvester::github
