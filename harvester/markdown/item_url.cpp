#include "markdown/item_url.h"

#include <algorithm>
#include <charconv>

namespace harvester::markdown {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string link_key(std::string_view url) {
    url = url.substr(0, url.find('#'));
    const auto scheme = url.find("://");
    if (scheme != std::string_view::npos) {
        // host / owner / name / kind / number
        std::string_view rest = url.substr(scheme + 3);
        std::vector<std::string_view> steps;
        while (!rest.empty() && steps.size() < 5) {
            const auto slash = std::min(rest.find('/'), rest.size());
            steps.push_back(rest.substr(0, slash));
            rest.remove_prefix(std::min(slash + 1, rest.size()));
        }
        if (steps.size() == 5 && (steps[3] == "pull" || steps[3] == "issues")) {
            const auto digits = std::min(steps[4].find_first_not_of("0123456789"), steps[4].size());
            const bool ends = digits == steps[4].size() || steps[4][digits] == '?';
            if (digits > 0 && ends) {
                std::string key;
                for (const std::string_view name : {steps[1], steps[2]}) {
                    if (!key.empty()) key += '/';
                    for (const char c : name) key += lower(c);
                }
                return key + "#" + std::string(steps[4].substr(0, digits));
            }
        }
    }
    while (url.ends_with('/')) url.remove_suffix(1);
    return "url:" + std::string(url);
}

bool names_item(std::string_view key) {
    return !key.starts_with("url:");
}

std::optional<std::pair<std::string, std::int64_t>> item_name(const std::string& url) {
    const std::string key = link_key(url);
    if (!names_item(key)) return std::nullopt;
    const auto hash = key.rfind('#');
    const auto host = url.find("://") + 3;
    const auto repository =
        url.substr(url.find('/', host) + 1, hash);  // as long as in the key, which is in lower case
    std::int64_t number = 0;
    const auto read = std::from_chars(key.data() + hash + 1, key.data() + key.size(), number);
    if (read.ec != std::errc()) return std::nullopt;
    return std::pair{repository, number};
}

std::vector<std::string_view> link_urls(std::string_view text) {
    std::vector<std::string_view> urls;
    for (std::size_t at = text.find("]("); at != std::string_view::npos; at = text.find("](", at)) {
        at += 2;
        int depth = 1;
        std::size_t end = at;
        for (; end < text.size(); ++end) {
            const char c = text[end];
            if (c == ' ' || c == '\n' || c == '\t' || c == '<') break;
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) break;
        }
        if (end > at && depth == 0) urls.push_back(text.substr(at, end - at));
        if (depth == 0) at = end;
    }
    return urls;
}

}  // namespace harvester::markdown
