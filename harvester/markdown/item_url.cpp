#include "markdown/item_url.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "markdown/document.h"

namespace harvester::markdown {
namespace {

constexpr std::string_view other_url = "url:";

// Takes what comes before the next slash off the front of `rest`, and the slash.
std::string_view take_step(std::string_view& rest) {
    const auto slash = std::min(rest.find('/'), rest.size());
    const std::string_view step = rest.substr(0, slash);
    rest.remove_prefix(std::min(slash + 1, rest.size()));
    return step;
}

}  // namespace

std::string ItemUrl::key() const {
    std::string key = fmt::format("{}#{}", repository, number);
    for (char& c : key)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return key;
}

std::optional<ItemUrl> read_item_url(std::string_view url) {
    std::string_view rest = url;
    if (rest.starts_with("https://"))
        rest.remove_prefix(8);
    else if (rest.starts_with("http://"))
        rest.remove_prefix(7);
    else
        return std::nullopt;
    ItemUrl item;
    item.host = take_step(rest);
    const std::string_view owner = take_step(rest);
    const std::string_view name = take_step(rest);
    const std::string_view kind = take_step(rest);
    if (item.host.empty() || owner.empty() || name.empty() || (kind != "pull" && kind != "issues"))
        return std::nullopt;
    item.repository = {owner.data(), owner.size() + 1 + name.size()};
    item.kind = kind == "pull" ? ItemUrl::Kind::pull : ItemUrl::Kind::issues;
    const auto [last, error] = std::from_chars(rest.data(), rest.data() + rest.size(), item.number);
    if (error != std::errc() || item.number <= 0) return std::nullopt;
    item.rest = rest.substr(static_cast<std::size_t>(last - rest.data()));
    if (!item.rest.empty() && std::string_view("/?#").find(item.rest.front()) == std::string_view::npos)
        return std::nullopt;
    return item;
}

std::string link_key(std::string_view url) {
    if (const auto item = read_item_url(url)) return item->key();
    url = url.substr(0, url.find('#'));
    while (url.ends_with('/')) url.remove_suffix(1);
    return fmt::format("{}{}", other_url, url);
}

bool names_item(std::string_view key) {
    return !key.starts_with(other_url);
}

std::optional<std::pair<std::string, std::int64_t>> item_name(const std::string& url) {
    const auto item = read_item_url(url);
    if (!item) return std::nullopt;
    return std::pair{std::string(item->repository), item->number};
}

std::vector<std::string> item_keys(std::string_view text) {
    std::vector<std::string> keys;
    for (std::size_t at = text.find("http"); at != std::string_view::npos; at = text.find("http", at + 1)) {
        const std::size_t end = std::min(text.find_first_of(" \t\r\n<>()[]\"'`", at), text.size());
        std::string_view url = text.substr(at, end - at);
        while (!url.empty() && std::string_view(".,;:!?*_").find(url.back()) != std::string_view::npos)
            url.remove_suffix(1);
        const auto item = read_item_url(url);
        if (item && std::find(keys.begin(), keys.end(), item->key()) == keys.end())
            keys.push_back(item->key());
    }
    return keys;
}

std::vector<std::string_view> link_urls(std::string_view text) {
    std::vector<std::string_view> urls;
    for (const Link& link : links_of(text))
        if (text[link.begin] == '[' && !link.url.empty()) urls.push_back(link.url);
    return urls;
}

}  // namespace harvester::markdown
