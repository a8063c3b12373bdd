#include "profile/pattern.h"

#include <fmt/format.h>
#include <re2/re2.h>

namespace harvester::profile {

Pattern::Pattern(const TomlTable& table, std::string_view key, const std::string& text) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    auto expression = std::make_shared<const re2::RE2>(text, options);
    if (!expression->ok())
        table.refuse(key, fmt::format("the pattern '{}' is not a regular expression of RE2: {}", text,
                                      expression->error()));
    expression_ = std::move(expression);
}

bool Pattern::found_in(std::string_view text) const {
    return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *expression_);
}

std::vector<Pattern> read_patterns(const TomlTable& table, std::string_view key) {
    std::vector<Pattern> out;
    for (const std::string& text : table.texts(key)) out.emplace_back(table, key, text);
    return out;
}

}  // namespace harvester::profile
