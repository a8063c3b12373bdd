#include "draft/checkout.h"

#include "base/time.h"

namespace harvester::draft {
namespace {

void replace_all(std::string& text, const std::string& what, const std::string& by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

}  // namespace

std::string issue_path(const std::string& pattern, const Edition& issue) {
    std::string path = pattern;
    const std::string date = format_day(issue.date);  // YYYY-MM-DD
    replace_all(path, "{date}", date);
    replace_all(path, "{year}", date.substr(0, 4));
    replace_all(path, "{month}", date.substr(5, 2));
    replace_all(path, "{day}", date.substr(8));
    replace_all(path, "{number}", std::to_string(issue.number));
    return path;
}

std::optional<std::filesystem::path> find_in_checkout(const std::filesystem::path& folder,
                                                      const std::vector<std::string>& patterns,
                                                      const Edition& issue) {
    std::error_code error;
    for (std::filesystem::path at = folder;; at = at.parent_path()) {
        for (const std::string& pattern : patterns)
            if (auto path = at / issue_path(pattern, issue); std::filesystem::is_regular_file(path, error))
                return path;
        if (std::filesystem::exists(at / ".git", error) || !at.has_relative_path()) return std::nullopt;
    }
}

}  // namespace harvester::draft
