// Reads the URLs of items on GitHub, and the URLs of a line of Markdown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace harvester::markdown {

// "rust-lang/rust#132562" for the URL of a pull request or an issue, whatever follows the number; other URLs
// without fragment and final slash. Two URLs of one item have the same key.
std::string link_key(std::string_view url);

// True for a key of link_key that names a numbered item.
bool names_item(std::string_view key);

// "https://host/owner/name/pull/12": repository ("owner/name", as written) and number.
std::optional<std::pair<std::string, std::int64_t>> item_name(const std::string& url);

// The URLs of the links of a line, in order: "[text](URL)".
std::vector<std::string_view> link_urls(std::string_view text);

}  // namespace harvester::markdown
